import {type StartValues, packageFor, places, startValues} from '@mcp-release/mcp'
import type {Content} from './candidate'
import type {Settings} from './inputs'

/** Where a server that is started here answers over HTTP. */
export interface HttpPlace {
  readonly path: string
  /** Fixed by server.json; otherwise a free one is chosen. */
  readonly port?: number
  /** Whether the server is told, or server.json says, which port it is. */
  readonly hasPort: boolean
}

/** The settings of one artifact: what server.json says of its package, where the user gave nothing. */
export function settingsFor(
  content: Content,
  settings: Settings,
): {readonly settings: Settings; readonly http: HttpPlace | undefined} {
  const {serverJson, transport} = settings
  const found = serverJson === undefined ? undefined : packageFor(serverJson, identityOf(content))
  const values: StartValues = found === undefined ? {args: [], env: {}} : startValues(found)
  const asked = transport === 'http' || (transport === 'auto' && values.http !== undefined)
  const own = {
    ...settings,
    serverArgs: (settings.serverArgs.length > 0 ? settings.serverArgs : values.args).map(text => inside(content, text)),
    serverEnv: Object.fromEntries(
      Object.entries({...values.env, ...settings.serverEnv}).map(([name, text]) => [name, inside(content, text)]),
    ),
  }
  const path = settings.httpPath ?? values.http?.path ?? '/mcp'
  const isPlaced = [...own.serverArgs, ...Object.values(own.serverEnv)].some(text => text.includes(places.port))
  const port = isPlaced ? undefined : values.http?.port
  const hasPort = isPlaced || port !== undefined
  return {settings: own, http: asked ? {path, hasPort, ...(port === undefined ? {} : {port})} : undefined}
}

/** The names by which a server may call itself. */
export function namesOf(content: Content | undefined, {serverName, serverJson}: Settings) {
  if (serverName !== undefined) return {any: [serverName], strict: true}
  const registered = serverJson === undefined ? [] : [serverJson.name, serverJson.title ?? serverJson.name]
  const packaged = content !== undefined && 'name' in content ? [content.name] : []
  const commands =
    content?.kind === 'wheel' ? content.scripts : content?.kind === 'npm' ? Object.keys(content.bins) : []
  const all = [...registered, ...packaged, ...commands]
  return {any: [...new Set([...all, ...all.map(name => name.replace(/^.*\//, ''))])], strict: false}
}

function identityOf(content: Content): Parameters<typeof packageFor>[1] {
  switch (content.kind) {
    case 'wheel':
      return {registryType: 'pypi', is: identifier => pythonName(identifier) === pythonName(content.name)}
    case 'npm':
      return {registryType: 'npm', is: identifier => identifier === content.name}
    case 'image':
      return {registryType: 'oci', is: () => true}
    case 'executables':
    // Its manifest says how it is started.
    case 'bundle':
    case 'sdist':
    case 'broken':
      return undefined
  }
}

// https://packaging.python.org/en/latest/specifications/name-normalization/
function pythonName(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase()
}

// A container sees no folder of this machine, but has these.
function inside({kind}: Content, text: string): string {
  return kind === 'image' ? text.replaceAll(places.folder, '/tmp').replaceAll(places.file, '/etc/hosts') : text
}
