import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import type {Toolchain} from '@mcp-release/release-model'
import {oldestPython, oldestSharedPip} from '@mcp-release/tools'

const run = promisify(execFile)

const tooOld = `sys.version_info < (${oldestPython.join()})`
const pipTooOld = `(*map(int, pip.__version__.split(".")[:2]),) < (${oldestSharedPip.join()})`

/** A command, and what must be true of its output; without such a rule its exit code says all. */
interface Probe {
  readonly argv: readonly string[]
  readonly works?: (stdout: string) => boolean
}

const command = (...argv: readonly string[]): Probe => ({argv})

const probes: Readonly<Record<Toolchain, readonly Probe[]>> = {
  // Environments are made with its pip, or with the one that it brings; Debian has each in a package of its own.
  python: [
    command('python3', '-c', `import sys, venv, ensurepip; sys.exit(${tooOld})`),
    command('python3', '-c', `import sys, venv, pip; sys.exit(${tooOld} or ${pipTooOld})`),
  ],
  node: [command('npm', '--version')],
  go: [command('go', 'version')],
  rust: [command('cargo', '--version')],
  // A builder that answers, not only the program.
  buildx: [
    {argv: ['docker', 'buildx', 'inspect', '--bootstrap'], works: isBuilder},
    {argv: ['buildx', 'inspect', '--bootstrap'], works: isBuilder},
  ],
}

/**
 * Whether `buildx inspect --bootstrap` describes a builder that answers: where no daemon does, it ends with 0 all the same and
 * shows an error in place of a driver (https://docs.docker.com/reference/cli/docker/buildx/inspect/). The `docker` of podman
 * imitates the command and cannot make the builder that images need (https://docs.podman.io/en/latest/markdown/podman-build.1.html).
 */
export function isBuilder(stdout: string): boolean {
  const [, driver = ''] = /^Driver:[ \t]*(\S*)/m.exec(stdout) ?? []
  const known = ['docker', 'docker-container', 'kubernetes', 'remote', 'cloud'].includes(driver)
  return known && /^Status:[ \t]*running\b/m.test(stdout)
}

/** The toolchains that work on this machine, with the variables of a process. */
export async function workingToolchains(env = process.env): Promise<readonly Toolchain[]> {
  const names = Object.keys(probes) as Toolchain[]
  const works = await Promise.all(names.map(name => firstThatWorks(probes[name], env)))
  return names.filter((_, at) => works[at])
}

async function firstThatWorks(all: readonly Probe[], env: NodeJS.ProcessEnv): Promise<boolean> {
  for (const {argv, works = () => true} of all) {
    const [program = '', ...args] = argv
    const answer = await run(program, args, {timeout: 60_000, shell: false, env}).then(
      ({stdout}) => stdout,
      () => undefined,
    )
    if (answer !== undefined && works(answer)) return true
  }
  return false
}
