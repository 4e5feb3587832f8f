import {type LockGraph, machinesOf, table, textOf} from './graph'

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
      const edges = (names: readonly string[]) =>
        names.flatMap(name => {
          const found = resolve(key, name)
          // What lies in the archive of the package itself comes with it.
          return found === undefined || table(packages[found])['inBundle'] === true ? [] : [{name, key: found}]
        })
      const own = Object.keys(table(each['dependencies']))
      const machines = machinesOf(each)
      return {
        name: typeof each['name'] === 'string' ? each['name'] : key.replace(/^.*node_modules\//, ''),
        version: textOf(each['version']),
        required: edges([...own, ...neededPeers(each).filter(name => !own.includes(name))]),
        optional: edges(Object.keys(table(each['optionalDependencies']))),
        ...(machines === undefined ? {} : {machines}),
        script: each['hasInstallScript'] === true,
        ...texts(each),
        ...(/(?:^|\/)node_modules\//.test(key) ? {} : {member: key}),
      }
    },
  }
}

function neededPeers(entry: Readonly<Record<string, unknown>>): readonly string[] {
  const facts = table(entry['peerDependenciesMeta'])
  return Object.keys(table(entry['peerDependencies'])).filter(name => table(facts[name])['optional'] !== true)
}

function texts({integrity, resolved}: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof integrity === 'string' ? {integrity} : {}),
    ...(typeof resolved === 'string' ? {source: resolved} : {}),
  }
}
