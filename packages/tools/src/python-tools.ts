import {createHash} from 'node:crypto'
import {join} from 'node:path'
import {ActionError, errorText, type Host} from '@mcp-release/action-kit'
import {withLock} from './directory-lock'
import {forgetFolder, isKept, keepFolder} from './kept-folder'
import {pythonRequirements, requirementsText, type PythonRequirement, type PythonSet} from './python-requirements'
import {cacheRoot} from './tool-store'
import {environmentLayout, makeVirtualEnvironment} from './virtual-environment'

/** A private Python environment with pinned tools; start them as `python -m NAME` or from `bin`. */
export interface PythonTools {
  readonly python: string
  /** The folder of its programs: `bin`, or `Scripts` on Windows. */
  readonly bin: string
}

/** How the environment is made; everything has a default. */
export interface PythonOptions {
  /** The interpreter to base it on; default: `python3` or `python` on PATH. */
  readonly python?: string
  /** The folder of cached tools; default: `RUNNER_TOOL_CACHE`, or else the user's cache folder. */
  readonly cache?: string
  readonly requirements?: readonly PythonRequirement[]
}

/** The oldest Python that all pinned packages support. */
export const oldestPython = [3, 10] as const

/**
 * Makes the pinned Python tools of a set available in an environment of their own, kept in the tool cache. Every wheel
 * is compared with its checksum; nothing is built and nothing outside the list is installed. pip takes the wheels from
 * the package index that the user has configured.
 */
export async function ensurePythonTools(host: Host, set: PythonSet, options: PythonOptions = {}): Promise<PythonTools> {
  const base = await findPython(host, options.python)
  const requirements = requirementsText(options.requirements ?? pythonRequirements[set])
  const key = createHash('sha256')
    .update(JSON.stringify([requirements, base]))
    .digest('hex')
    .slice(0, 16)
  // The scripts of an environment hold its path; a link on the way to it may go away.
  const cache = await host.files.realPath(options.cache ?? cacheRoot(host))
  const folder = join(cache, `mcp-release-python-${set}`, key)
  const tools = environmentLayout(host, folder)
  if (await isReady(tools, folder, host)) return tools
  return withLock(`${folder}.lock`, async () => {
    if (await isReady(tools, folder, host)) return tools
    // It is made where it stays, because it holds its path; until it is kept it counts as not there, and the next run starts
    // it anew.
    await forgetFolder(host, folder)
    await makeEnvironment(host, {set, base, folder, requirements})
    await keepFolder(host, folder)
    return tools
  })
}

interface BasePython {
  readonly executable: string
  readonly version: string
}

interface Recipe {
  readonly set: PythonSet
  readonly base: BasePython
  readonly folder: string
  readonly requirements: string
}

async function isReady(tools: PythonTools, folder: string, host: Host): Promise<boolean> {
  if (!(await isKept(host, folder))) return false
  // The interpreter below may have been removed since; another version of it has another key.
  const answer = await host.exec([tools.python, '-I', '-c', ''], {check: false, quiet: true}).catch(() => undefined)
  return answer?.exitCode === 0
}

const question = 'import json, sys; print(json.dumps([sys.executable, list(sys.version_info[:3])]))'
const installHint = `Install Python ${oldestPython.join('.')} or newer and put it on PATH.`

async function findPython(host: Host, wanted: string | undefined): Promise<BasePython> {
  const found: string[] = []
  for (const name of wanted === undefined ? ['python3', 'python'] : [wanted]) {
    const path = wanted ?? (await host.which(name))
    if (path === undefined) continue
    const answer = await host.exec([path, '-I', '-c', question], {check: false, quiet: true})
    const python = answer.exitCode === 0 ? readPython(answer.stdout) : undefined
    if (python !== undefined && isRecent(python.version)) return python
    found.push(`${path} is ${python === undefined ? 'not usable' : `version ${python.version}`}`)
  }
  if (found.length === 0) throw new ActionError('TOOL_MISSING', 'python3: no such program on PATH', {hint: installHint})
  const message = `Python ${oldestPython.join('.')} or newer is needed: ${found.join(', ')}`
  throw new ActionError('PYTHON_VERSION', message, {hint: installHint})
}

function readPython(text: string): BasePython | undefined {
  try {
    const [executable, version] = JSON.parse(text) as [unknown, unknown]
    return typeof executable === 'string' && Array.isArray(version)
      ? {executable, version: version.join('.')}
      : undefined
  } catch {
    return undefined
  }
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldestPython[0] || (major === oldestPython[0] && minor >= oldestPython[1])
}

async function makeEnvironment(host: Host, {set, base, folder, requirements}: Recipe): Promise<void> {
  host.info(`Preparing the Python tools "${set}" with Python ${base.version}`)
  const {pip, python} = await makeVirtualEnvironment(host, base.executable, folder)
  const list = join(folder, 'requirements.txt')
  await host.files.write(list, requirements)
  const install = ['install', '--no-input', '--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', list]
  try {
    await host.exec([...pip.argv, ...install], {env: pip.env, quiet: true})
    // What pip did not compile is compiled now: later runs must not add to what is kept.
    await host.exec([python, '-I', '-m', 'compileall', '-q', folder], {quiet: true, check: false})
  } catch (error) {
    throw pipError(set, error)
  }
}

function pipError(set: PythonSet, error: unknown): ActionError {
  const text = errorText(error)
  if (/DO NOT MATCH THE HASHES/.test(text)) {
    const hint =
      'The package index gave another file than the pinned one; nothing of it was installed. Compare the index that pip ' +
      'is configured for (`pip config list`) with PyPI, and try again.'
    return new ActionError('CHECKSUM', `Python tools "${set}": ${text}`, {hint, cause: error})
  }
  const hint = 'The wheels come from the package index that pip is configured for; check that it can be reached.'
  return new ActionError('TOOL_UNAVAILABLE', `Python tools "${set}" could not be installed:\n${text}`, {
    hint,
    cause: error,
  })
}
