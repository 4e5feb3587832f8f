import {parse} from 'yaml'
import {type LockGraph, machinesOf, table, textOf} from './graph'

// https://github.com/pnpm/spec/blob/master/lockfile/9.0.md
/** pnpm-lock.yaml of version 5, 6 or 9; the keys are those of its snapshots. */
export function pnpmGraph(text: string): LockGraph {
  const lock = table(parse(text))
  const packages = table(lock['packages'])
  const snapshots = table(lock['snapshots'] ?? lock['packages'])
  // Versions 5 and 6 begin keys with a slash, and a lock file for one package has no importers.
  const importers = table(lock['importers'] ?? {'.': lock})
  const keyOf = (name: string, version: string, folder: string): string | undefined => {
    if (version.startsWith('link:')) return `link:${joined(folder, version.slice('link:'.length))}`
    const candidates = [`${name}@${version}`, version, `/${name}@${version}`, `/${version}`, `/${name}/${version}`]
    return candidates.find(key => snapshots[key] !== undefined)
  }
  const edges = (value: unknown, folder: string) =>
    Object.entries(table(value)).flatMap(([name, given]) => {
      const version = typeof given === 'string' ? given : textOf(table(given)['version'])
      const key = keyOf(name, version, folder)
      return key === undefined ? [] : [{name, key}]
    })
  return {
    direct: (folder, name) => {
      const all = ['dependencies', 'optionalDependencies', 'devDependencies'].map(
        kind => table(importers[folder])[kind],
      )
      return all.flatMap(kind => edges({[name]: table(kind)[name]}, folder))[0]?.key
    },
    find: key => {
      const folder = key.startsWith('link:') ? key.slice('link:'.length) : undefined
      if (folder === undefined && snapshots[key] === undefined) return undefined
      const each = table(folder === undefined ? snapshots[key] : importers[folder])
      const {plain, name, version} = identity(key)
      const facts = table(packages[plain] ?? packages[key])
      const machines = machinesOf(facts)
      return {
        name: typeof facts['name'] === 'string' ? facts['name'] : name,
        version: typeof facts['version'] === 'string' ? facts['version'] : version,
        required: edges(each['dependencies'], folder ?? '.'),
        optional: edges(each['optionalDependencies'], folder ?? '.'),
        ...(machines === undefined ? {} : {machines}),
        script: facts['requiresBuild'] === true,
        ...archive(table(facts['resolution'])),
        ...(folder === undefined ? {} : {member: folder}),
      }
    },
  }
}

// `a@1.0.0(b@2.0.0)` of version 9, `/a@1.0.0(b@2.0.0)` of 6, `/a/1.0.0_b@2.0.0` of 5.
function identity(key: string) {
  const plain = key.replace(/\(.*$/, '')
  const [, name = plain, version = ''] =
    /^\/?(@[^@/]+\/[^@/]+|[^@/]+)@(.*)$/.exec(plain) ?? /^\/(@[^/]+\/[^/]+|[^/]+)\/([^_]*)/.exec(plain) ?? []
  return {plain, name, version}
}

function archive({integrity, tarball, repo, commit}: Readonly<Record<string, unknown>>) {
  const git = typeof repo === 'string' && typeof commit === 'string' ? `git+${repo}#${commit}` : undefined
  const source = typeof tarball === 'string' ? tarball : git
  return {...(typeof integrity === 'string' ? {integrity} : {}), ...(source === undefined ? {} : {source})}
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
