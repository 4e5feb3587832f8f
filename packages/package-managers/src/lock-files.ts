import {parse} from 'yaml'
import {record} from './json'
import type {Flavour, ManagerName} from './manager'

/** A lock file. */
export interface LockFile {
  readonly manager: ManagerName
  /** Absolute. */
  readonly folder: string
  readonly name: string
}

/** The names of lock files, npm-shrinkwrap.json first, because npm prefers it. */
export const lockFileNames: readonly (readonly [string, ManagerName])[] = [
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
]

/** Which version of a manager reads and writes a lock file without changing its format. */
export interface LockFormat {
  readonly range?: string
  readonly usual: string
}

const newest = {pnpm: '12.21.0', bun: '1.4.5', classic: '1.22.22', berry: '4.18.1'} as const

/** What is brought where nothing says which version. */
export const usualVersions: Readonly<Record<Exclude<ManagerName, 'npm'>, string>> = {
  pnpm: '10.34.9',
  yarn: newest.classic,
  bun: newest.bun,
}

// A frozen installation fails when another version of pnpm or Yarn would write the file anew in its own format.
const pnpmFormats: Readonly<Record<string, LockFormat>> = {
  '5': {range: '>=6 <8', usual: '7.33.7'},
  '6': {range: '>=8 <9', usual: '8.15.9'},
  '9': {range: '>=9', usual: usualVersions.pnpm},
}
const berryFormats: Readonly<Record<string, LockFormat>> = {
  '4': {range: '>=2 <3.1', usual: '2.4.1'},
  '5': {range: '>=3.1 <3.2', usual: '3.1.1'},
  '6': {range: '>=3.2 <4', usual: '3.8.7'},
  '8': {range: '>=4 <4.13', usual: '4.12.0'},
  '9': {range: '>=4.13 <4.15', usual: '4.14.0'},
  '10': {range: '>=4.15', usual: newest.berry},
}

/** Whether a yarn.lock was written by Yarn 2 or newer. */
export function isBerryLock(text: string): boolean {
  return /^__metadata:/m.test(text)
}

/** The version of a manager that fits a lock file; `undefined` when any does. */
export function lockFormat(lock: LockFile, text: string): LockFormat | undefined {
  if (lock.manager === 'pnpm') {
    const [, version = ''] = /^lockfileVersion:\s*['"]?(\d+)/m.exec(text) ?? []
    return pnpmFormats[version] ?? {usual: newest.pnpm}
  }
  if (lock.manager === 'bun') return {usual: newest.bun}
  if (lock.manager === 'npm') return undefined
  if (!isBerryLock(text)) return {range: '>=1 <2', usual: newest.classic}
  const [, version = ''] = /^__metadata:\s*\n(?:\s+.*\n)*?\s+version:\s*(\d+)/m.exec(text) ?? []
  return berryFormats[version] ?? {range: '>=2', usual: newest.berry}
}

/** The flavour of a manager, for yarn by its version. */
export function flavourOf(name: ManagerName, version: string): Flavour {
  if (name !== 'yarn') return name
  return /^[01]\./.test(version) ? 'yarn-classic' : 'yarn-berry'
}

/** The member patterns of a pnpm-workspace.yaml. */
export function pnpmPatterns(text: string): readonly string[] {
  try {
    const {packages} = record(parse(text))
    return Array.isArray(packages) ? packages.filter(each => typeof each === 'string') : []
  } catch {
    return []
  }
}
