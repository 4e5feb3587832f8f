import type {BundleStart} from './bundle-start'
import {plainStart} from './bundle-start'
import {jsonRecord, plainText, record} from './loose'
import type {UserOption} from './manifest-schema'
import {keyOf, titleOf} from './option-words'
import {pythonProjectName} from '@mcp-release/release-model'

type Entry = Readonly<Record<string, unknown>>

/** The package that a bundle is made of. */
export interface BundledPackage {
  readonly registryType: 'npm' | 'pypi' | 'cargo'
  readonly name: string
  /** The command that the bundle is named after. */
  readonly command: string
}

/**
 * The arguments and variables that a server.json has for a bundle: those of its own entry, of type mcpb, else those of
 * the package that it is made of. What other packages need, such as a container, is not for it.
 */
export function serverJsonStart(content: string, bundled: BundledPackage): BundleStart {
  const entry = ownEntry(list(jsonRecord(content)['packages']), bundled)
  if (entry === undefined) return plainStart
  const options: Record<string, UserOption> = {}
  const args = list(entry['packageArguments']).flatMap(each => argument(each, options))
  const variables = list(entry['environmentVariables']).flatMap(each => variable(each, options))
  return {options, args, env: Object.fromEntries(variables) as Record<string, string>}
}

function ownEntry(packages: readonly Entry[], {registryType, name, command}: BundledPackage): Entry | undefined {
  const of = (type: string) => packages.filter(each => each['registryType'] === type)
  const bundles = of('mcpb')
  const own = bundles.length === 1 ? bundles[0] : bundles.find(each => fileOf(each).startsWith(`${command}_`))
  return own ?? of(registryType).find(each => pythonProjectName(text(each['identifier'])) === pythonProjectName(name))
}

function fileOf(entry: Entry): string {
  return text(entry['identifier']).replace(/^.*\//, '')
}

function argument(each: Entry, options: Record<string, UserOption>): readonly string[] {
  const fixed = plainText(each['value'])
  const flag = each['type'] === 'named' ? plainText(each['name']) : undefined
  if (fixed === undefined && each['isRequired'] !== true) return []
  // A flag that stands alone, such as --stdio.
  const asks = ['valueHint', 'default', 'placeholder', 'format', 'choices', 'isSecret'].some(
    key => each[key] !== undefined,
  )
  if (flag !== undefined && fixed === undefined && !asks) return [flag]
  const name = flag ?? plainText(each['valueHint']) ?? plainText(each['name']) ?? 'argument'
  const description = flag === undefined ? 'An argument of the server' : `The value of ${flag}`
  const value = fixed === undefined ? ask(each, {name, description, options}) : withVariables(fixed, each, options)
  return flag === undefined ? [value] : [flag, value]
}

function variable(each: Entry, options: Record<string, UserOption>): readonly (readonly [string, string])[] {
  const name = plainText(each['name'])
  if (name === undefined) return []
  const fixed = plainText(each['value'])
  if (fixed !== undefined) return [[name, withVariables(fixed, each, options)]]
  // Nobody can leave a number empty, and the server knows its own default.
  const optional = each['isRequired'] !== true && plainText(each['default']) === undefined
  if (optional && each['format'] === 'number') return []
  return [[name, ask(each, {name, description: `The environment variable ${name} of the server`, options})]]
}

// `--root={dir}` with `variables: {dir: …}`.
function withVariables(text: string, each: Entry, options: Record<string, UserOption>): string {
  const variables = record(each['variables'])
  return text.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    if (!Object.hasOwn(variables, name)) return whole
    const inner = record(variables[name])
    return plainText(inner['value']) ?? ask(inner, {name, description: `A part of ${text}`, options})
  })
}

interface Question {
  readonly name: string
  readonly description: string
  readonly options: Record<string, UserOption>
}

function ask(each: Entry, {name, description, options}: Question): string {
  const key = keyOf(name, options)
  const secret = each['isSecret'] === true
  const required = each['isRequired'] === true
  const type = typeOf(each, name)
  const given = secret ? undefined : plainText(each['default'])
  // An optional text that is left empty would reach the server as ${user_config.…}; an empty default does not.
  const fallback = given === undefined ? (required ? undefined : type === 'boolean' ? false : '') : typed(type, given)
  const choices = Array.isArray(each['choices']) ? each['choices'].filter(one => typeof one === 'string') : []
  const said = plainText(each['description']) ?? description
  options[key] = {
    type,
    title: titleOf(name),
    description: choices.length === 0 ? said : `${said} (${choices.join(', ')})`,
    required,
    ...(secret ? {sensitive: true} : {}),
    ...(fallback === undefined ? {} : {default: fallback}),
    ...(each['isRepeated'] === true && each['type'] === 'positional' ? {multiple: true} : {}),
  }
  return `\${user_config.${key}}`
}

function typeOf(each: Entry, name: string): UserOption['type'] {
  const format = each['format']
  if (format === 'boolean' || format === 'number') return format
  if (format !== 'filepath') return 'string'
  const words = `${name} ${plainText(each['valueHint']) ?? ''}`
  if (/dir|folder|root|workspace/i.test(words)) return 'directory'
  return /\b(?:director|folder)/i.test(plainText(each['description']) ?? '') && !/file/i.test(words)
    ? 'directory'
    : 'file'
}

function typed(type: UserOption['type'], given: string): string | number | boolean {
  if (type === 'boolean') return given === 'true'
  if (type === 'number' && Number.isFinite(Number(given))) return Number(given)
  return given
}

function list(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.map(record) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
