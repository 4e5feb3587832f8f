import {pureWheelName} from '@mcp-release/release-model'
import {satisfies, validRange} from '@renovatebot/pep440'
import {type StaticProject, staticProject} from './python-project'
import {
  malformedScript,
  python2Warning,
  refusal,
  scriptTarget,
  serverNameRuling,
  unboundedSdks,
  withoutDescription,
  withoutLicense,
  workspaceRequirements,
} from './python-texts'
import type {Ruling} from './ruling'
import {type WheelPythons, wheelPythons} from './wheel-pythons'

/** What is known around a pyproject.toml. */
export interface PythonSurroundings {
  /** As the release spells it. */
  readonly version: string
  /** The name in a server.json that lists the package. */
  readonly serverName?: string
  /** The names of files beside it. */
  readonly files: readonly string[]
  /** Whether a file below its folder is there; absent where that is not known. */
  readonly has?: (file: string) => boolean
  /** The text of a file beside it; `undefined` when it is not known. */
  readonly read: (file: string) => string | undefined
}

/** What a pyproject.toml alone shows, before anything is built; nothing where a backend decides. */
export function pythonRules(
  document: Readonly<Record<string, unknown>>,
  around: PythonSurroundings,
): readonly Ruling[] {
  const project = staticProject(document)
  if (project === undefined) return []
  return [
    ...requiredPython(project, {named: wheelPythons(document), version: around.version}),
    ...description(project, around),
    ...license(project, around),
    ...scripts(project),
    ...dependencies(project),
  ]
}

/** A name that no index takes: https://packaging.python.org/en/latest/specifications/name-normalization/#name-format */
export function pythonNameRules(name: string): readonly Ruling[] {
  if (/^(?:[a-z0-9]|[a-z0-9][a-z0-9._-]*[a-z0-9])$/i.test(name)) return []
  const text = `name: ${JSON.stringify(name)} is no name of a Python package`
  return [problem(text, 'Letters, digits and . _ - only, a letter or digit first and last.')]
}

interface Wheel {
  /** The Pythons in the name of the wheel. */
  readonly named: WheelPythons
  readonly version: string
}

// https://packaging.python.org/en/latest/specifications/version-specifiers/
function requiredPython({name, requiresPython}: StaticProject, {named, version}: Wheel): readonly Ruling[] {
  if (requiresPython === undefined)
    return named === 'py3' ? [] : [python2Warning(pureWheelName(name ?? '', version, named))]
  const said = `requires-python: ${JSON.stringify(requiresPython)}`
  if (!validRange(requiresPython))
    return [problem(`${said} is no list of versions that Python packages know`, 'Write it as >=3.10 or >=3.10,<4.')]
  const anyone = pythons.some(each => satisfies(each, requiresPython, {prereleases: true}))
  return anyone ? [] : [problem(`${said} is satisfied by no Python`, 'Write it as >=3.10 or >=3.10,<4.')]
}

const problem = (text: string, hint: string): Ruling => ({level: 'error', text, hint})

// The first and a late release of each series that is there or will be.
const pythons = [
  '2.7.18',
  ...Array.from({length: 40}, (_, minor) => [0, 5, 12, 25].map(micro => `3.${minor}.${micro}`)).flat(),
  '4.0.0',
]

function description({readme, description: summary}: StaticProject, {serverName, read, has}: PythonSurroundings) {
  const {length} = Array.from(summary ?? '')
  const long =
    length > 512
      ? [refusal('summary', `has ${length} characters`)]
      : summary?.trim().includes('\n') === true
        ? [refusal('summary', 'has several lines')]
        : []
  if (readme === 'unknown') return long
  if (typeof readme === 'object' && 'file' in readme && has?.(readme.file) === false)
    return [
      ...long,
      problem(`names ${readme.file} as readme, which is not there`, 'Correct readme in [project], or add the file.'),
    ]
  const text = readme === 'none' ? '' : 'text' in readme ? readme.text : read(readme.file)
  if (text === undefined) return long
  return [...long, ...(text.trim() === '' ? [withoutDescription] : []), ...serverNameRuling(text, serverName)]
}

// Backends take the files of these names into the wheel: https://packaging.python.org/en/latest/specifications/pyproject-toml/#license-files
function license({hasLicense, dynamic}: StaticProject, {files}: PythonSurroundings): readonly Ruling[] {
  const there = files.some(file => /^(?:licen[cs]e|copying|notice|authors)/i.test(file))
  return hasLicense || there || dynamic.has('license') || dynamic.has('classifiers') ? [] : [withoutLicense]
}

function scripts({scripts: all}: StaticProject): readonly Ruling[] {
  return Object.entries(all)
    .filter(([, target]) => scriptTarget(target) === undefined)
    .map(([name, target]) => malformedScript(name, target))
}

// https://packaging.python.org/en/latest/specifications/dependency-specifiers/
function dependencies({dependencies: all, ownSources}: StaticProject): readonly Ruling[] {
  return [
    ...all
      .filter(each => /^\s*[\w.-]+\s*(?:\[[^\]]*\])?\s*@/.test(each))
      .map(each => refusal('requires-dist', `'${each.trim()}'`)),
    ...unboundedSdks(all),
    ...workspaceRequirements(all, ownSources),
  ]
}
