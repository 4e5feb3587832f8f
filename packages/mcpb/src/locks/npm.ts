import {type LockGraph, table} from './graph'

// https://docs.npmjs.com/cli/configuring-npm/package-lock-json
/** package-lock.json or npm-shrinkwrap.json of version 2 or 3; the keys are its paths. */
export function npmGraph(text: string): LockGraph {
  const packages = table(table(JSON.parse(text) as unknown)['packages'])
  // As Node looks for modules: in the folder itself, then in those above.
  const resolve = (from: string, name: string): string | undefined => {
    for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/')))) {
      const path = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`
      const found = packages[path]
      if (found !== undefined) return target(path, found)
      if (place === '') return undefined
    }
  }
  const target = (path: string, found: unknown) => {
    const {link, resolved} = table(found)
    return link === true && typeof resolved === 'string' ? resolved : path
  }
  return {
    direct: (folder, name) => resolve(folder === '.' ? '' : folder, name),
    find: key => {
      if (packages[key] === undefined) return undefined
      const each = table(packages[key])
      const keys = (field: string) => Object.keys(table(each[field])).flatMap(name => resolve(key, name) ?? [])
      return {
        name: typeof each['name'] === 'string' ? each['name'] : key.replace(/^.*node_modules\//, ''),
        version: String(each['version'] ?? ''),
        required: [...keys('dependencies'), ...keys('peerDependencies')],
        optional: keys('optionalDependencies'),
        platform: each['os'] !== undefined || each['cpu'] !== undefined,
        script: each['hasInstallScript'] === true,
      }
    },
  }
}
