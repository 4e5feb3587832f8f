import type {Finding} from '@mcp-release/action-kit'

/** What a rule says of a package by its manifest alone, the same before the package is built and afterwards. */
export interface Ruling {
  readonly level: Finding['level']
  /** Behind the name of the file. */
  readonly text: string
  readonly hint?: string
}

/** The same as findings about a built file. */
export function findingsOf(place: string, rulings: readonly Ruling[]): readonly Finding[] {
  return rulings.map(({level, text, hint}) => ({
    level,
    text: `${place} ${text}${hint === undefined ? '' : `\n${hint}`}`,
  }))
}
