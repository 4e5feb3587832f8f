import type {StartRecipe, StartValue} from '@mcp-release/release-model'
import {answerFor, isLocalPath} from './answers'
import {type Loose, jsonRecord, record, textOf} from './loose'
import {npmOptions} from './launch-npm'
import {uvOptions} from './launch-python'
import {skipOptions} from './options'
import {withTransport} from './recipe'

/** How the manifest of an MCP bundle starts its server (https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md). */
export function manifestRecipes(file: string, text: string | undefined): readonly StartRecipe[] {
  const manifest = jsonRecord(text)
  if (manifest['manifest_version'] === undefined && manifest['dxt_version'] === undefined) return []
  const config = record(record(manifest['server'])['mcp_config'])
  const options = record(manifest['user_config'])
  const words = Array.isArray(config['args']) ? config['args'].flatMap(each => textOf(each) ?? []) : []
  const args = ownArguments(words, textOf(config['command']) ?? '').flatMap(word => values(word, options))
  // What points into the bundle is of its own making.
  const given = Object.entries(record(config['env'])).filter(([, value]) => !String(value).includes('${__dirname}'))
  const env = given.flatMap(([name, value]) =>
    values(textOf(value) ?? '', options, name).map(each => [name, each] as const),
  )
  if (config['command'] === undefined) return []
  return [withTransport({args, env: Object.fromEntries(env), source: `${file}, server.mcp_config`})]
}

// Before them stands what an interpreter runs: a file of the bundle, or a module.
function ownArguments(words: readonly string[], command: string): readonly string[] {
  if (command.includes('${__dirname}') && !/python|node/.test(command)) return words
  const module = words.indexOf('-m')
  if (module >= 0) return words.slice(module + 2)
  const file = words.findIndex(word => word.includes('__dirname') && /\.(?:[cm]?[jt]s|py)$/.test(word))
  if (file >= 0) return words.slice(file + 1)
  const run = command === 'uv' ? words.indexOf('run') : -1
  // Behind the options of a launcher stands what it starts.
  if (command === 'uv' || command === 'uvx') return skipOptions(words.slice(run + 1), uvOptions).rest.slice(1)
  if (command === 'npx') return skipOptions(words, npmOptions).rest.slice(1)
  return /^(?:node|python3?)$/.test(command) ? words.slice(1) : words
}

function values(word: string, options: Loose, variable?: string): readonly StartValue[] {
  const [, prefix = '', key = ''] = /^([^$]*)\$\{user_config\.([^}]+)\}$/s.exec(word) ?? []
  if (key === '')
    return [
      {
        value: word.replaceAll('${__dirname}', '.'),
        origin: 'fixed',
        ...(variable === undefined ? {} : {name: variable}),
      },
    ]
  const option = record(options[key])
  const given = Array.isArray(option['default']) ? textOf(option['default'][0]) : textOf(option['default'])
  // What a user may leave empty is left out; the server knows what then holds.
  if (option['required'] !== true && (given === undefined || given === '')) return []
  const type = textOf(option['type'])
  const {value, format} = answer(type, given, {name: variable ?? key, secret: option['sensitive'] === true})
  const description = textOf(option['description'])
  return [
    {
      value: prefix + value,
      origin: 'asked',
      name: variable ?? key,
      ...(description === undefined ? {} : {description}),
      ...(option['sensitive'] === true ? {secret: true} : {}),
      ...(prefix === '' ? {} : {prefix}),
      ...(format === undefined ? {} : {format}),
    },
  ]
}

function answer(
  type: string | undefined,
  given: string | undefined,
  hints: {readonly name: string; readonly secret: boolean},
): Pick<StartValue, 'value' | 'format'> {
  if (type === 'directory') return {value: '${folder}', format: 'directory'}
  if (type === 'file') return {value: '${file}', format: 'file'}
  if (type === 'number' || type === 'boolean')
    return {value: given ?? (type === 'number' ? '1' : 'false'), format: type}
  return given === undefined || given.includes('${') || isLocalPath(given)
    ? answerFor(given ?? '', hints)
    : {value: given}
}
