import {ActionError, type Host} from '@mcp-release/action-kit'
import {type VirtualEnvironment, makeVirtualEnvironment} from '@mcp-release/tools'
import {type Launch, cannot} from './launch'

/** Makes a virtual environment of the Python on PATH, or says why this machine cannot. */
export async function makeEnvironment(host: Host, folder: string): Promise<VirtualEnvironment | Launch> {
  const python = (await host.which('python3')) ?? (await host.which('python'))
  if (python === undefined) return cannot('Python is not installed', 'Add actions/setup-python to the job.')
  try {
    return await makeVirtualEnvironment(host, python, folder)
  } catch (error) {
    if (!(error instanceof ActionError) || error.code !== 'PYTHON_VENV') throw error
    // The first line names a temporary folder; the same reason is told once.
    const words = error.message.split('\n').slice(1).slice(-3).join(' ')
    return cannot(`python3 -m venv failed: ${words}`, 'On Debian and Ubuntu: apt-get install python3-venv.')
  }
}
