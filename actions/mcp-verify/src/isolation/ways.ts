/** A way to open namespaces, and to lose all privileges inside. */
export interface Way {
  readonly name: 'user namespace' | 'root' | 'sudo'
  /** What stands before the first program. */
  readonly before: readonly string[]
  readonly unshare: readonly string[]
  /** What stands before the server: without it, it would have privileges. */
  readonly drop: readonly string[]
}

/** Programs by absolute path, and who runs the action. */
export interface Means {
  readonly unshare: string
  readonly setpriv: string
  readonly setsid: string
  readonly mkfifo: string
  readonly prlimit?: string
  readonly sudo?: string
  readonly uid: number
  readonly gid: number
}

// No more than that many processes and threads; counted in the user namespace since Linux 5.14.
const maximumProcesses = 8192
const nothing = ['--bounding-set=-all', '--ambient-caps=-all', '--inh-caps=-all', '--no-new-privs', '--']
// `--kill-child`: the first process ends with unshare, and everything inside ends with it.
const spaces = ['--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child=SIGKILL']

/** The ways that may work, the one that changes least first. sudo is what is left where users may not open namespaces. */
export function waysOf(means: Means): readonly Way[] {
  const {unshare, setpriv, sudo, uid, gid} = means
  const last = [
    ...(means.prlimit === undefined ? [] : [means.prlimit, `--nproc=${maximumProcesses}`, '--core=0', '--']),
    // A session of its own: signals to its group stay inside.
    means.setsid,
  ]
  const mapped = ['--user', '--map-current-user', '--keep-caps']
  const plain = [setpriv, ...nothing, ...last]
  const user: Way = {name: 'user namespace', before: [], unshare: [...mapped, ...spaces], drop: plain}
  if (uid === 0) return [user, {name: 'root', before: [], unshare: spaces, drop: plain}]
  if (sudo === undefined) return [user]
  const self = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const admin = ['--inh-caps=-all,+sys_admin', '--ambient-caps=-all,+sys_admin', '--']
  const withSudo = {name: 'sudo' as const, before: [sudo, '-n', '--'], unshare: spaces}
  return [
    user,
    // With a user namespace of its own as well, which the kernel allows to who has privileges.
    {...withSudo, drop: [setpriv, ...self, ...admin, unshare, ...mapped, '--', ...plain]},
    {...withSudo, drop: [setpriv, ...self, ...nothing, ...last]},
  ]
}
