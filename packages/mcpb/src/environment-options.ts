import {jsonRecord, plainText, record} from './loose'
import type {UserOption} from './manifest-schema'

/** A manifest's `user_config` with the `env` that hands it over. */
export interface ConfiguredEnvironment {
  readonly options: Readonly<Record<string, UserOption>>
  readonly env: Readonly<Record<string, string>>
}

/** The environment variables that a server.json declares, as options that the user of a bundle is asked for. */
export function environmentOptions(content: string): ConfiguredEnvironment {
  const packages = jsonRecord(content)['packages']
  const declared = (Array.isArray(packages) ? packages : []).flatMap(each => {
    const list = record(each)['environmentVariables']
    return Array.isArray(list) ? list.map(record) : []
  })
  const options: Record<string, UserOption> = {}
  const env: Record<string, string> = {}
  for (const variable of declared) {
    const name = plainText(variable['name'])
    if (name === undefined || Object.hasOwn(env, name)) continue
    const fixed = plainText(variable['value'])
    const key = name.toLowerCase()
    env[name] = fixed ?? `\${user_config.${key}}`
    if (fixed === undefined) options[key] = userOption(name, variable)
  }
  return {options, env}
}

function userOption(name: string, variable: Readonly<Record<string, unknown>>): UserOption {
  const secret = variable['isSecret'] === true
  const given = plainText(variable['default'])
  const types = {boolean: 'boolean', number: 'number', filepath: 'file'} as const
  const format = plainText(variable['format']) ?? ''
  const type = Object.hasOwn(types, format) ? types[format as keyof typeof types] : 'string'
  // An optional text that is left empty would reach the server as ${user_config.…}; an empty default does not.
  const fallback = given ?? (variable['isRequired'] === true || secret || type !== 'string' ? undefined : '')
  return {
    type,
    title: words(name),
    description: plainText(variable['description']) ?? `The environment variable ${name} of the server`,
    required: variable['isRequired'] === true,
    ...(secret ? {sensitive: true} : fallback === undefined ? {} : {default: typed(type, fallback)}),
  }
}

function typed(type: UserOption['type'], given: string): string | number | boolean {
  if (type === 'boolean') return given === 'true'
  if (type === 'number' && given.trim() !== '' && Number.isFinite(Number(given))) return Number(given)
  return given
}

// API_KEY → API key
function words(name: string): string {
  const acronyms = /^(?:API|URL|ID|URI|TLS|SSL|HTTP|HTTPS|DB|SQL|AWS|GCP)$/
  const text = name
    .split('_')
    .map(part => (acronyms.test(part) ? part : part.toLowerCase()))
    .join(' ')
    .trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}
