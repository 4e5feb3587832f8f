import type {Host} from '@mcp-release/action-kit'

/** Whether servers reach a network, and what has to stand before a program for that. */
export interface Network {
  readonly access: 'on' | 'off'
  /** Why there is one although there should be none. */
  readonly reason?: string
  readonly prefix: readonly string[]
}

// A network namespace of its own begins without loopback, on which servers may listen.
const loopback = '{ ip link set lo up || ifconfig lo up; } 2>/dev/null'
// What made the namespace is not for the server.
const drop = 'setpriv --ambient-caps=-all --inh-caps=-all --no-new-privs'
const ways: readonly (readonly string[])[] = [
  ['--net', '--', '/bin/sh', '-c', `${loopback} && exec "$@"`, 'sh'],
  [
    '--user',
    '--map-current-user',
    '--keep-caps',
    '--net',
    '--',
    '/bin/sh',
    '-c',
    `${loopback} && exec ${drop} -- "$@"`,
    'sh',
  ],
]

/** Finds out how a program is started without a network here: by root directly, by others in a user namespace. */
export async function findNetwork(host: Host, wanted: 'on' | 'off'): Promise<Network> {
  if (wanted === 'on') return {access: 'on', prefix: []}
  const open = (reason: string): Network => ({access: 'on', reason, prefix: []})
  if (host.platform.os !== 'linux') return open(`${host.platform.os} has no network namespaces`)
  const unshare = await host.which('unshare')
  if (unshare === undefined) return open('unshare is not installed')
  for (const way of ways) {
    const prefix = [unshare, ...way]
    const tried = await host.exec([...prefix, '/bin/sh', '-c', 'exit 0'], {quiet: true, check: false})
    if (tried.exitCode === 0) return {access: 'off', prefix}
  }
  return open('this machine does not allow network namespaces')
}
