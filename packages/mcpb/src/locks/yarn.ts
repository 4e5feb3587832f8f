import {parse} from 'yaml'
import {type LockGraph, type Machines, table, textEntries, textOf} from './graph'

type Block = Readonly<Record<string, unknown>>

/** yarn.lock of Yarn 1 (https://classic.yarnpkg.com/lang/en/docs/yarn-lock/) or of a newer one; the keys are its descriptors. */
export function yarnGraph(text: string): LockGraph {
  const blocks = /^__metadata:/m.test(text) ? berryBlocks(text) : classicBlocks(text)
  const keyOf = (name: string, range: string): string | undefined => {
    const found = [`${name}@${range}`, `${name}@npm:${range}`].find(key => blocks.has(key))
    return found ?? onlyKey(blocks, name)
  }
  return {
    direct: (folder, name, range) => {
      // A newer Yarn writes the ranges of members down; the packed package.json has others for `workspace:`.
      const own = [...blocks].find(([key]) => key.endsWith(`@workspace:${folder}`))?.[1]
      return keyOf(name, textEntries(own?.['dependencies']).find(([each]) => each === name)?.[1] ?? range)
    },
    find: key => {
      const block = blocks.get(key)
      if (block === undefined) return undefined
      const isOptional = (name: string) => table(table(block['dependenciesMeta'])[name])['optional'] === true
      const given = textEntries(block['dependencies'])
      const edges = (entries: typeof given) =>
        entries.flatMap(([name, range]) => {
          const found = keyOf(name, range)
          return found === undefined ? [] : [{name, key: found}]
        })
      const machines = machinesOf(block['conditions'])
      return {
        ...identity(key, block),
        version: textOf(block['version']),
        required: edges(given.filter(([name]) => !isOptional(name))),
        optional: edges([...given.filter(([name]) => isOptional(name)), ...textEntries(block['optionalDependencies'])]),
        ...(machines === undefined ? {} : {machines}),
        ...(typeof block['integrity'] === 'string' ? {integrity: block['integrity']} : {}),
      }
    },
  }
}

// `resolutions` of package.json replace a range by another, so that the one asked for is not in the file.
function onlyKey(blocks: ReadonlyMap<string, Block>, name: string): string | undefined {
  const keys = [...blocks.keys()].filter(key => key.startsWith(`${name}@`) && !key.includes('@patch:'))
  return new Set(keys.map(key => blocks.get(key))).size === 1 ? keys[0] : undefined
}

// The package itself and where it comes from: `resolution: "a@npm:1.0.0"` of a newer Yarn, `resolved` of Yarn 1.
function identity(key: string, block: Block) {
  const [, shown = key, range = ''] = /^(@?[^@]+)@(.*)$/.exec(key) ?? []
  const [, real, way = ''] = /^(@?[^@]+)@(.*)$/.exec(textOf(block['resolution'])) ?? []
  if (real !== undefined) {
    if (way.startsWith('workspace:')) return {name: real, member: way.slice('workspace:'.length)}
    return /^npm:|^patch:/.test(way) ? {name: real} : {name: real, source: way}
  }
  const [, alias] = /^npm:(@?[^@]+)(?:@|$)/.exec(range) ?? []
  const archive = textOf(block['resolved']).replace(/#[0-9a-f]{40}$/, '')
  const ofRegistry = archive === '' || /\/-\/[^/]+\.tgz$/.test(archive)
  return {name: alias ?? shown, ...(ofRegistry ? {} : {source: archive})}
}

// `conditions: os=linux & cpu=x64 & libc=glibc`, https://yarnpkg.com/advanced/lockfile
function machinesOf(conditions: unknown): Machines | undefined {
  if (typeof conditions !== 'string') return undefined
  const machines: Record<string, string[]> = {}
  for (const [, name = '', value = ''] of conditions.matchAll(/\b(os|cpu|libc)=([\w!-]+)/g))
    (machines[name] ??= []).push(value)
  return machines
}

function berryBlocks(text: string): ReadonlyMap<string, Block> {
  const entries = Object.entries(table(parse(text)))
  return new Map(entries.flatMap(([keys, block]) => keys.split(/,\s*/).map(key => [key, table(block)] as const)))
}

// `"a@^1", b@^2:`, then fields with two spaces before them, and their entries with four.
function classicBlocks(text: string): ReadonlyMap<string, Block> {
  const blocks = new Map<string, Record<string, unknown>>()
  let block: Record<string, unknown> = {}
  let field: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const [, spaces = '', name = '', value = ''] = /^( *)("[^"]*"|[^\s":]+):? ?(.*)$/.exec(line) ?? []
    if (line === '' || line.startsWith('#')) continue
    if (spaces === '') {
      block = {}
      for (const key of line.replace(/:$/, '').split(/,\s*/)) blocks.set(plain(key), block)
    } else if (spaces.length > 2) field[plain(name)] = plain(value)
    else if (value === '') block[name] = field = {}
    else block[name] = plain(value)
  }
  return blocks
}

function plain(text: string): string {
  return text.replace(/^"(.*)"$/, '$1')
}
