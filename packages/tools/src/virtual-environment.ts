import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'

/** A virtual environment of Python; it need not have pip. */
export interface VirtualEnvironment {
  /** Its interpreter. */
  readonly python: string
  /** The folder of its programs: `bin`, or `Scripts` on Windows. */
  readonly bin: string
  /** The beginning of a command with which pip installs into it, and the variables which that command needs. */
  readonly pip: {readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>>}
}

// A user's `target`, `user` or `prefix` setting would send packages elsewhere. pip starts itself anew without -I in the
// other environment, where it would take what lies on PYTHONPATH for installed.
const env = {PIP_USER: '0', PIP_TARGET: '', PIP_PREFIX: '', PYTHONPATH: '', PYTHONHOME: ''}

/**
 * Makes a virtual environment in a folder that is not there, based on an interpreter; `PYTHON_VENV` when that cannot. `-I`
 * keeps variables and folders of the job out of it. Since 22.3, the interpreter's own pip installs into it; an older or
 * missing one is replaced by the copy that Python brings (ensurepip), which takes seconds.
 */
export async function makeVirtualEnvironment(host: Host, base: string, folder: string): Promise<VirtualEnvironment> {
  const {python, bin} = environmentLayout(host, folder)
  const shared = await hasSharedPip(host, base)
  const bare = shared ? ['--without-pip'] : []
  const made = await host.exec([base, '-I', '-m', 'venv', ...bare, folder], {check: false, quiet: true})
  if (made.exitCode !== 0) throw venvError(base, folder, `${made.stdout}\n${made.stderr}`.trim())
  const pip = shared ? [base, '-I', '-m', 'pip', '--python', python] : [python, '-I', '-m', 'pip']
  return {python, bin, pip: {argv: [...pip, '--disable-pip-version-check'], env}}
}

/** Where an environment in a folder has its interpreter and its programs. */
export function environmentLayout(host: Host, folder: string): Pick<VirtualEnvironment, 'python' | 'bin'> {
  const windows = host.platform.os === 'windows'
  const bin = join(folder, windows ? 'Scripts' : 'bin')
  return {bin, python: join(bin, windows ? 'python.exe' : 'python')}
}

/** The oldest pip that installs into other environments. */
export const oldestSharedPip = [22, 3] as const

// `pip --version` would load all of pip.
async function hasSharedPip(host: Host, base: string): Promise<boolean> {
  const question = [base, '-I', '-c', 'import pip; print(pip.__version__)']
  const {stdout} = await host.exec(question, {check: false, quiet: true})
  const [, major = 0, minor = 0] = (/^(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number)
  const [oldest, least] = oldestSharedPip
  return major > oldest || (major === oldest && minor >= least)
}

function venvError(base: string, folder: string, output: string): ActionError {
  const hint = /ensurepip|No module named venv/.test(output)
    ? 'On Debian and Ubuntu, install the package python3-venv.'
    : `Check that ${base} -m venv works.`
  return new ActionError('PYTHON_VENV', `${folder}: no virtual environment could be made:\n${output}`, {hint})
}
