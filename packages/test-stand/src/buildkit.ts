import {type ChildProcess, execFile, spawn} from 'node:child_process'
import {mkdir, mkdtemp, realpath, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {promisify} from 'node:util'

/** What a BuildKit of one's own is made from. */
export interface BuildkitOptions {
  /** The folder with buildkitd, buildctl and buildx (tools.json); runc is taken from PATH. */
  readonly binaries: string
  /** A registry on loopback, `127.0.0.1:PORT`, that also answers for docker.io. */
  readonly registry?: string
}

/** A running BuildKit. */
export interface Buildkit {
  /** With these variables buildx, and `docker buildx` where there is docker, use this BuildKit. */
  readonly env: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

const builder = 'stand'

/** Starts buildkitd, as root, with a state folder and a socket of its own, and makes a buildx builder for it. */
export async function startBuildkit({binaries, registry}: BuildkitOptions): Promise<Buildkit> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'buildkit-')))
  const socket = `unix://${join(directory, 'buildkitd.sock')}`
  const config = join(directory, 'buildkitd.toml')
  await writeFile(config, configuration({root: join(directory, 'state'), socket, registry}))
  const daemon = spawn(join(binaries, 'buildkitd'), ['--config', config], {stdio: ['ignore', 'ignore', 'pipe']})
  const close = async () => {
    await stop(daemon)
    await rm(directory, {recursive: true, force: true, maxRetries: 5, retryDelay: 200})
  }
  try {
    await answer(daemon, () => run(join(binaries, 'buildctl'), ['--addr', socket, 'debug', 'workers']))
    const env = await clientEnvironment(binaries, directory)
    const create = ['create', '--name', builder, '--driver', 'remote', socket]
    await run(join(binaries, 'buildx'), create, {env: {...process.env, ...env, BUILDX_BUILDER: ''}})
    return {env, close}
  } catch (error) {
    await close()
    throw error
  }
}

async function clientEnvironment(binaries: string, directory: string): Promise<Record<string, string>> {
  const plugins = join(directory, 'docker', 'cli-plugins')
  await mkdir(plugins, {recursive: true})
  await symlink(join(binaries, 'buildx'), join(plugins, 'docker-buildx'))
  return {
    BUILDX_BUILDER: builder,
    BUILDX_CONFIG: join(directory, 'buildx'),
    DOCKER_CONFIG: join(directory, 'docker'),
  }
}

function configuration({
  root,
  socket,
  registry,
}: {
  readonly root: string
  readonly socket: string
  readonly registry: string | undefined
}): string {
  const text = (value: string) => JSON.stringify(value)
  return [
    `root = ${text(root)}`,
    `[grpc]`,
    `address = [${text(socket)}]`,
    '[worker.oci]',
    'enabled = true',
    '[worker.containerd]',
    'enabled = false',
    ...(registry === undefined
      ? []
      : ['[registry."docker.io"]', `mirrors = [${text(registry)}]`, `[registry.${text(registry)}]`, 'http = true']),
    '',
  ].join('\n')
}

async function answer(daemon: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  const words: string[] = []
  daemon.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words.push(text)
    words.splice(0, words.length - 20)
  })
  for (let attempt = 0; attempt < 150; attempt++) {
    if (
      await ask().then(
        () => true,
        () => false,
      )
    )
      return
    if (daemon.exitCode !== null) throw new Error(`buildkitd exited with ${daemon.exitCode}: ${words.join('')}`)
    await sleep(200)
  }
  throw new Error(`buildkitd does not answer: ${words.join('')}`)
}

/** Ends a process that was started here and waits for it. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(killer)
}

const run = promisify(execFile)
