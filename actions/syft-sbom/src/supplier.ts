/** Who makes and names a component: the NTIA's minimum element "supplier name". */
export interface Supplier {
  readonly kind: 'Person' | 'Organization'
  readonly name: string
  readonly email?: string
}

const organization =
  /\b(?:inc|llc|ltd|gmbh|ag|bv|corp|corporation|company|co|foundation|team|contributors|authors|maintainers|project|developers|developer|devs|community|committee|group|labs?|software|technologies|systems|organi[sz]ation|university|institute)\b\.?/i

/** Reads `Name <email> (address)`, as npm, PyPI and cargo have it; of several the first. */
export function supplierOf(text: string): Supplier | undefined {
  // `Words, Inc.` is one name.
  const [, first = ''] =
    /^\s*("[^"]*"[^,;]*|[^,;<]*(?:,\s*(?:inc|llc|ltd|gmbh|corp)\b\.?[^,;<]*)?(?:<[^>]*>)?)/i.exec(text) ?? []
  const [, email] = /<\s*([^<>\s]+@[^<>\s]+)\s*>/.exec(first) ?? /^\s*([^\s<>()]+@[^\s<>()]+)\s*$/.exec(first) ?? []
  const said = first
    .replaceAll(/<[^>]*>|\([^)]*\)/g, '')
    .replaceAll(/["\s\u0000-\u001f]+/g, ' ')
    .trim()
  const name = said === '' || /^(?:unknown|none|null|n\/a)$/i.test(said) ? email : said
  if (name === undefined) return undefined
  return {kind: organization.test(name) ? 'Organization' : 'Person', name, ...(email === undefined ? {} : {email})}
}

/** The owner of a repository on a forge, from its address in any of the forms that manifests have. */
export function repositoryOwner(address: string): Supplier | undefined {
  const [, owner] =
    /^(?:github:|gitlab:|bitbucket:)?([\w.-]+)\/[\w.-]+$/.exec(address) ??
    /(?:^|[/@.])(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com)[/:]([\w.-]+)\/[\w.-]/i.exec(
      address,
    ) ??
    []
  const reserved = ['sponsors', 'orgs', 'users', 'apps', 'marketplace']
  return owner === undefined || reserved.includes(owner) ? undefined : {kind: 'Organization', name: owner}
}

/** What the package URL itself says: the owner of a Go module's path, of a scope of npm, of a repository or registry. */
export function supplierOfPurl(purl: string): Supplier | undefined {
  const [, type = '', path = ''] = /^pkg:([\w.-]+)\/([^@?#]*(?:%40[^@?#]*)?)/.exec(purl) ?? []
  const parts = decoded(path)
    .split('/')
    .filter(part => part !== '')
  if (type === 'golang') return goSupplier(parts)
  const [owner] = parts
  if (owner === undefined || parts.length < 2) return undefined
  if (type === 'npm' && owner.startsWith('@')) return {kind: 'Organization', name: owner.slice(1)}
  return ['github', 'gitlab', 'bitbucket', 'composer', 'githubactions'].includes(type)
    ? {kind: 'Organization', name: owner}
    : undefined
}

// `github.com/owner/name` is of its owner; `golang.org/x/net` of who has the domain; the standard library of Go itself.
function goSupplier([host = '', owner]: readonly string[]): Supplier | undefined {
  if (['stdlib', 'std', 'toolchain'].includes(host)) return {kind: 'Organization', name: 'The Go Authors'}
  if (['golang.org', 'google.golang.org'].includes(host)) return {kind: 'Organization', name: host}
  if (!host.includes('.')) return undefined
  const isForge = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com|git\.sr\.ht)$/.test(host)
  return {kind: 'Organization', name: isForge && owner !== undefined ? owner.replace(/^~/, '') : host}
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** As SPDX has it: https://spdx.github.io/spdx-spec/v2.3/package-information/#75-package-supplier-field. */
export function spdxSupplier({kind, name, email}: Supplier): string {
  const plain = name.replaceAll(/[()]/g, '')
  return email === undefined || email === name ? `${kind}: ${plain}` : `${kind}: ${plain} (${email})`
}

/** Reads what `spdxSupplier` writes, which syft writes too. */
export function readSpdxSupplier(text: unknown): Supplier | undefined {
  const [, kind, name = '', email] =
    /^(Person|Organization): (.*?)(?: \(([^()]*)\))?$/.exec(typeof text === 'string' ? text : '') ?? []
  if (kind === undefined || name.trim() === '') return undefined
  return {kind: kind as Supplier['kind'], name: name.trim(), ...(email === undefined || email === '' ? {} : {email})}
}

/** As CycloneDX has it: https://cyclonedx.org/docs/1.6/json/#components_items_supplier. */
export function cycloneDxSupplier({name, email}: Supplier): object {
  return {name, ...(email === undefined ? {} : {contact: [{email}]})}
}
