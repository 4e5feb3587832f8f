import {join} from 'node:path'
import {ActionError} from '@mcp-release/action-kit'
import type {Content} from './candidate'
import {chooseCommand} from './choice'
import {type Launch, type Place, nothingToStart} from './launch'
import {makeEnvironment} from './virtual-environment'

type Wheel = Extract<Content, {kind: 'wheel'}>

/** Installs a wheel into a new virtual environment, as a user's installer would resolve it today. */
export async function launchWheel(wheel: Wheel, path: string, place: Place): Promise<Launch> {
  const {host, settings, folder} = place
  if (wheel.scripts.length === 0) {
    return nothingToStart('the wheel has no console script', 'Add [project.scripts] to pyproject.toml.')
  }
  const {executable} = settings
  const script = chooseCommand(wheel.scripts, {name: wheel.name, executable})
  if (typeof script !== 'string') return {kind: 'failed', problem: script.problem}
  const environment = await makeEnvironment(host, join(folder, 'venv'))
  if ('kind' in environment) return environment
  try {
    const options = ['--no-input', '--quiet', '--prefer-binary', '--no-warn-script-location']
    const install = [...environment.pip, 'install', ...options]
    await installHeld(install, path, place)
    await settings.trial?.installed(environment.programs)
  } catch (error) {
    if (error instanceof ActionError) return {kind: 'failed', problem: error.message}
    throw error
  }
  const program = host.platform.os === 'windows' ? `${script}.exe` : script
  return {kind: 'start', argv: [join(environment.programs, program), ...settings.serverArgs]}
}

// A version that the metadata allows takes part in pip's resolution; one that it forbids is put over the result.
async function installHeld(install: readonly string[], path: string, {host, settings, folder}: Place): Promise<void> {
  const hold = settings.trial?.hold
  const exec = (args: readonly string[]) => host.exec([...install, ...args], {quiet: true, cwd: folder})
  const pin = hold === undefined ? '' : `${hold.name}==${hold.version}`
  const constraints = join(folder, 'constraints.txt')
  const constrained = hold?.allowed === true
  if (constrained) await host.files.write(constraints, `${pin}\n`)
  await exec([...(constrained ? ['--constraint', constraints] : []), path])
  if (hold?.allowed === false) await exec([pin])
}
