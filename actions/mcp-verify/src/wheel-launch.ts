import {basename, join} from 'node:path'
import {ActionError} from '@mcp-release/action-kit'
import {normalizedPythonName} from '@mcp-release/release-model'
import {type VirtualEnvironment, execResolver} from '@mcp-release/tools'
import type {Candidate, Content} from './candidate'
import {chooseScript} from '@mcp-release/package-rules'
import {entryOf} from './identity'
import {type Launch, type Place, nothingToStart} from './launch'
import {makeEnvironment} from './virtual-environment'
import {otherScripts} from './wheel-commands'

type Wheel = Extract<Content, {kind: 'wheel'}>

/** Installs a wheel into a new virtual environment, as a user's installer would resolve it today. */
export async function launchWheel(wheel: Wheel, path: string, place: Place): Promise<Launch> {
  const {host, settings, folder} = place
  const script = choose(wheel, path, place)
  if (typeof script !== 'string') return script
  const environment = await makeEnvironment(host, join(folder, 'venv'))
  if ('kind' in environment) return environment
  try {
    await installHeld(environment.pip, [path, ...siblingsOf(wheel, place.siblings)], place)
    await settings.trial?.installed(environment.bin)
  } catch (error) {
    // An index that is down says nothing of the wheel.
    if (error instanceof ActionError && error.code !== 'DOWNLOAD') return {kind: 'failed', problem: error.message}
    throw error
  }
  const program = join(environment.bin, host.platform.os === 'windows' ? `${script}.exe` : script)
  const others = settings.trial === undefined ? otherScripts(script, {wheel, environment}) : []
  return {kind: 'start', command: ({args}) => [program, ...args], others}
}

function choose(wheel: Wheel, path: string, {settings, told}: Place): string | Launch {
  const entry = entryOf(settings.serverJson, {file: basename(path), path, content: wheel})
  if (wheel.scripts.length === 0) {
    const hint = 'Add [project.scripts] to pyproject.toml.'
    return entry === undefined
      ? nothingToStart('the wheel has no console script', hint)
      : {kind: 'failed', problem: 'server.json has clients start it, and the wheel has no console script', hint}
  }
  const {executable} = settings
  const chosen = chooseScript(wheel.targets, {
    name: wheel.name,
    ...(executable === undefined ? {} : {executable}),
    ...(told === undefined ? {} : {told}),
    ...(entry === undefined ? {} : {entry}),
  })
  return typeof chosen === 'string' ? chosen : {kind: 'failed', ...chosen}
}

// What it depends on is published with it and not in the index yet.
function siblingsOf(wheel: Wheel, siblings: readonly Candidate[]): readonly string[] {
  const found = new Map<string, string>()
  const gather = ({requires = []}: Wheel) => {
    for (const {path, content} of siblings) {
      if (content.kind !== 'wheel' || found.has(path) || content.name === wheel.name) continue
      if (!requires.includes(normalizedPythonName(content.name))) continue
      found.set(path, path)
      gather(content)
    }
  }
  gather(wheel)
  return [...found.keys()]
}

// A start compiles what it imports, less than half of the modules; to compile all takes seconds, and uvx does not either.
const options = ['--no-input', '--quiet', '--prefer-binary', '--no-warn-script-location', '--no-compile']

// A version that the metadata allows takes part in pip's resolution; one that it forbids is put over the result.
async function installHeld(
  {argv, env}: VirtualEnvironment['pip'],
  paths: readonly string[],
  place: Place,
): Promise<void> {
  const {host, settings, folder} = place
  const hold = settings.trial?.hold
  const exec = (args: readonly string[]) =>
    execResolver(host, [...argv, 'install', ...options, ...args], {quiet: true, cwd: folder, env})
  const pin = hold === undefined ? '' : `${hold.name}==${hold.version}`
  const constraints = join(folder, 'constraints.txt')
  const constrained = hold?.allowed === true
  if (constrained) await host.files.write(constraints, `${pin}\n`)
  await exec([...(constrained ? ['--constraint', constraints] : []), ...paths])
  if (hold?.allowed === false) await exec([pin])
}
