import {basename, dirname, posix} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {ArchiveEntry} from '@mcp-release/archives'
import {isLicenseFile} from '@mcp-release/release-model'
import {licenseExpression, licenseOfText} from './license-text'
import {type Supplier, repositoryOwner, supplierOf} from './supplier'

/** What a package says of itself where it is installed. */
export interface Installed {
  readonly type: 'pypi' | 'npm'
  readonly name: string
  readonly version: string
  readonly supplier?: Supplier
  /** An SPDX expression. */
  readonly license?: string
}

/** Files by name, wherever they are. */
interface Folder {
  readonly names: readonly string[]
  readonly text: (name: string) => Promise<string>
}

const isManifest = (name: string) => /(?:^|\/)[^/]+\.dist-info\/METADATA$|(?:^|\/)package\.json$/.test(name)

/** The packages that are installed in a folder. */
export async function installedIn(host: Host, folder: string): Promise<readonly Installed[]> {
  const patterns = [
    '**/*.dist-info/METADATA',
    '**/package.json',
    '**/*.dist-info/**/{LICEN[CS]E,COPYING}*',
    '**/node_modules/**/{LICEN[CS]E,licen[cs]e,COPYING}*',
  ]
  const names = await host.files.find(patterns, {cwd: folder})
  return installed({names, text: name => host.files.readText(`${folder}/${name}`)})
}

/** The packages that are installed inside an archive. */
export function installedAmong(entries: readonly ArchiveEntry[]): Promise<readonly Installed[]> {
  const files = new Map(entries.filter(({kind}) => kind === 'file').map(({name, content}) => [name, content]))
  return installed({
    names: [...files.keys()],
    text: name => Promise.resolve(Buffer.from(files.get(name) ?? '').toString()),
  })
}

async function installed({names, text}: Folder): Promise<readonly Installed[]> {
  const licenses = new Map<string, string[]>()
  for (const name of names.filter(each => isLicenseFile(basename(each)))) {
    // `dist-info/licenses/LICENSE` (PEP 639) is of the same package as `dist-info/LICENSE`.
    const owner = name.replace(/(\.dist-info)\/.*$/, '$1')
    const folder = owner === name ? dirname(name) : owner
    licenses.set(folder, [...(licenses.get(folder) ?? []), name])
  }
  const found = new Map<string, Installed>()
  for (const name of names.filter(isManifest)) {
    const manifest = await text(name)
    const one = name.endsWith('METADATA') ? readMetadata(manifest) : readPackage(manifest)
    if (one === undefined) continue
    const license = one.license ?? (await licenseAmong(licenses.get(posix.dirname(name)) ?? [], text))
    found.set(posix.dirname(name), {...one, ...(license === undefined ? {} : {license})})
  }
  return [...found].map(([folder, one]) => withSupplierAround(found, folder, one))
}

// A manifest inside a package, such as that of its benchmarks, is by whom the package is.
function withSupplierAround(found: ReadonlyMap<string, Installed>, folder: string, one: Installed): Installed {
  const [, around = ''] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/(?!(?:.*\/)?node_modules\/)./.exec(folder) ?? []
  const supplier = one.supplier ?? found.get(around)?.supplier
  return supplier === undefined ? one : {...one, supplier}
}

async function licenseAmong(names: readonly string[], text: Folder['text']): Promise<string | undefined> {
  const texts = await Promise.all(names.map(text))
  const found = new Set(texts.flatMap(each => licenseOfText(each) ?? []))
  // Several texts may be a choice, or those of parts: only one says something.
  return found.size === 1 ? [...found][0] : undefined
}

