import {parse} from 'yaml'
import {type LockGraph, table, textEntries} from './graph'

type Block = Readonly<Record<string, unknown>>

/** yarn.lock of Yarn 1 (https://classic.yarnpkg.com/lang/en/docs/yarn-lock/) or of a newer one; the keys are its descriptors. */
export function yarnGraph(text: string): LockGraph {
  const blocks = /^__metadata:/m.test(text) ? berryBlocks(text) : classicBlocks(text)
  const keyOf = (name: string, range: string, folder = ''): string | undefined => {
    const candidates = [`${name}@${range}`, `${name}@npm:${range}`, `${name}@workspace:${folder}`]
    const found = candidates.find(key => blocks.has(key))
    if (found !== undefined || !range.startsWith('workspace:')) return found
    return [...blocks.keys()].find(key => key.startsWith(`${name}@workspace:`))
  }
  return {
    direct: (_, name, range) => keyOf(name, range),
    find: key => {
      const block = blocks.get(key)
      if (block === undefined) return undefined
      const isOptional = (name: string) => table(table(block['dependenciesMeta'])[name])['optional'] === true
      const given = textEntries(block['dependencies'])
      const keys = (entries: typeof given) => entries.flatMap(([name, range]) => keyOf(name, range) ?? [])
      return {
        name: /^(@?[^@]+)@/.exec(key)?.[1] ?? key,
        version: String(block['version'] ?? ''),
        required: keys(given.filter(([name]) => !isOptional(name))),
        optional: keys([...given.filter(([name]) => isOptional(name)), ...textEntries(block['optionalDependencies'])]),
        platform: block['conditions'] !== undefined,
      }
    },
  }
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
