import {basename, join} from 'node:path'
import {ActionError} from '@mcp-release/action-kit'
import type {StartablePackage} from '@mcp-release/mcp'
import {normalizedPythonName} from '@mcp-release/release-model'
import {type VirtualEnvironment, execResolver} from '@mcp-release/tools'
import type {Candidate, Content} from './candidate'
import {chooseScript} from '@mcp-release/package-rules'
import {entryOf} from './identity'
import {installerHost} from './isolation'
import {type Installs, type Launch, type Place, nothingToStart} from './launch'
import {makeEnvironment} from './virtual-environment'
import {otherScripts} from './wheel-commands'

type Wheel = Extract<Content, {kind: 'wheel'}>

/** What is started of a wheel. */
type Program = {readonly script: string} | {readonly module: string}

/** Installs a wheel into a new virtual environment, as a user's installer would resolve it today. */
export async function launchWheel(wheel: Wheel, path: string, place: Place): Promise<Launch> {
  const {host, settings, folder} = place
  const chosen = choose(wheel, path, place)
  if ('kind' in chosen) return chosen
  const environment = await makeEnvironment(host, join(folder, 'venv'))
  if ('kind' in environment) return environment
  const installed = new Set<string>()
  const install = async (installs: Installs): Promise<void> => {
    const needed = requirementsFor({wheel, path, siblings: place.siblings}, installs)
    const missing = needed.filter(each => !installed.has(each))
    if (missing.length > 0) await installHeld(environment.pip, missing, place)
    for (const each of missing) installed.add(each)
  }
  try {
    await install(place.installs ?? {})
    await settings.trial?.installed(environment.bin)
  } catch (error) {
    // An index that is down says nothing of the wheel.
    if (error instanceof ActionError && error.code !== 'DOWNLOAD') return {kind: 'failed', problem: error.message}
    throw error
  }
  const prepare = async (installs: Installs): Promise<void> => {
    try {
      await install(installs)
    } catch (error) {
      if (!(error instanceof ActionError) || error.code === 'DOWNLOAD') throw error
      // Without it, the server says itself what it lacks.
      host.info(error.message)
    }
  }
  const argv =
    'module' in chosen
      ? [environment.python, '-m', chosen.module]
      : [join(environment.bin, host.platform.os === 'windows' ? `${chosen.script}.exe` : chosen.script)]
  const others =
    settings.trial === undefined && 'script' in chosen ? otherScripts(chosen.script, {wheel, environment}) : []
  return {kind: 'start', command: ({args}) => [...argv, ...args], prepare, others}
}

function choose(wheel: Wheel, path: string, place: Place): Program | Launch {
  const {settings, told} = place
  const entry = entryOf(settings.serverJson, {file: basename(path), path, content: wheel})
  if (wheel.scripts.length === 0) return chooseModule(wheel, entry, place)
  const {executable} = settings
  const chosen = chooseScript(wheel.targets, {
    name: wheel.name,
    ...(executable === undefined ? {} : {executable}),
    ...(told === undefined ? {} : {told}),
    ...(entry === undefined ? {} : {entry}),
  })
  return typeof chosen === 'string' ? {script: chosen} : {kind: 'failed', ...chosen}
}

// Libraries with which servers are written.
const sdk = /^(?:mcp|fastmcp|fastmcp-slim)$/

/** A wheel without a command is started by `python -m`, as the plan says, or when its metadata say that it is a server. */
function chooseModule(wheel: Wheel, entry: StartablePackage | undefined, place: Place): Program | Launch {
  const {modules = [], requires = [], name} = wheel
  const own = requires.some(each => sdk.test(each)) ? modules[0] : undefined
  const runtime = entry?.runtimeArguments ?? []
  const asked = runtime[runtime.indexOf('-m') + 1]
  const module = runtime.includes('-m') && asked !== undefined ? asked : (place.module ?? own)
  const target = module === undefined || modules.includes(module) ? `${module ?? 'MODULE'}.__main__` : module
  const hint = `Add to pyproject.toml:\n[project.scripts]\n${name} = "${target}:main"\nwhere main is the function that starts the server.`
  if (entry !== undefined && !runtime.includes('-m')) {
    const problem = `server.json has clients start it by \`uvx ${entry.identifier}\`, and the wheel has no console script`
    return {kind: 'failed', problem, hint}
  }
  return module === undefined ? nothingToStart('the wheel has no console script', hint) : {module}
}

/**
 * What pip installs: the wheel with its extras, what is published with it, and of the requirements that instructions add
 * those which the wheel's own metadata name. Everything else a package has to declare, or its other users lack it.
 */
function requirementsFor(
  {wheel, path, siblings}: {readonly wheel: Wheel; readonly path: string; readonly siblings: readonly Candidate[]},
  {extras = [], with: beside = []}: Installs,
): readonly string[] {
  const known = [...(wheel.requires ?? []), ...Object.values(wheel.optional ?? {}).flat()]
  const declared = beside.filter(each => known.includes(normalizedPythonName(/^[\w.-]+/.exec(each)?.[0] ?? '')))
  const named = extras.length === 0 ? path : `${path}[${extras.join()}]`
  return [named, ...siblingsOf(wheel, siblings, extras), ...declared]
}

// What it depends on is published with it and not in the index yet.
function siblingsOf(wheel: Wheel, siblings: readonly Candidate[], extras: readonly string[]): readonly string[] {
  const found = new Map<string, string>()
  const optional = extras.flatMap(extra => wheel.optional?.[normalizedPythonName(extra)] ?? [])
  const gather = ({requires: always = []}: Wheel, more: readonly string[] = []) => {
    const requires = [...always, ...more]
    for (const {path, content} of siblings) {
      if (content.kind !== 'wheel' || found.has(path) || content.name === wheel.name) continue
      if (!requires.includes(normalizedPythonName(content.name))) continue
      found.set(path, path)
      gather(content)
    }
  }
  gather(wheel, optional)
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
  const {host, settings, folder, isolation} = place
  const installer = installerHost(host, {isolation, folder, installer: 'pip'})
  const hold = settings.trial?.hold
  const exec = (args: readonly string[]) =>
    execResolver(installer, [...argv, 'install', ...options, ...args], {quiet: true, cwd: folder, env})
  const pin = hold === undefined ? '' : `${hold.name}==${hold.version}`
  const constraints = join(folder, 'constraints.txt')
  const constrained = hold?.allowed === true
  if (constrained) await host.files.write(constraints, `${pin}\n`)
  await exec([...(constrained ? ['--constraint', constraints] : []), ...paths])
  if (hold?.allowed === false) await exec([pin])
}
