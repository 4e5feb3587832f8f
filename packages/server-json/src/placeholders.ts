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
 * whatever stands before and behind them. Everything else is kept, arguments and variables among it.
 */
export function fillPlaceholders(server: unknown, values: PlaceholderValues): unknown {
  if (!isObject(server)) return server
  const {version, packages} = server
  return {
    ...server,
    ...(typeof version === 'string' ? {version: filled(version, values)} : {}),
    ...(Array.isArray(packages) ? {packages: packages.map((each: unknown) => filledPackage(each, values))} : {}),
  }
}

function filledPackage(entry: unknown, values: PlaceholderValues): unknown {
  if (!isObject(entry)) return entry
  const changed = ['identifier', 'version', 'registryBaseUrl'].flatMap(name => {
    const value = entry[name]
    return typeof value === 'string' ? [[name, filled(value, values)]] : []
  })
  return {...entry, ...(Object.fromEntries(changed) as object)}
}

function filled(text: string, {version, tag}: PlaceholderValues): string {
  const value = (name: string) => (/tag/i.test(name) ? tag : version)
  return text
    .replace(placeholder, (_, ...groups: unknown[]) => value(groups.find(each => typeof each === 'string') as string))
    .replace(single, (_, name: string) => value(name))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
