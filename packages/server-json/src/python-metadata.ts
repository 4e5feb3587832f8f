import type {BuiltPackage} from './built-package'

/**
 * Reads METADATA or PKG-INFO: headers, and the description as their body or folded into a header
 * (https://packaging.python.org/en/latest/specifications/core-metadata/).
 */
export function readPythonMetadata(metadata: string): Omit<BuiltPackage, 'file' | 'sha256'> | undefined {
  const normal = metadata.replaceAll('\r\n', '\n')
  const end = normal.indexOf('\n\n')
  const head = (end < 0 ? normal : normal.slice(0, end)).replaceAll(/\n[ \t]+\|?/g, '\u0000')
  const field = (name: string) =>
    new RegExp(`^${name}:[ \t]*(.*)$`, 'im').exec(head)?.[1]?.replaceAll('\u0000', '\n').trim()
  const body = end < 0 ? '' : normal.slice(end + 2)
  const [name, version, summary] = [field('Name'), field('Version'), field('Summary')]
  if (name === undefined || version === undefined) return undefined
  const text = body.trim() === '' ? (field('Description') ?? '') : body
  return {
    type: 'pypi',
    name,
    version,
    ...(summary === undefined ? {} : {summary}),
    proof: {in: 'readme', text, withoutComments: false},
  }
}
