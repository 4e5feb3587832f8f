import type {InputsOf} from '@mcp-release/action-kit'
import {type ReleaseSettings, type ServerSettings, isPlatform, settingsSchema} from '@mcp-release/release-model'
import type {contract} from './action.gen'

type Inputs = InputsOf<typeof contract>

/** What the inputs say, in the shape of the settings file; absent where they say nothing. Adds a problem for each wrong value. */
export function settingsOfInputs(raw: Inputs, problems: string[]): ReleaseSettings {
  const server = present({
    args: list(raw.serverArgs),
    env: variables(raw.serverEnv, problems),
    executable: raw.executable,
    transport: raw.transport,
    'http-path': raw.httpPath,
    network: raw.network,
    timeout: raw.timeout,
  })
  const given = present({
    packages: list(raw.packages),
    programs: list(raw.programs),
    exclude: list(raw.excludePackages),
    servers: Object.keys(server).length === 0 ? undefined : {'*': server},
    targets: list(platforms('targets', raw.targets, problems)),
    image: raw.image,
    'image-platforms': list(platforms('image-platforms', raw.imagePlatforms, problems)),
    bundles: raw.bundles,
    'verify-on': list(platforms('verify-on', raw.verifyOn, problems)),
    isolation: raw.isolation,
    unverified: raw.unverified,
    strict: raw.strict === undefined ? undefined : raw.strict === 'true',
    changelog: raw.changelogSection,
    'python-versions': list(raw.pythonVersions),
    'node-versions': list(raw.nodeVersions),
    'sdk-versions': list(raw.sdkVersions),
    incompatible: raw.incompatible,
  })
  const checked = settingsSchema.safeParse(given)
  if (checked.success) return checked.data
  for (const {path, message} of checked.error.issues) {
    const name = path.filter(part => typeof part === 'string' && part !== 'servers' && part !== '*').join('.')
    problems.push(`${name}: ${message}`)
  }
  return {}
}

/**
 * The settings that hold: those of the file, and what the inputs say instead. An input that holds for every server takes
 * the place of what the file says of single ones; variables are joined by name.
 */
export function effectiveSettings(file: ReleaseSettings, inputs: ReleaseSettings): ReleaseSettings {
  const {servers: ownServers, builds: ownBuilds, ...own} = file
  const builds = inputs.targets === undefined ? ownBuilds : withoutFields(ownBuilds, ['targets'])
  const servers = mergedServers(ownServers ?? {}, inputs)
  return {
    ...own,
    ...inputs,
    ...(Object.keys(servers).length === 0 ? {} : {servers}),
    ...(builds === undefined ? {} : {builds}),
  }
}

function mergedServers(own: Readonly<Record<string, ServerSettings>>, inputs: ReleaseSettings) {
  const all = inputs.servers?.['*'] ?? {}
  const {env, ...fields} = all
  const said = [...Object.keys(fields), ...(inputs.unverified === undefined ? [] : ['unverified'])]
  const kept = Object.entries(withoutFields(own, said) ?? {}).map(
    ([selector, settings]): readonly [string, ServerSettings] => [
      selector,
      settings.env === undefined || env === undefined ? settings : {...settings, env: {...settings.env, ...env}},
    ],
  )
  const servers = Object.fromEntries(kept)
  if (Object.keys(all).length === 0) return servers
  return {...servers, '*': {...(env === undefined ? {} : {env}), ...servers['*'], ...fields}}
}

function withoutFields<T extends object>(
  by: Readonly<Record<string, T>> | undefined,
  fields: readonly string[],
): Record<string, T> | undefined {
  if (by === undefined) return undefined
  const kept = Object.entries(by).map(([selector, settings]) => {
    const rest = Object.entries(settings).filter(([name]) => !fields.includes(name))
    return [selector, Object.fromEntries(rest) as T] as const
  })
  return Object.fromEntries(kept)
}

function variables(lines: readonly string[], problems: string[]): Readonly<Record<string, string>> | undefined {
  const entries = lines.flatMap(line => {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) return [[name, value] as const]
    problems.push(`server-env: ${JSON.stringify(line)} is not NAME=value`)
    return []
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function platforms(input: string, texts: readonly string[], problems: string[]): readonly string[] {
  const strange = texts.filter(text => !isPlatform(text))
  problems.push(...strange.map(text => `${input}: ${JSON.stringify(text)} is not a platform such as linux/amd64`))
  return [...new Set(texts.filter(isPlatform))]
}

function list<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items
}

/** The fields that are there. */
function present<T extends object>(fields: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
