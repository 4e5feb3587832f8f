import {basename, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {readTar, readZip} from '@mcp-release/archives'
import {type Plan, isLicenseFile, parseJson, planSchema} from '@mcp-release/release-model'
import {licenseExpression, licenseOfText} from './license-text'
import type {Subject} from './subject'

/** What is known of a component from elsewhere than the file. */
export interface Known {
  readonly version?: string
  /** An SPDX expression. */
  readonly license?: string
}

/** A part of a file about which the SBOM does not know everything. */
export interface Incomplete {
  /** The component; the file itself without it. */
  readonly name?: string
  readonly reason: string
}

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
    name: found?.name ?? '',
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

/** What is known of a component: its version where the executable has none, and licences from the caches of this machine. */
export async function knownOf(host: Host, key: ComponentKey, own: OwnPackage | undefined): Promise<Known> {
  if (own !== undefined && isOwn(key, own)) {
    const version =
      own.version === '' ? undefined : key.type === 'golang' ? `v${own.version.replace(/^v/, '')}` : own.version
    return {
      ...(version === undefined || (hasVersion(key) && key.type !== 'golang') ? {} : {version}),
      ...(own.license === undefined ? {} : {license: own.license}),
    }
  }
  const license = key.type === 'cargo' ? await crateLicense(host, key) : undefined
  return license === undefined ? {} : {license}
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
async function crateLicense(host: Host, {name, version}: ComponentKey): Promise<string | undefined> {
  if (!/^[\w-]+$/.test(name) || !/^[\w.+-]+$/.test(version)) return undefined
  const home = host.env['CARGO_HOME'] ?? join(host.env['HOME'] ?? host.env['USERPROFILE'] ?? '/', '.cargo')
  const sources = join(home, 'registry/src')
  for (const registry of await host.files.list(sources)) {
    const manifest = join(sources, registry, `${name}-${version}`, 'Cargo.toml')
    if ((await host.files.stat(manifest)) === undefined) continue
    const [, license = ''] = /^license\s*=\s*"([^"]+)"/m.exec(await host.files.readText(manifest)) ?? []
    return licenseExpression(license)
  }
  return undefined
}
