/** Which package is meant, in the words of server.json. */
export interface PackageIdentity {
  readonly registryType: string
  /** Whether an identifier of server.json means this package. */
  readonly is: (identifier: string) => boolean
}

/**
 * The server's name from the text of a server.json, when the package must carry it: the MCP Registry compares it with
 * each package that server.json lists. A server.json that lists packages but not this one asks nothing of it.
 * `undefined` also when the text is no server.json; its own check reports that.
 */
export function serverNameFor(text: string, identity: PackageIdentity): string | undefined {
  const server = readObject(text)
  const name = server?.['name']
  if (server === undefined || typeof name !== 'string') return undefined
  const packages: readonly unknown[] = Array.isArray(server['packages']) ? server['packages'] : []
  if (packages.length === 0) return Array.isArray(server['remotes']) ? undefined : name
  return packages.some(each => lists(each, identity)) ? name : undefined
}

function lists(each: unknown, {registryType, is}: PackageIdentity): boolean {
  if (typeof each !== 'object' || each === null) return false
  const {registryType: type, identifier} = each as Record<string, unknown>
  return type === registryType && typeof identifier === 'string' && is(identifier)
}

function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
