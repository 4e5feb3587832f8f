import {type ReleaseSettings, settingsSchema} from '@mcp-release/release-model'
import type {z} from 'zod'
import {nearestName} from '@mcp-release/release-model'
import type {SettingsPosition} from './settings-position'

type Issue = z.core.$ZodIssue

/** What is wrong with a value of the settings, each with its line, the value and what is allowed. */
export function settingsProblems(value: unknown, position: SettingsPosition): readonly {line: number; text: string}[] {
  const checked = settingsSchema.safeParse(value)
  if (checked.success) return []
  return checked.error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        line: position.lineOf([...issue.path, key]),
        text: unknownField(key, issue.path),
      }))
    }
    const text = `${placeText(issue.path)}: ${wordsOf(issue, value, position)}`
    return [{line: position.lineOf(issue.path), text}]
  })
}

function unknownField(key: string, path: readonly PropertyKey[]): string {
  const groups = fieldGroups()
  const place = path[0] === 'servers' || path[0] === 'builds' ? path[0] : 'top'
  const known = groups[place]
  const inside = path.length === 0 ? '' : ` of ${placeText(path)}`
  const nearest = nearestName(key, known)
  const elsewhere = Object.entries(groups).find(([name, fields]) => name !== place && fields.includes(key))
  const told = `${JSON.stringify(key)} is not a field${inside}`
  if (elsewhere !== undefined && nearest !== key) {
    const [name] = elsewhere
    return `${told}; ${name === 'top' ? 'it belongs at the top of the file' : `it belongs under ${name}, then the selector of a package`}`
  }
  if (nearest !== undefined) return `${told}; did you mean ${JSON.stringify(nearest)}?`
  return `${told}; the fields are ${known.join(', ')}`
}

/** The names of all fields, by the place where they stand. */
export function fieldGroups(): Readonly<Record<'top' | 'servers' | 'builds', readonly string[]>> {
  const {servers, builds} = settingsSchema.shape
  const inside = (record: typeof servers | typeof builds) => Object.keys(record.unwrap().valueType.shape)
  return {top: Object.keys(settingsSchema.shape), servers: inside(servers), builds: inside(builds)}
}

function wordsOf(issue: Issue, root: unknown, position: SettingsPosition): string {
  const value = issue.path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], root)
  const source = position.sourceOf(issue.path)
  const shown = source === undefined ? kindOf(value) : JSON.stringify(source)
  if (value === null) return 'is empty; give it a value, or leave it out'
  if (issue.code === 'invalid_type') return `${shown} is ${wrongType(issue.expected, value, source)}`
  if (issue.code === 'invalid_value')
    return `${shown} is none of ${issue.values.join(', ')}${meant(source, issue.values)}`
  if (issue.code === 'too_small' && issue.origin === 'array') return 'is an empty list; leave it out'
  if (issue.code === 'too_small' && issue.origin === 'string') return 'is empty; leave it out'
  if (issue.code === 'too_small') return `${shown} is less than ${issue.minimum}`
  if (issue.code === 'too_big') return `${shown} is more than ${issue.maximum}`
  if (issue.code === 'invalid_key') return wrongKey(issue.path)
  if (issue.code === 'invalid_format') return `${shown} ${issue.message}`
  return issue.message
}

function wrongKey(path: readonly PropertyKey[]): string {
  return path.includes('env')
    ? 'is not the name of a variable, which has letters, digits and _'
    : 'is not a selector; take the name, the folder or the command of a package'
}

const wanted: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  boolean: 'true or false',
  object: 'fields of its own',
  record: 'a mapping of names',
  int: 'a whole number',
  number: 'a whole number',
}

function wrongType(expected: string, value: unknown, source: string | undefined): string {
  const told = `${kindOf(value)}, and must be ${wanted[expected] ?? expected}`
  if (source === undefined) return told
  if (expected === 'string') return `${told}; write ${JSON.stringify(source)}`
  if (expected === 'array') return `${told}; write [${source}]`
  const meantPlain = typeof value === 'string' && /^(\d+|true|false)$/.test(value)
  return meantPlain ? `${told}; write ${value} without quotes` : told
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'boolean') return 'true or false'
  return typeof value === 'object' ? 'a mapping' : 'a number'
}

function meant(source: string | undefined, values: readonly unknown[]): string {
  const nearest = source === undefined ? undefined : nearestName(source, values.map(String))
  return nearest === undefined ? '' : `; did you mean ${nearest}?`
}

/** `servers.my-server.args[0]` */
function placeText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const name = String(part)
    if (!/^[\w@/*:#-]+$/.test(name)) return `${text}[${JSON.stringify(name)}]`
    return text === '' ? name : `${text}.${name}`
  }, '')
}

/** The settings once nothing is wrong with them. */
export function checkedSettings(value: unknown): ReleaseSettings {
  return settingsSchema.parse(value)
}
