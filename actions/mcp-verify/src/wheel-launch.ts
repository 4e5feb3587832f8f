import {join} from 'node:path'
import {ActionError} from '@mcp-release/action-kit'
import type {Content} from './candidate'
import {chooseCommand} from './choice'
import {type Launch, type Place, nothingToStart} from './launch'
import {makeEnvironment} from './virtual-environment'

type Wheel = Extract<Content, {kind: 'wheel'}>

/** Installs a wheel into a new virtual environment, as a user's installer would resolve it today. */
export async function launchWheel(wheel: Wheel, path: string, {host, settings, folder}: Place): Promise<Launch> {
  if (wheel.scripts.length === 0) {
    return nothingToStart('the wheel has no console script', 'Add [project.scripts] to pyproject.toml.')
  }
  const {executable} = settings
  const script = chooseCommand(wheel.scripts, {name: wheel.name, ...(executable === undefined ? {} : {executable})})
  if (typeof script !== 'string') return {kind: 'failed', problem: script.problem}
  const environment = await makeEnvironment(host, join(folder, 'venv'))
  if ('kind' in environment) return environment
  try {
    const options = ['--no-input', '--quiet', '--prefer-binary', '--no-warn-script-location']
    await host.exec([...environment.pip, 'install', ...options, path], {quiet: true, cwd: folder})
  } catch (error) {
    if (error instanceof ActionError) return {kind: 'failed', problem: error.message}
    throw error
  }
  const program = host.platform.os === 'windows' ? `${script}.exe` : script
  return {kind: 'start', argv: [join(environment.programs, program), ...settings.serverArgs]}
}
