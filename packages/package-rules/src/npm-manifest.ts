import {InputError} from '@mcp-release/action-kit'
import {parseVersion} from '@mcp-release/release-model'

/** A package.json that was read: what every package must have, and the rest as it stands. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly scripts: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, unknown>>
}

const nameRule = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/

/** Reads a package.json; throws one `InputError` with all that keeps it from being published. */
export function parseManifest(file: string, text: string): Manifest {
  const fields = parseObject(file, text)
  const {name, version} = fields
  const problems: string[] = []
  if (typeof name !== 'string' || name.length > 214 || !nameRule.test(name))
    problems.push(`${file}: name: ${JSON.stringify(name)} is no name of an npm package`)
  if (typeof version !== 'string' || parseVersion(version)?.semver !== version)
    problems.push(
      `${file}: version: ${JSON.stringify(version)} is no version (SemVer without build metadata)${instead(version)}`,
    )
  if (fields['private'] === true)
    problems.push(`${file}: private: is true, so npm refuses to publish; remove it if this package is to be released`)
  if (problems.length > 0) throw new InputError(problems)
  return {name: String(name), version: String(version), scripts: texts(fields['scripts']), fields}
}

// `1.0` and `v1.0.0` mean a version that npm spells otherwise.
function instead(version: unknown): string {
  const meant = typeof version === 'string' ? parseVersion(version)?.semver : undefined
  return meant === undefined ? '' : `; write ${JSON.stringify(meant)}`
}

/** The entries of an object whose values are texts. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(record(value))
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** An object, or an empty one in place of anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function parseObject(file: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new InputError([`${file}: is no JSON (${error instanceof Error ? error.message : String(error)})`])
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError([`${file}: is no JSON object`])
  return value as Record<string, unknown>
}