// https://packaging.python.org/en/latest/specifications/core-metadata/
function readMetadata(metadata: string): Installed | undefined {
  const [head = ''] = metadata.replaceAll('\r\n', '\n').split('\n\n')
  const fields = [...head.matchAll(/^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm)].map(
    ([, key = '', value = '']) => [key.toLowerCase(), value.replaceAll(/\s*\n\s*/g, ' ').trim()] as const,
  )
  const all = (key: string) => fields.filter(([name]) => name === key).map(([, value]) => value)
  const [name = '', version = ''] = [all('name')[0], all('version')[0]]
  if (name === '') return undefined
  const addresses = [...all('project-url').map(each => each.replace(/^[^,]*,\s*/, '')), ...all('home-page')]
  const people = ['author', 'author-email', 'maintainer', 'maintainer-email']
  const [author, authorEmail, maintainer, maintainerEmail] = people.map(key => supplierOf(all(key)[0] ?? ''))
  const supplier =
    joined(author, authorEmail) ?? joined(maintainer, maintainerEmail) ?? firstOf(addresses.map(repositoryOwner))
  const license =
    licenseExpression(all('license-expression')[0] ?? '') ??
    licenseExpression(all('license')[0] ?? '') ??
    licenseOfClassifiers(all('classifier'))
  return {
    type: 'pypi',
    name,
    version,
    ...(supplier === undefined ? {} : {supplier}),
    ...(license === undefined ? {} : {license}),
  }
}

// `Author: Ada` and `Author-email: ada@example.org` are one person.
function joined(named: Supplier | undefined, mailed: Supplier | undefined): Supplier | undefined {
  if (named === undefined || mailed?.email === undefined || named.email !== undefined) return named ?? mailed
  return {...named, email: mailed.email}
}

const firstOf = <T>(items: readonly (T | undefined)[]): T | undefined => items.find(item => item !== undefined)

// Only those that name one licence: https://github.com/pypa/trove-classifiers
const classified: Readonly<Record<string, string>> = {
  'MIT License': 'MIT',
  'MIT No Attribution License (MIT-0)': 'MIT-0',
  'Apache Software License': 'Apache-2.0',
  'ISC License (ISCL)': 'ISC',
  'Mozilla Public License 2.0 (MPL 2.0)': 'MPL-2.0',
  'Python Software Foundation License': 'PSF-2.0',
  'The Unlicense (Unlicense)': 'Unlicense',
  'Boost Software License 1.0 (BSL-1.0)': 'BSL-1.0',
  'GNU General Public License v3 (GPLv3)': 'GPL-3.0-only',
  'GNU General Public License v3 or later (GPLv3+)': 'GPL-3.0-or-later',
  'GNU Affero General Public License v3': 'AGPL-3.0-only',
  'GNU Lesser General Public License v3 or later (LGPLv3+)': 'LGPL-3.0-or-later',
}

function licenseOfClassifiers(classifiers: readonly string[]): string | undefined {
  const said = classifiers.flatMap(each => /^License :: (?:OSI Approved :: )?(.+)$/.exec(each)?.[1] ?? [])
  const [only] = said
  return said.length === 1 && only !== undefined ? classified[only] : undefined
}

type Json = Readonly<Record<string, unknown>>

// https://docs.npmjs.com/cli/v11/configuring-npm/package-json
function readPackage(text: string): Installed | undefined {
  const fields = parsed(text)
  const {name, version, license, licenses, repository} = fields
  if (typeof name !== 'string' || typeof version !== 'string') return undefined
  const listed = (value: unknown) => (Array.isArray(value) ? (value as readonly unknown[]) : [value])
  const people = [fields['author'], ...listed(fields['maintainers']), ...listed(fields['contributors'])]
  const supplier = firstOf(people.map(personOf)) ?? repositoryOwner(textOr(repository, 'url'))
  const said = [license, ...listed(licenses)].map(each => licenseExpression(textOr(each, 'type')))
  const known = firstOf(said)
  return {
    type: 'npm',
    name,
    version,
    ...(supplier === undefined ? {} : {supplier}),
    ...(known === undefined ? {} : {license: known}),
  }
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return typeof value === 'object' && value !== null ? (value as Json) : {}
  } catch {
    return {}
  }
}

function textOr(value: unknown, key: string): string {
  if (typeof value === 'string') return value
  const inner = typeof value === 'object' && value !== null ? (value as Json)[key] : undefined
  return typeof inner === 'string' ? inner : ''
}

function personOf(value: unknown): Supplier | undefined {
  if (typeof value === 'string') return supplierOf(value)
  const [name, email] = [textOr(value, 'name'), textOr(value, 'email')]
  const person = supplierOf(name)
  return person === undefined ? supplierOf(email) : joined(person, supplierOf(email))
}
