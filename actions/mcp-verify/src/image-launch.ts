import {randomUUID} from 'node:crypto'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {places} from '@mcp-release/mcp'
import {type Launch, type Place, cannot} from './launch'

// No user of any distribution: what an image that names none is run as.
const nobody = '65532:65532'

/** Loads an OCI image archive into podman or docker and runs it without network, capabilities or root. */
export async function launchImage(path: string, {host}: Place): Promise<Launch> {
  const engine = await findEngine(host)
  if (engine === undefined) {
    return cannot('neither podman nor a running docker is here', 'Install podman, or use a runner that has docker.')
  }
  const loaded = await host.exec([engine, 'load', '--input', path], {quiet: true, check: false})
  const image = /Loaded image(?:\(s\)| ID)?: (\S+)\s*$/m.exec(loaded.stdout)?.[1]
  if (loaded.exitCode !== 0 || image === undefined) {
    const words = (loaded.stderr + loaded.stdout).trim().split('\n').slice(-3).join(' ')
    return cannot(
      `${engine} does not load OCI archives here: ${words}`,
      'Install podman, or turn on the containerd image store of docker.',
    )
  }
  try {
    const inspected = await host.exec([engine, 'image', 'inspect', '--format', '{{.Config.User}}', image], {
      quiet: true,
    })
    const user = inspected.stdout.trim()
    const label = `mcp-verify=${randomUUID()}`
    return {
      kind: 'start',
      command: ({args, env, http, network}) => [
        engine,
        ...runArguments({label, user, env: Object.keys(env), network: http ? 'port' : network}),
        image,
        ...args,
      ],
      trusted: true,
      cleanup: async () => {
        const list = [engine, 'ps', '--all', '--quiet', `--filter=label=${label}`]
        const {stdout} = await host.exec(list, {quiet: true, check: false})
        const left = stdout.split(/\s+/).filter(id => id !== '')
        if (left.length > 0) await host.exec([engine, 'rm', '--force', ...left], {quiet: true, check: false})
      },
    }
  } catch (error) {
    if (error instanceof ActionError) return {kind: 'failed', problem: error.message}
    throw error
  }
}

/** The arguments of `run`; values of variables travel in the environment of the client, not on its command line. */
export function runArguments({
  label,
  user,
  env,
  network,
}: {
  readonly label: string
  readonly user: string
  readonly env: readonly string[]
  /** `port`: one is published on loopback. */
  readonly network: 'off' | 'on' | 'port'
}): readonly string[] {
  const isRoot = user === '' || /^(root|0)(:|$)/.test(user)
  return [
    'run',
    '--rm',
    '--interactive',
    '--init',
    ...(network === 'off' ? ['--network=none'] : []),
    ...(network === 'port' ? [`--publish=127.0.0.1:${places.port}:${places.port}`] : []),
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    `--label=${label}`,
    `--name=mcp-verify-${places.process}`,
    ...(isRoot ? [`--user=${nobody}`] : []),
    ...env.map(each => `--env=${each}`),
  ]
}

// podman runs OCI archives as they are; docker only when a daemon answers.
async function findEngine(host: Host): Promise<string | undefined> {
  for (const name of ['podman', 'docker']) {
    const program = await host.which(name)
    if (program === undefined) continue
    const answer = await host.exec([program, 'info'], {quiet: true, check: false})
    if (answer.exitCode === 0) return program
  }
  return undefined
}
