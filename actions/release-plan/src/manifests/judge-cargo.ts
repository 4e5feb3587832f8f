import {mcpNameProblem} from '@mcp-release/server-json'
import {parse} from 'smol-toml'
import {below} from '../detected'
import type {Buildable} from '../jobs'
import {entryOf, nameIn} from './server-entries'
import {type Surroundings, filesOf, textOf} from './surroundings'
import {type Verdict, merged} from './verdict'

// https://doc.rust-lang.org/cargo/reference/manifest.html#the-readme-field
const usual = ['README.md', 'README.txt', 'README']

/** What a Cargo.toml shows of a crate that server.json lists; no file of a release is made of a crate, so that nothing stops it. */
export function judgeCargo(each: Buildable, around: Surroundings): Verdict {
  const {tree, serverJson} = around
  const name = nameIn(serverJson)
  if (name === undefined || entryOf(each, 'cargo', serverJson) === undefined) return merged([])
  const warn = (subject: string, text: string, hint: string) => ({level: 'warning', subject, text, hint}) as const
  const {publish, readme} = crateOf(tree.texts[each.manifest])
  const findings = publish === false || (Array.isArray(publish) && publish.length === 0)
  const unpublished = findings
    ? [
        warn(
          each.manifest,
          'publish = false, and server.json lists the crate: crates.io refuses it, and the MCP Registry looks for it there',
          'Take the line out, or the entry out of server.json.',
        ),
      ]
    : []
  const files = filesOf(each.path, tree)
  const file = typeof readme === 'string' ? readme : usual.find(each => files?.has(each))
  if (typeof readme === 'object' || files === undefined || (file === undefined && readme === true))
    return {stops: [], findings: unpublished}
  const text = file === undefined || readme === false ? '' : textOf(each.path, file, tree)
  const problem = text === undefined ? undefined : mcpNameProblem(text, name, {hidesComments: true})
  const place = file === undefined || readme === false ? each.manifest : below(each.path, file)
  const unnamed =
    problem === undefined
      ? []
      : [{level: 'warning', subject: place, text: `the readme of the crate ${problem}`} as const]
  return {stops: [], findings: [...unpublished, ...unnamed]}
}

function crateOf(text: string | undefined): {readonly publish?: unknown; readonly readme?: unknown} {
  const {package: crate} = parse(text ?? '') as {
    readonly package?: {readonly publish?: unknown; readonly readme?: unknown}
  }
  return crate ?? {}
}
