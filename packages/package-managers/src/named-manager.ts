import {isNpmRange, npmRangeAllows} from '@mcp-release/release-model'
import {record} from './json'
import {type Manager, isManagerName} from './manager'

/** What one package.json says of its manager, and what of it is not understood. */
export interface NamedManager {
  readonly manager?: Manager
  readonly warnings: readonly string[]
}

const none: NamedManager = {warnings: []}

/**
 * The manager that a package.json names: `packageManager` (https://nodejs.org/api/packages.html#packagemanager, with the
 * hash that https://github.com/nodejs/corepack describes), else `devEngines.packageManager`
 * (https://docs.npmjs.com/cli/configuring-npm/package-json#devengines).
 */
export function namedManager(file: string, fields: Readonly<Record<string, unknown>>): NamedManager {
  const {packageManager, devEngines} = fields
  if (typeof packageManager === 'string' && packageManager.trim() !== '') return ofField(file, packageManager.trim())
  const asked = record(devEngines)['packageManager']
  const list: readonly unknown[] = Array.isArray(asked) ? asked : [asked]
  for (const each of list) {
    const {name, version} = record(each)
    if (!isManagerName(name)) continue
    const range = typeof version === 'string' && isNpmRange(version) && version.trim() !== '' ? {range: version} : {}
    return {manager: {name, ...range, origin: `devEngines.packageManager in ${file}`}, warnings: []}
  }
  return none
}

function ofField(file: string, text: string): NamedManager {
  const [, name, rest = ''] = /^([\w-]+)(?:@(.*))?$/.exec(text) ?? []
  const said = `${file}: packageManager: ${JSON.stringify(text)}`
  if (!isManagerName(name)) return {warnings: [`${said} names none of npm, pnpm, yarn and bun, so it has no effect`]}
  const [version = '', suffix = ''] = rest.split('+')
  const origin = `packageManager in ${file}`
  if (!isNpmRange(version) || version === '') {
    const remedy = `write it as ${JSON.stringify(`${name}@`)} followed by a version`
    return {manager: {name, origin}, warnings: [`${said} has no version that can be read; ${remedy}`]}
  }
  const [, algorithm = '', hex = ''] = /^(sha\d+)\.([0-9a-f]+)$/i.exec(suffix) ?? []
  const hash = hex === '' ? {} : {hash: {algorithm: algorithm.toLowerCase(), hex: hex.toLowerCase()}}
  return {manager: {name, range: version, ...hash, origin}, warnings: []}
}

/** The range of `engines` for a manager, as a weaker hint than a name. */
export function engineRange(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const range = record(fields['engines'])[name]
  // Many projects write a text in place of a version, such as "please-use-pnpm", to keep other managers out.
  return typeof range === 'string' && range.trim() !== '' && isNpmRange(range) ? range : undefined
}

/** Whether a version is one that a manager may have. */
export function isVersionOf({range}: Manager, version: string): boolean {
  return range === undefined || npmRangeAllows(range, version)
}
