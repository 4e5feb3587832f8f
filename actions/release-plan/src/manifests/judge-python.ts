import {chooseScript, pythonNameRules, pythonRules, staticProject} from '@mcp-release/package-rules'
import {settingsOf} from '@mcp-release/release-model'
import {parse} from 'smol-toml'
import {fileNameOf} from '../detected'
import type {Buildable} from '../jobs'
import {commandVerdict} from './command-verdict'
import {entryOf, serverNames} from './server-entries'
import {type Surroundings, filesOf, isHidden, textOf} from './surroundings'
import {type Verdict, merged, ruled} from './verdict'

/** What a pyproject.toml shows of what pip, uvx, PyPI and the MCP Registry will do with its package. */
export function judgePython(each: Buildable, around: Surroundings): Verdict {
  const {manifest: file, path} = each
  const {tree} = around
  const text = tree.texts[file]
  const place = {file, code: 'WHEEL', certain: true} as const
  const name = ruled(pythonNameRules(each.name), place)
  // What setup.py says is known once it has run.
  if (text === undefined || fileNameOf(file) !== 'pyproject.toml') return name
  const document = parse(text)
  const files = filesOf(path, tree)
  const names = serverNames(each, 'pypi', around)
  const known = {
    version: each.version,
    ...(files === undefined ? {} : {has: (name: string) => files.has(name) || isHidden(name, files)}),
    files: [...(files ?? tree.files.filter(name => !name.includes('/')))],
    read: (name: string) => textOf(path, name, tree),
  }
  const rulings = (names.length === 0 ? [undefined] : names).flatMap(serverName =>
    pythonRules(document, {...known, ...(serverName === undefined ? {} : {serverName})}),
  )
  return merged([name, ruled(rulings, place), commands(each, document, around)])
}

// uvx starts the command that is called like the package.
function commands(each: Buildable, document: Readonly<Record<string, unknown>>, around: Surroundings): Verdict {
  const project = staticProject(document)
  if (each.role !== 'server' || project === undefined || project.dynamic.has('scripts')) return merged([])
  const targets = project.scripts
  if (Object.keys(targets).length === 0) return merged([])
  const entry = entryOf(each, 'pypi', around.serverJson)
  const {executable} = settingsOf(around.settings.servers, each)
  const chosen = chooseScript(targets, {
    name: each.name,
    ...(executable === undefined ? {} : {executable}),
    ...(each.commandSource === undefined ? {} : {told: each.executables[0] ?? ''}),
    ...(entry === undefined ? {} : {entry}),
  })
  return commandVerdict(chosen, {file: each.manifest, certain: entry === undefined || around.atRoot})
}
