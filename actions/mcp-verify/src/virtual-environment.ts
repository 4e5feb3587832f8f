import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type Launch, cannot} from './launch'

/** A new virtual environment: the folder of its programs, and the command with which pip installs into it. */
export interface VirtualEnvironment {
  readonly programs: string
  readonly pip: readonly string[]
}

/** Makes a virtual environment, or says why this machine cannot. `-I` keeps variables and folders of the job out of it. */
export async function makeEnvironment(host: Host, folder: string): Promise<VirtualEnvironment | Launch> {
  const python = (await host.which('python3')) ?? (await host.which('python'))
  if (python === undefined) return cannot('Python is not installed', 'Add actions/setup-python to the job.')
  const shared = await hasSharedPip(host, python)
  const bare = shared ? ['--without-pip'] : []
  const made = await host.exec([python, '-I', '-m', 'venv', ...bare, folder], {quiet: true, check: false})
  if (made.exitCode !== 0) {
    const words = (made.stderr + made.stdout).trim().split('\n').slice(-3).join(' ')
    return cannot(`python3 -m venv failed: ${words}`, 'On Debian and Ubuntu: apt-get install python3-venv.')
  }
  const windows = host.platform.os === 'windows'
  const programs = join(folder, windows ? 'Scripts' : 'bin')
  const own = join(programs, windows ? 'python.exe' : 'python')
  const pip = shared ? [python, '-I', '-m', 'pip', '--python', own] : [own, '-I', '-m', 'pip']
  return {programs, pip: [...pip, '--disable-pip-version-check']}
}

// Since 22.3, pip installs into other environments; copying it into each one first takes seconds.
async function hasSharedPip(host: Host, python: string): Promise<boolean> {
  const {stdout} = await host.exec([python, '-I', '-m', 'pip', '--version'], {quiet: true, check: false})
  const [, major = 0, minor = 0] = (/^pip (\d+)\.(\d+)/.exec(stdout) ?? []).map(Number)
  return major > 22 || (major === 22 && minor >= 3)
}
