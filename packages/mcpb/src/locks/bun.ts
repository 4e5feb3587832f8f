import {parse} from 'yaml'
import {type LockGraph, table} from './graph'

// https://bun.sh/docs/install/lockfile; JSON with comments and trailing commas, which YAML allows, too.
/** bun.lock; the keys are its paths, such as `a` and `b/a` for the `a` of `b`. */
export function bunGraph(text: string): LockGraph {
  const lock = table(parse(text.replaceAll(/^\s*\/\/.*$/gm, '')))
  const packages = table(lock['packages'])
  const workspaces = table(lock['workspaces'])
  const resolve = (from: string, name: string): string | undefined => {
    const parts = modulesOf(from)
    for (let count = parts.length; count >= 0; count--) {
      const key = [...parts.slice(0, count), name].join('/')
      if (packages[key] !== undefined) return key
    }
    return undefined
  }
  return {
    direct: (folder, name) => resolve(String(table(workspaces[folder])['name'] ?? ''), name),
    find: key => {
      const entry: unknown = packages[key]
      if (!Array.isArray(entry)) return undefined
      const [id = ''] = entry as readonly unknown[]
      const [, name = '', version = ''] = /^(@?[^@]+)@(.*)$/.exec(String(id)) ?? []
      const workspace = version.startsWith('workspace:') ? workspaces[version.slice('workspace:'.length)] : undefined
      const facts = table(workspace ?? entry.find(each => typeof each === 'object' && each !== null))
      const keys = (field: string) => Object.keys(table(facts[field])).flatMap(each => resolve(key, each) ?? [])
      return {
        name,
        version,
        required: keys('dependencies'),
        optional: keys('optionalDependencies'),
        platform: facts['os'] !== undefined || facts['cpu'] !== undefined,
      }
    },
  }
}

// `@scope/a/b` → `['@scope/a', 'b']`.
function modulesOf(key: string): readonly string[] {
  return key === '' ? [] : (key.match(/@[^/]+\/[^/]+|[^/]+/g) ?? [])
}
