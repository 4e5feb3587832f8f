import {type Platform, platformParts} from './platform'

/** The normal form in which names of Python projects are compared (https://packaging.python.org/en/latest/specifications/name-normalization/). */
export function pythonProjectName(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase()
}

/** The same with `_`, as wheel and sdist names have it (PEP 427, PEP 625). */
export function normalizedPythonName(name: string): string {
  return pythonProjectName(name).replaceAll('-', '_')
}

/** A pure-Python wheel (PEP 427), by the Pythons that it names. */
export function pureWheelName(name: string, version: string, pythons = 'py3'): string {
  return `${normalizedPythonName(name)}-${version}-${pythons}-none-any.whl`
}

/** A source distribution (PEP 625). */
export function sdistName(name: string, version: string): string {
  return `${normalizedPythonName(name)}-${version}.tar.gz`
}

/** What `npm pack` writes: `@scope/name` → `scope-name-1.0.0.tgz`. */
export function npmTarballName(name: string, version: string): string {
  return `${name.replace(/^@/, '').replaceAll('/', '-')}-${version}.tgz`
}

/** An archive with one executable: zip on Windows, tar.gz elsewhere; one scheme for every language: `x_1.2.3_linux_armv7.tar.gz`. */
export function archiveName(name: string, version: string, platform: Platform): string {
  const [os, arch] = platformParts(platform)
  return `${name}_${version}_${os}_${arch}.${os === 'windows' ? 'zip' : 'tar.gz'}`
}

/** An MCP bundle: for one platform when it holds executables of it, else for every platform. */
export function bundleName(name: string, version: string, platform?: Platform): string {
  return [name, version, ...(platform === undefined ? [] : platformParts(platform))].join('_') + '.mcpb'
}

/** A multi-platform image as an OCI layout in a tar file. */
export function imageArchiveName(name: string, version: string): string {
  return `${name}_${version}_image.oci.tar`
}

/** The files that describe or prove another file, by suffix. */
export const suffixes = {spdx: '.spdx.json', cyclonedx: '.cdx.json', signature: '.sigstore.json'} as const

/** Names of the files that cover a whole release. */
export const releaseFiles = {
  checksums: 'SHA256SUMS',
  manifest: 'release-manifest.json',
  tools: 'tools.json',
  serverJson: 'server.json',
  compatibility: 'compatibility.json',
} as const

/** What a plain file name may hold; for messages. */
export const plainNameRule = 'letters, digits and . _ + @ - only, and a letter, digit or _ first'

/** Whether a text is a plain file name: one path segment that no shell, log or URL can mistake for something else. */
export function isPlainName(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z0-9_][A-Za-z0-9._+@-]*$/.test(text)
}
