import {basename, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {readTar, readZip} from '@mcp-release/archives'
import {type Plan, isLicenseFile, parseJson, planSchema, pythonProjectName} from '@mcp-release/release-model'
import type {Installed} from './installed'
import {licenseExpression, licenseOfText} from './license-text'
import type {Subject} from './subject'
import {type Supplier, repositoryOwner, supplierOf} from './supplier'

/** What is known of a component from elsewhere than the file. */
export interface Known {
  readonly version?: string
  /** An SPDX expression. */
  readonly license?: string
  readonly supplier?: Supplier
}

/** Where it is looked up. */
export interface Sources {
  /** The package that the file was built from. */
  readonly own: OwnPackage | undefined
  /** The package that the file is. */
  readonly self: ComponentKey | undefined
  /** Who releases the file. */
  readonly releaser: Supplier | undefined
  /** What is installed beside the file, by `type name version`. */
  readonly installed: ReadonlyMap<string, Installed>
}

/** A part of a file about which the SBOM does not know everything. */
export interface Incomplete {
  /** The component; the file itself without it. */
  readonly name?: string
  readonly reason: string
}

/** Said where a registry did not answer. */
export const noPartialSbom = 'An SBOM that lacks dependencies for want of a network is not written.'

/** A component as both formats tell it. */
export interface ComponentKey {
  /** The type of its package URL, such as `golang`. */
  readonly type: string
  readonly name: string
  readonly version: string
}

/** The package that a file was built from. */
export interface OwnPackage {
  readonly type: string
  readonly name: string
  readonly version: string
  readonly license?: string
}

const types = {pypi: 'pypi', npm: 'npm', go: 'golang', cargo: 'cargo', oci: 'oci'} as const

/** Reads the plan of the release, if there is one. */
export async function readPlan(host: Host, path: string | undefined): Promise<Plan | undefined> {
  if (path === undefined) return undefined
  return parseJson(planSchema, {file: path, text: await host.files.readText(path)})
}

/** The package of the plan that a file was built from, with its licence: as the manifest says, else as the archive's text says. */
export async function ownPackage(
  host: Host,
  subject: Subject,
  plan: Plan | undefined,
): Promise<OwnPackage | undefined> {
  const artifact = plan?.artifacts.find(({name}) => name === subject.name)
  const found = plan?.packages.find(({id}) => id === artifact?.package)
  const version = subject.version ?? found?.version
  const license =
    licenseExpression(found?.license ?? '') ??
    (subject.kind === 'archive' ? await archivedLicense(host, subject) : undefined)
  if (version === undefined && license === undefined) return undefined
  return {
    type: found === undefined ? '' : types[found.ecosystem],
    // cargo-auditable names the crate of a program.
    name: found?.crate ?? found?.name ?? '',
    version: version ?? '',
    ...(license === undefined ? {} : {license}),
  }
}

async function archivedLicense(host: Host, {path}: Subject): Promise<string | undefined> {
  if (!/\.(?:tar\.gz|tgz|zip)$/.test(path)) return undefined
  const bytes = await host.files.readBytes(path)
  // What cannot be unpacked is for others to refuse: here only its licence stays unknown.
  const read = async () => (path.endsWith('.zip') ? readZip(bytes) : readTar(bytes))
  const entries = await read().catch(() => [])
  const texts = entries.filter(({name, kind}) => kind === 'file' && isLicenseFile(basename(name)))
  const found = new Set(texts.flatMap(({content}) => licenseOfText(Buffer.from(content).toString()) ?? []))
  // LICENSE-MIT beside LICENSE-APACHE: users choose, as the custom of Rust has it.
  return found.size === 0 ? undefined : [...found].sort().join(' OR ')
}

/** Who releases what a repository builds: its owner. */
export function releaserOf(host: Host, plan: Plan | undefined): Supplier | undefined {
  return repositoryOwner(plan?.repository ?? host.env['GITHUB_REPOSITORY'] ?? '')
}

/** Packages under the names by which components are looked up. */
export function byKey(installed: readonly Installed[]): ReadonlyMap<string, Installed> {
  return new Map(installed.toReversed().map(each => [installedKey(each), each]))
}

/** `type name version`; PyPI writes one name in several ways. */
export function installedKey({type, name, version}: ComponentKey): string {
  const plain = type === 'pypi' ? pythonProjectName(name) : name
  return `${type} ${plain} ${version}`
}

/** What is known of a component: what it says where it is installed, what the plan says, and what the caches of this machine have. */
export async function knownOf(host: Host, key: ComponentKey, sources: Sources): Promise<Known> {
  const {own, self, releaser} = sources
  const isSelf = self !== undefined && installedKey(self) === installedKey(key)
  const {supplier = isSelf ? releaser : undefined, license} = sources.installed.get(installedKey(key)) ?? {}
  const installed = {...(supplier === undefined ? {} : {supplier}), ...(license === undefined ? {} : {license})}
  if (own !== undefined && isOwn(key, own)) {
    const version =
      own.version === '' ? undefined : key.type === 'golang' ? `v${own.version.replace(/^v/, '')}` : own.version
    return {
      ...(releaser === undefined ? {} : {supplier: releaser}),
      ...installed,
      ...(version === undefined || (hasVersion(key) && key.type !== 'golang') ? {} : {version}),
      ...(own.license === undefined ? {} : {license: own.license}),
    }
  }
  if (key.type === 'cargo') return crateFacts(host, key)
  const cached = key.type === 'golang' && license === undefined ? await moduleLicense(host, key) : undefined
  return {...installed, ...(cached === undefined ? {} : {license: cached})}
}

function hasVersion({version}: ComponentKey): boolean {
  return !['', '(devel)', 'UNKNOWN', 'NOASSERTION'].includes(version)
}

// A main module is the only one without a version, or has the release's; crates are called like the package.
function isOwn(key: ComponentKey, own: OwnPackage): boolean {
  if (key.type === 'golang') return !hasVersion(key) || key.version === `v${own.version.replace(/^v/, '')}`
  return key.type === own.type && key.name === own.name && key.version === own.version
}

// cargo keeps unpacked sources by registry; nothing is asked over the network.
async function crateFacts(host: Host, {name, version}: ComponentKey): Promise<Known> {
  if (!/^[\w-]+$/.test(name) || !/^[\w.+-]+$/.test(version)) return {}
  const home = host.env['CARGO_HOME'] ?? join(host.env['HOME'] ?? host.env['USERPROFILE'] ?? '/', '.cargo')
  const sources = join(home, 'registry/src')
  for (const registry of await host.files.list(sources)) {
    const manifest = join(sources, registry, `${name}-${version}`, 'Cargo.toml')
    if ((await host.files.stat(manifest)) === undefined) continue
    const text = await host.files.readText(manifest)
    const field = (key: string) => new RegExp(`^${key}\\s*=\\s*\\[?\\s*"([^"]+)"`, 'm').exec(text)?.[1] ?? ''
    const license = licenseExpression(field('license'))
    const supplier = supplierOf(field('authors')) ?? repositoryOwner(field('repository'))
    return {...(license === undefined ? {} : {license}), ...(supplier === undefined ? {} : {supplier})}
  }
  return {}
}

// Go keeps unpacked modules; capital letters are written as ! and the small one (https://go.dev/ref/mod#module-cache).
async function moduleLicense(host: Host, {name, version}: ComponentKey): Promise<string | undefined> {
  if (!/^[\w.~/-]+$/.test(name) || !/^v[\w.+-]+$/.test(version) || name.includes('..')) return undefined
  const home = host.env['HOME'] ?? host.env['USERPROFILE'] ?? '/'
  const cache = host.env['GOMODCACHE'] ?? join(host.env['GOPATH'] ?? join(home, 'go'), 'pkg/mod')
  const escaped = `${name}@${version}`.replaceAll(/[A-Z]/g, letter => `!${letter.toLowerCase()}`)
  const folder = join(cache, escaped)
  const names = (await host.files.list(folder)).filter(isLicenseFile)
  const texts = await Promise.all(names.map(each => host.files.readText(join(folder, each))))
  const found = new Set(texts.flatMap(text => licenseOfText(text) ?? []))
  return found.size === 1 ? [...found][0] : undefined
}
