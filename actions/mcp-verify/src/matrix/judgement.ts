import type {Combination} from '@mcp-release/release-model'
import {type Matrix, combinationName} from './matrix'

/** What may stand against a release, one line each. */
export interface Judgement {
  /** The metadata allows it, and it does not work. What the metadata forbids may fail. */
  readonly failing: readonly string[]
  /** It could not be tried here. */
  readonly untried: readonly string[]
}

/** A remedy for combinations that fail. */
export const incompatibleHint =
  'compatibility: what the metadata of a package allows must work. Raise the lower bound of the SDK, set an upper one, or narrow Requires-Python or engines.node; incompatible: warning lets it pass.'

/** Weighs all combinations. */
export function judge({compatibility, unverifiable}: Matrix): Judgement {
  const failing: string[] = []
  const untried: string[] = []
  for (const {file, ecosystem, combinations} of compatibility.servers) {
    const told = (each: Combination) => `${combinationName(file, ecosystem, each)}: ${each.reason ?? ''}`
    for (const each of combinations) {
      if (each.result === 'fails' && each.sdk?.allowed !== false) failing.push(told(each))
      if (unverifiable.has(each)) untried.push(`${told(each)}${each.hint === undefined ? '' : `. ${each.hint}`}`)
    }
  }
  return {failing, untried}
}
