import {type StartableInput, type StartablePackage, type StartableServer} from './startable-server'

/** Stands for what only the start of a process decides; see `fillPlaces`. */
export const places = {port: '${port}', folder: '${folder}', file: '${file}', process: '${process}'} as const

/** How a package is started when nobody gives it real settings. */
export interface StartValues {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Present when it speaks streamable HTTP: the path of its endpoint, and the port when that is fixed. */
  readonly http?: {readonly path: string; readonly port?: number}
}

/** What an artifact is in a registry: for a bare executable all that it can be downloaded as. */
export interface ArtifactIdentity {
  readonly registryTypes: readonly string[]
  readonly is: (identifier: string) => boolean
}

/** The package of a server.json that an artifact is: of its registry and name. What another one needs is not for it. */
export function packageFor(
  {packages}: StartableServer,
  {registryTypes, is}: ArtifactIdentity,
): StartablePackage | undefined {
  const found = packages.filter(each => is(each.identifier))
  return registryTypes.map(type => found.find(each => each.registryType === type)).find(each => each !== undefined)
}

/**
 * Values for everything that a package needs: what server.json fixes, else the default, the placeholder, the first
 * choice, or a dummy of the type. Secrets are dummies too. Files and folders exist and are empty.
 */
export function startValues(from: StartablePackage): StartValues {
  const {packageArguments, environmentVariables, transport} = from
  const http = transport?.type === 'streamable-http' ? httpPlace(transport.url ?? '') : undefined
  const valueOf = (each: StartableInput, names: readonly (string | undefined)[]) =>
    http?.variable !== undefined && names.includes(http.variable) ? places.port : dummy(each)
  const args = packageArguments.flatMap(each => {
    const {name, valueHint, value, isRequired} = each
    const isPort = http?.variable !== undefined && [name, name?.replace(/^-+/, ''), valueHint].includes(http.variable)
    if (!isRequired && value === undefined && !isPort) return []
    const given = valueOf(each, [name, name?.replace(/^-+/, ''), valueHint])
    return each.type === 'named' && name !== undefined ? [name, given] : [given]
  })
  const env = environmentVariables.flatMap(each => {
    const isPort = http?.variable === each.name
    return each.isRequired || each.value !== undefined || isPort ? [[each.name, valueOf(each, [each.name])]] : []
  })
  const variables = Object.fromEntries(env) as Record<string, string>
  if (http === undefined) return {args, env: variables}
  const {path, port} = http
  return {args, env: variables, http: port === undefined ? {path} : {path, port}}
}

/** Puts the real values in for `${port}`, `${folder}`, `${file}` and `${process}`; other text stays. */
export function fillPlaces(text: string, values: Readonly<Record<keyof typeof places, string>>): string {
  return text.replace(/\$\{(port|folder|file|process)\}/g, (_, name: keyof typeof places) => values[name])
}

// `http://localhost:{PORT}/mcp` names a variable, `http://127.0.0.1:3000/mcp` a port.
function httpPlace(url: string): {readonly path: string; readonly port?: number; readonly variable?: string} {
  const [, authority = '', path = '/'] = /^https?:\/\/([^/]*)(\/.*)?$/.exec(url) ?? []
  const port = authority.split(':')[1] ?? ''
  const variable = /^\{(.+)\}$/.exec(port)?.[1]
  if (variable !== undefined) return {path, variable}
  return /^\d+$/.test(port) ? {path, port: Number(port)} : {path}
}

function dummy(each: StartableInput): string {
  const {value, variables} = each
  if (value !== undefined) {
    return value.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
      const variable = variables[name]
      return variable === undefined ? whole : dummy({...variable, name})
    })
  }
  const given = [each.default, each.placeholder, each.choices[0]]
  return given.find(text => text !== undefined && fits(text, each)) ?? typed(each)
}

// An example that is no number is no help where one is needed, and example paths lead nowhere.
function fits(text: string, {format, default: fallback}: StartableInput): boolean {
  if (format === 'number') return text !== '' && Number.isFinite(Number(text))
  if (format === 'boolean') return text === 'true' || text === 'false'
  return format !== 'filepath' || text === fallback
}

function typed({format, name = '', valueHint = '', description = ''}: StartableInput): string {
  if (format === 'number') return '1'
  if (format === 'boolean') return 'false'
  if (format === 'filepath') return isFile(`${name} ${valueHint}`, description) ? places.file : places.folder
  return /(^|_)(URL|URI|ENDPOINT)$/i.test(name) ? 'http://localhost:9' : 'dummy'
}

function isFile(names: string, description: string): boolean {
  if (/dir|folder|root/i.test(names)) return false
  return /file/i.test(names) || (/\bfile\b/i.test(description) && !/\b(director|folder)/i.test(description))
}
