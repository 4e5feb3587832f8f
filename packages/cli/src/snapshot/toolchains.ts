import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import type {Toolchain} from '@mcp-release/release-model'
import {oldestPython, oldestSharedPip} from '@mcp-release/tools'

const run = promisify(execFile)

const tooOld = `sys.version_info < (${oldestPython.join()})`
const pipTooOld = `(*map(int, pip.__version__.split(".")[:2]),) < (${oldestSharedPip.join()})`

const probes: Readonly<Record<Toolchain, readonly (readonly string[])[]>> = {
  // Environments are made with its pip, or with the one that it brings; Debian has each in a package of its own.
  python: [
    ['python3', '-c', `import sys, venv, ensurepip; sys.exit(${tooOld})`],
    ['python3', '-c', `import sys, venv, pip; sys.exit(${tooOld} or ${pipTooOld})`],
  ],
  node: [['npm', '--version']],
  go: [['go', 'version']],
  rust: [['cargo', '--version']],
  // A builder that answers, not only the program.
  buildx: [
    ['docker', 'buildx', 'inspect', '--bootstrap'],
    ['buildx', 'inspect', '--bootstrap'],
  ],
}

/** The toolchains that work on this machine, with the variables of a process. */
export async function workingToolchains(env = process.env): Promise<readonly Toolchain[]> {
  const names = Object.keys(probes) as Toolchain[]
  const works = await Promise.all(names.map(name => firstThatWorks(probes[name], env)))
  return names.filter((_, at) => works[at])
}

async function firstThatWorks(probe: readonly (readonly string[])[], env: NodeJS.ProcessEnv): Promise<boolean> {
  for (const [program = '', ...args] of probe) {
    const works = await run(program, args, {timeout: 60_000, shell: false, env}).then(
      () => true,
      () => false,
    )
    if (works) return true
  }
  return false
}
