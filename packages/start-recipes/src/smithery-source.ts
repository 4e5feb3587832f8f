import type {StartRecipe, StartValue} from '@mcp-release/release-model'
import {parse} from 'yaml'
import {answerFor, isLocalPath, isSecret} from './answers'
import {launchOf} from './launch'
import {type Loose, record, textOf} from './loose'
import {withTransport} from './recipe'
import type {StartTarget} from './target'

/**
 * How a smithery.yaml starts its server (https://smithery.ai/docs/build/project-config/smithery-yaml). Its command is a
 * function in JavaScript, which is read and never run: lists of texts and of members of `config`; other members of the
 * list are passed over.
 */
export function smitheryRecipes(file: string, text: string, target: StartTarget): readonly StartRecipe[] {
  const start = record(record(parsed(text))['startCommand'])
  const code = textOf(start['commandFunction'])
  if (start['type'] !== 'stdio' || code === undefined || code.length > 20_000) return []
  const schema = record(start['configSchema'])
  const context = {properties: record(schema['properties']), example: record(start['exampleConfig'])}
  const command = /\bcommand\s*:\s*(['"`])([^'"`]*)\1/.exec(code)?.[2] ?? ''
  const words = elements(code, /\bargs\s*:\s*\[/).map(each => ({text: literalOf(each), value: valueOf(each, context)}))
  const launch = launchOf([command, ...words.map(({text}, index) => text ?? `\0${String(index)}`)], target)
  if (launch === undefined) return []
  const behind = words.slice(words.length - launch.args.length)
  const args = behind.flatMap(({value}) => value ?? [])
  const env = elements(code, /\benv\s*:\s*\{/).flatMap(each => {
    const [, name = '', expression = ''] = /^\s*['"]?([A-Za-z_]\w*)['"]?\s*:\s*(.*)$/s.exec(each) ?? []
    const value = name === '' ? undefined : valueOf(expression, context, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const {extras, with: beside} = launch
  return [
    withTransport({
      ...{args, env: Object.fromEntries(env), source: `${file}, startCommand`},
      ...(extras === undefined ? {} : {extras: [...extras]}),
      ...(beside === undefined ? {} : {with: [...beside]}),
    }),
  ]
}

function parsed(text: string): unknown {
  try {
    return parse(text.slice(0, 100_000), {maxAliasCount: 10, logLevel: 'silent'})
  } catch {
    return undefined
  }
}

/** The parts between the commas of the list or object that begins where a pattern ends. */
function elements(code: string, opening: RegExp): readonly string[] {
  const match = opening.exec(code)
  if (match === null) return []
  const parts = ['']
  let depth = 0
  let quote = ''
  for (let at = match.index + match[0].length; at < code.length; at++) {
    const char = code.charAt(at)
    if (quote !== '') quote = char === quote && code.charAt(at - 1) !== '\\' ? '' : quote
    else if (/['"`]/.test(char)) quote = char
    else if (/[([{]/.test(char)) depth++
    else if (/[)\]}]/.test(char) && depth-- === 0) break
    else if (char === ',' && depth === 0) {
      parts.push('')
      continue
    }
    parts.push((parts.pop() ?? '') + char)
  }
  return parts.map(part => part.trim()).filter(part => part !== '')
}

interface Context {
  readonly properties: Loose
  readonly example: Loose
}

function literalOf(expression: string): string | undefined {
  return /^(['"`])([^'"`$]*)\1$/.exec(expression.trim())?.[2]
}

function valueOf(expression: string, context: Context, variable?: string): StartValue | undefined {
  const literal = literalOf(expression)
  const named = variable === undefined ? {} : {name: variable}
  if (literal !== undefined) return {value: literal, origin: 'fixed', ...named}
  if (expression.startsWith('...')) return undefined
  const template = /^`([^`$]*)\$\{\s*(?:String\()?(?:config|cfg|c)\.(\w+)[^}`]*\}`$/.exec(expression)
  const member = /(?:config|cfg|c)(?:\?)?(?:\.(\w+)|\[['"](\w+)['"]\])/.exec(expression)
  const key = template?.[2] ?? member?.[1] ?? member?.[2]
  if (key === undefined) return undefined
  const property = record(context.properties[key])
  const description = textOf(property['description'])
  const name = variable ?? key
  const snake = key.replace(/([a-z])([A-Z])/g, '$1_$2')
  const {value, format} = answer(property, textOf(context.example[key]), {
    name: snake,
    ...(description === undefined ? {} : {description}),
  })
  const prefix = template?.[1] ?? ''
  return {
    value: prefix + value,
    origin: 'asked',
    name,
    ...(description === undefined ? {} : {description}),
    ...(isSecret({name: snake}) ? {secret: true} : {}),
    ...(prefix === '' ? {} : {prefix}),
    ...(format === undefined ? {} : {format}),
  }
}

function answer(
  property: Loose,
  example: string | undefined,
  hints: {readonly name: string; readonly description?: string},
): Pick<StartValue, 'value' | 'format'> {
  const type = textOf(property['type'])
  const fallback = textOf(property['default'])
  if (type === 'number' || type === 'integer') return {value: fallback ?? example ?? '1', format: 'number'}
  if (type === 'boolean') return {value: fallback ?? example ?? 'false', format: 'boolean'}
  const choices = property['enum']
  const choice = Array.isArray(choices) ? textOf(choices[0]) : undefined
  if (fallback !== undefined && fallback !== '' && !isLocalPath(fallback)) return {value: fallback}
  return choice === undefined ? answerFor(example ?? fallback ?? '', hints) : {value: choice}
}
