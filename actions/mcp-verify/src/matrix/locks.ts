import {basename} from 'node:path'
import {errorText} from '@mcp-release/action-kit'
import {parse} from 'smol-toml'
import {pythonProjectName} from '@mcp-release/release-model'

/** The text of a lock file, with its name. */
export interface LockFile {
  readonly file: string
  readonly text: string
}

/** The names that lock files have, for looking when none are named. */
export const lockFileNames = {
  pypi: ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock', 'requirements.txt'],
  npm: ['npm-shrinkwrap.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'],
} as const

/** The version in which the first of the lock files that has the package has it. Throws for a file that cannot be read. */
export function lockedVersion(locks: readonly LockFile[], ecosystem: 'pypi' | 'npm', name: string): string | undefined {
  for (const lock of locks) {
    const versions = ecosystem === 'pypi' ? pythonVersions(lock, name) : npmVersions(lock, name)
    if (versions !== undefined) return versions
  }
  return undefined
}

/** Why a lock file cannot be read, if it cannot. */
export function lockProblem(lock: LockFile): string | undefined {
  try {
    lockedVersion([lock], 'pypi', 'mcp')
    lockedVersion([lock], 'npm', 'mcp')
    return undefined
  } catch (error) {
    return `lock-files: ${JSON.stringify(lock.file)} cannot be read: ${errorText(error).split('\n')[0] ?? ''}`
  }
}

function pythonVersions({file, text}: LockFile, name: string): string | undefined {
  if (/\.(toml|lock)$/.test(file) && /^\s*\[\[packages?\]\]/m.test(text)) {
    const {package: packages, packages: standard} = parse(text)
    const all = [packages, standard].flatMap(each => (Array.isArray(each) ? each : [])) as Record<string, unknown>[]
    const version = all.find(each => normal(each['name']) === name)?.['version']
    return typeof version === 'string' ? version : undefined
  }
  if (file.endsWith('Pipfile.lock')) {
    const version = record(record(record(JSON.parse(text))['default'])[name])['version']
    return typeof version === 'string' ? version.replace(/^==/, '') : undefined
  }
  if (!/\.(txt|in)$/.test(file)) return undefined
  for (const line of text.split(/\r?\n/)) {
    const [, stated, version] = /^([\w.-]+)(?:\[[^\]]*\])?\s*===?\s*([^\s;\\]+)/.exec(line.trim()) ?? []
    if (normal(stated) === name) return version
  }
  return undefined
}

function npmVersions({file, text}: LockFile, name: string): string | undefined {
  const base = basename(file)
  if (base === 'package-lock.json' || base === 'npm-shrinkwrap.json') {
    const lock = record(JSON.parse(text))
    const entry = record(lock['packages'])[`node_modules/${name}`] ?? record(lock['dependencies'])[name]
    const version = record(entry)['version']
    return typeof version === 'string' ? version : undefined
  }
  const quoted = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  // `'@scope/name@1.2.3':` or, before version 9, `/@scope/name@1.2.3:`
  if (base === 'pnpm-lock.yaml') return new RegExp(`^\\s+['"]?/?${quoted}@(\\d[^:'"(\\s]*)`, 'm').exec(text)?.[1]
  if (base !== 'yarn.lock') return undefined
  const entry = new RegExp(
    `^"?(?:[^\\n]*, *"?)?${quoted}@[^\\n]*:\\n(?:[ \\t]+[^\\n]*\\n)*?[ \\t]+version:? "?([^"\\s]+)`,
    'm',
  )
  return entry.exec(text)?.[1]
}

function normal(name: unknown): string {
  return typeof name === 'string' ? pythonProjectName(name) : ''
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
