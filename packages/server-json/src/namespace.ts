/**
 * What is wrong with the owner in `io.github.OWNER/…` when the registry compares it with the owner of the repository,
 * letter by letter; `undefined` when it is right or when the name lies in another namespace.
 */
export function ownerCaseProblem(name: string, owner: string): string | undefined {
  const [namespace = '', rest = ''] = name.split('/')
  const right = `io.github.${owner}`
  if (namespace === right || namespace.toLowerCase() !== right.toLowerCase()) return undefined
  return `name: ${JSON.stringify(name)} must be spelled ${JSON.stringify(`${right}/${rest}`)}: the registry tells upper from lower case`
}

/** `example.com` → `com.example`, as namespaces of the registry are spelled. */
export function namespaceOf(domain: string): string {
  return domain.split('.').reverse().join('.')
}
