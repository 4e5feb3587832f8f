/** What placeholders stand for. */
export interface PlaceholderValues {
  /** Without `v`. */
  readonly version: string
  /** The git tag. */
  readonly tag: string
}

const names = String.raw`(?:(?:[A-Z]+_)*VERSION|(?:RELEASE_|GIT_)?TAG|version|tag|\.Version|\.Tag|(?:package|release)[._]?version)`

// `${VERSION}`, `$VERSION`, `{{VERSION}}`, `{{ .Version }}`, `__VERSION__`, `%VERSION%`, `<VERSION>`, `@VERSION@`; a single pair
// of braces is server.json's own spelling of a variable, and means the version only where no variable can stand.
const placeholder = new RegExp(
  [
    String.raw`\$\{\{?\s*(${names})\s*\}?\}`,
    String.raw`\$(${names})\b`,
    String.raw`\{\{\s*(${names})\s*\}\}`,
    String.raw`__(${names})__`,
    String.raw`%(${names})%`,
    String.raw`<(${names})>`,
    String.raw`@(${names})@`,
  ].join('|'),
  'g',
)
const single = new RegExp(String.raw`\{(${names})\}`, 'g')

/**
 * A server.json with the release's version in place of placeholders for it: at the top, in identifiers and in URLs, with
 * whatever stands before and behind them. Everything else is kept, arguments and declared variables among it.
 */
export function fillPlaceholders(server: unknown, values: PlaceholderValues): unknown {
  if (!isObject(server)) return server
  const {packages, remotes, icons} = server
  const lists = {
    ...(Array.isArray(packages) ? {packages: packages.map((each: unknown) => filledPackage(each, values))} : {}),
    ...(Array.isArray(remotes) ? {remotes: remotes.map((each: unknown) => filledTransport(each, [], values))} : {}),
    ...(Array.isArray(icons) ? {icons: icons.map((each: unknown) => filledMembers(each, ['src'], values))} : {}),
  }
  return {...server, ...filledMembers(server, ['version', 'websiteUrl'], values), ...lists}
}

function filledPackage(entry: unknown, values: PlaceholderValues): unknown {
  if (!isObject(entry)) return entry
  const {transport} = entry
  return {
    ...filledMembers(entry, ['identifier', 'version', 'registryBaseUrl', 'fileSha256'], values),
    ...(transport === undefined ? {} : {transport: filledTransport(transport, declaredBy(entry), values)}),
  }
}

function filledMembers<T>(entry: T, names: readonly string[], values: PlaceholderValues): T {
  if (!isObject(entry)) return entry
  const changed = names.flatMap(name => {
    const value = entry[name]
    return typeof value === 'string' ? [[name, filled(value, values)]] : []
  })
  return {...entry, ...(Object.fromEntries(changed) as object)}
}

// What is declared is filled in by the client: https://github.com/modelcontextprotocol/registry/blob/main/docs/reference/server-json/generic-server-json.md
function filledTransport(entry: unknown, declared: readonly string[], values: PlaceholderValues): unknown {
  if (!isObject(entry) || typeof entry['url'] !== 'string') return entry
  const own = isObject(entry['variables']) ? Object.keys(entry['variables']) : []
  const known = new Set([...declared, ...own])
  // In lower case it is more likely a variable that nobody declared, of which the registry's rule tells.
  const isVariable = (name: string, braces: boolean) => known.has(name) || (braces && /^[a-z]/.test(name))
  return {...entry, url: filled(entry['url'], values, isVariable)}
}

/** The names that the URL of a package's transport may use: of variables, arguments and settings. */
function declaredBy({runtimeArguments, packageArguments, environmentVariables}: Readonly<Record<string, unknown>>) {
  const all = [runtimeArguments, packageArguments, environmentVariables].flatMap(list =>
    Array.isArray(list) ? (list as readonly unknown[]).filter(isObject) : [],
  )
  return all.flatMap(({name, valueHint, variables}) => [
    ...[name, valueHint].filter(each => typeof each === 'string'),
    ...(isObject(variables) ? Object.keys(variables) : []),
  ])
}

const never = (): boolean => false

function filled(
  text: string,
  {version, tag}: PlaceholderValues,
  isVariable: (name: string, braces: boolean) => boolean = never,
): string {
  const value = (name: string) => (/tag/i.test(name) ? tag : version)
  return text
    .replace(placeholder, (whole, ...groups: unknown[]) => {
      const name = groups.find(each => typeof each === 'string') as string
      return isVariable(name, false) ? whole : value(name)
    })
    .replace(single, (whole, name: string) => (isVariable(name, true) ? whole : value(name)))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
