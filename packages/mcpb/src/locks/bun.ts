import {parse} from 'yaml'
import {type LockGraph, machinesOf, table, textOf} from './graph'

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
    // The workspace at the root has the key ''.
    direct: (folder, name) => resolve(memberName(table(workspaces[folder === '.' ? '' : folder])), name),
    find: key => {
      const entry: unknown = packages[key]
      if (!Array.isArray(entry)) return undefined
      const parts: readonly unknown[] = entry
      const [, name = '', version = ''] = /^(@?[^@]+)@(.*)$/.exec(textOf(parts[0])) ?? []
      const member = version.startsWith('workspace:') ? version.slice('workspace:'.length) : undefined
      const found = member === undefined ? undefined : workspaces[member]
      const facts = table(found ?? parts.find(each => typeof each === 'object' && each !== null))
      const edges = (field: string) =>
        Object.keys(table(facts[field])).flatMap(each => {
          const reached = resolve(key, each)
          return reached === undefined ? [] : [{name: each, key: reached}]
        })
      const machines = machinesOf(facts)
      const integrity = parts.find(each => typeof each === 'string' && /^sha\d+-/.test(each))
      return {
        name,
        version,
        required: edges('dependencies'),
        optional: edges('optionalDependencies'),
        ...(machines === undefined ? {} : {machines}),
        ...(typeof integrity === 'string' ? {integrity} : {}),
        ...(member === undefined ? (/^\d/.test(version) ? {} : {source: version}) : {member}),
      }
    },
  }
}

function memberName({name}: Readonly<Record<string, unknown>>): string {
  return typeof name === 'string' ? name : ''
}

// `@scope/a/b` → `['@scope/a', 'b']`.
function modulesOf(key: string): readonly string[] {
  return key === '' ? [] : (key.match(/@[^/]+\/[^/]+|[^/]+/g) ?? [])
}
