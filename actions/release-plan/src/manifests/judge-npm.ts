import {InputError} from '@mcp-release/action-kit'
import {
  type Manifest,
  type Ruling,
  chooseBin,
  keepsManifest,
  localDependencies,
  npmRules,
  parseManifest,
  record,
  texts,
  withoutBuild,
} from '@mcp-release/package-rules'
import {isPlaceholderVersion, settingsOf} from '@mcp-release/release-model'
import {below} from '../detected'
import type {Buildable} from '../jobs'
import {commandVerdict} from './command-verdict'
import {privateSiblings} from './private-siblings'
import {entryOf, serverNames} from './server-entries'
import {type Surroundings, filesOf, foldersAround, isHidden} from './surroundings'
import {type Verdict, merged, ruled} from './verdict'

/** What a package.json shows of what npm, npx and the MCP Registry will do with its package. */
export function judgeNpm(each: Buildable, around: Surroundings): Verdict {
  const {manifest: file} = each
  const text = around.tree.texts[file]
  if (text === undefined) return merged([])
  const {manifest, problems} = manifestOf(file, text, each.version)
  const {repository} = around
  const place = {file, code: 'NPM', certain: keepsManifest(manifest)} as const
  const names = serverNames(each, 'npm', around)
  const rulings = [...names.slice(0, 1), ...(names.length === 0 ? [undefined] : names.slice(1))].flatMap(serverName =>
    npmRules(manifest, {
      ...(serverName === undefined ? {} : {serverName}),
      ...(repository === undefined ? {} : {repository}),
    }),
  )
  return merged([
    {stops: problems.map(problem => ({code: 'NPM', text: problem})), findings: []},
    ruled([...rulings, ...localDependencies(manifest), ...privateSiblings(manifest, around.tree)], place),
    ruled(missingCommands(each, manifest, around), {...place, certain: true}),
    commands(each, manifest, around),
  ])
}

function manifestOf(file: string, text: string, version: string) {
  const fields = record(JSON.parse(text.replace(/^\uFEFF/, '')))
  const {name, version: own} = fields
  // A placeholder gets the version of the release before anything is built.
  const stands = typeof own === 'string' && isPlaceholderVersion(own)
  const all = {...fields, ...(stands ? {version} : {})}
  const manifest: Manifest = {name: String(name), version, scripts: texts(fields['scripts']), fields: all}
  try {
    parseManifest(file, JSON.stringify(all))
    return {manifest, problems: []}
  } catch (error) {
    if (error instanceof InputError) return {manifest, problems: error.problems}
    throw error
  }
}

/** Commands that are not in the repository, in a package without anything that would make them. */
function missingCommands(each: Buildable, manifest: Manifest, {tree}: Surroundings): readonly Ruling[] {
  const files = filesOf(each.path, tree)
  const {scripts} = manifest
  const makes = ['build', 'prepack', 'prepare', 'prepublishOnly', 'preinstall', 'install', 'postinstall']
  if (files === undefined || each.only !== undefined || makes.some(name => scripts[name] !== undefined)) return []
  const around = foldersAround(each.path).slice(1)
  const builtAround = around.some(
    folder => rootScripts(tree.texts[below(folder, 'package.json')])['build'] !== undefined,
  )
  if (builtAround) return []
  const visible = {...manifest, fields: {...manifest.fields, bin: visibleBins(manifest, files)}}
  return withoutBuild(visible, files)
}

function visibleBins({fields, name}: Manifest, files: ReadonlySet<string>): Readonly<Record<string, string>> {
  const {bin} = fields
  const all = typeof bin === 'string' ? {[name.replace(/^@[^/]+\//, '')]: bin} : texts(bin)
  return Object.fromEntries(Object.entries(all).filter(([, target]) => !isHidden(target, files)))
}

function rootScripts(text: string | undefined): Readonly<Record<string, string>> {
  try {
    return texts(record(JSON.parse(text ?? '{}'))['scripts'])
  } catch {
    return {}
  }
}

// npx chooses by the names of the commands, and clients start the package by it.
function commands(each: Buildable, {name, fields}: Manifest, around: Surroundings): Verdict {
  const {bin} = fields
  const bins = typeof bin === 'string' ? {[name.replace(/^@[^/]+\//, '')]: bin} : texts(bin)
  if (each.role !== 'server' || each.only !== undefined || Object.keys(bins).length === 0) return merged([])
  const entry = entryOf(each, 'npm', around.serverJson)
  const {executable} = settingsOf(around.settings.servers, each)
  const chosen = chooseBin(bins, {
    name,
    ...(executable === undefined ? {} : {executable}),
    ...(each.commandSource === undefined ? {} : {told: each.executables[0] ?? ''}),
    ...(entry === undefined ? {} : {entry}),
  })
  return commandVerdict(chosen, {file: each.manifest, certain: entry === undefined || around.atRoot})
}
