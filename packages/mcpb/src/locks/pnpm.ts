import {parse} from 'yaml'
import {type LockGraph, table} from './graph'

// https://github.com/pnpm/spec/blob/master/lockfile/9.0.md
/** pnpm-lock.yaml of version 6 or 9; the keys are those of its snapshots. */
export function pnpmGraph(text: string): LockGraph {
  const lock = table(parse(text))
  const packages = table(lock['packages'])
  const snapshots = table(lock['snapshots'] ?? lock['packages'])
  // Version 6 begins keys with a slash, and a lock file for one package has no importers.
  const importers = table(lock['importers'] ?? {'.': lock})
  const keyOf = (name: string, version: string, folder: string): string | undefined => {
    if (version.startsWith('link:')) return `link:${joined(folder, version.slice('link:'.length))}`
    const candidates = [`${name}@${version}`, version, `/${name}@${version}`, `/${version}`]
    return candidates.find(key => snapshots[key] !== undefined)
  }
  const keys = (value: unknown, folder: string) =>
    Object.entries(table(value)).flatMap(([name, given]) => {
      const version = typeof given === 'string' ? given : String(table(given)['version'] ?? '')
      return keyOf(name, version, folder) ?? []
    })
  return {
    direct: (folder, name) => {
      const all = ['dependencies', 'optionalDependencies', 'devDependencies'].map(
        kind => table(importers[folder])[kind],
      )
      return all.flatMap(kind => keys({[name]: table(kind)[name]}, folder))[0]
    },
    find: key => {
      const folder = key.startsWith('link:') ? key.slice('link:'.length) : undefined
      if (folder === undefined && snapshots[key] === undefined) return undefined
      const each = table(folder === undefined ? snapshots[key] : importers[folder])
      const plain = key.replace(/\(.*$/, '')
      const facts = table(packages[plain] ?? packages[key])
      const [, name = plain, version = ''] = /^\/?(@?[^@]+)@(.*)$/.exec(plain) ?? []
      return {
        name,
        version,
        required: keys(each['dependencies'], folder ?? '.'),
        optional: keys(each['optionalDependencies'], folder ?? '.'),
        platform: facts['os'] !== undefined || facts['cpu'] !== undefined,
        script: facts['requiresBuild'] === true,
      }
    },
  }
}

// `packages/server` and `../core` → `packages/core`.
function joined(folder: string, way: string): string {
  const parts = folder === '.' ? [] : folder.split('/')
  for (const part of way.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.length === 0 ? '.' : parts.join('/')
}
