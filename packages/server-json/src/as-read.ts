import {nearestName} from '@mcp-release/release-model'
import type {z} from 'zod'
import {type Members, knownMembers} from './known-members'

/** Something that the registry reads in its own way. */
export interface ReadingNote {
  readonly level: 'error' | 'warning'
  readonly path: readonly PropertyKey[]
  readonly says: string
}

/** A document as the registry takes it, and what of it was not as it stands there. */
export interface AsRead {
  readonly value: unknown
  readonly notes: readonly ReadingNote[]
}

/**
 * Reads a document as the registry does: names of members in whatever case, null as absent, and no member that it does not
 * know. Nothing is dropped: a misspelt `isSecret` would publish a secret as a plain value.
 */
export function asRead(document: unknown, schema: z.core.$ZodType, remedy: string): AsRead {
  const notes: ReadingNote[] = []
  const visit = (value: unknown, members: Members, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') notes.push(...textNotes(value, path))
    if (Array.isArray(value)) return value.map((each: unknown, at) => visit(each, members.inside(at), [...path, at]))
    if (typeof value !== 'object' || value === null) return value
    const {names} = members
    const given = Object.entries(value as Readonly<Record<string, unknown>>).filter(each => each[1] !== undefined)
    const entries = given.map(([key, content]) => ({
      key,
      content,
      name: spelled(key, names) ?? key,
    }))
    return Object.fromEntries(
      entries.flatMap(({key, content, name}) => {
        const at = [...path, key]
        if (names === undefined && key === '__proto__' && members.inside(key).names !== undefined)
          notes.push({level: 'error', path: at, says: 'is a name that clients in JavaScript lose; choose another'})
        if (names !== undefined) {
          const note = memberNote(key, {name, names, entries, content, remedy})
          if (note !== undefined) notes.push({...note, path: at})
          if (content === null && names.includes(name)) return []
        }
        return [[name, visit(content, members.inside(name), at)]]
      }),
    )
  }
  return {value: visit(document, knownMembers(schema), []), notes}
}

interface Member {
  readonly name: string
  readonly names: readonly string[]
  readonly entries: readonly {readonly key: string; readonly name: string}[]
  readonly content: unknown
  readonly remedy: string
}

function memberNote(
  key: string,
  {name, names, entries, content, remedy}: Member,
): Omit<ReadingNote, 'path'> | undefined {
  if (!names.includes(name))
    return {
      level: 'error',
      says: `the registry knows no such member and refuses the document; ${meant(key, names) ?? remedy}`,
    }
  const twice = entries.filter(each => each.name === name)
  if (twice.length > 1) {
    const spellings = twice.map(each => JSON.stringify(each.key)).join(' and ')
    return {level: 'error', says: `is there more than once, as ${spellings}; leave one, ${JSON.stringify(name)}`}
  }
  if (content === null) return {level: 'warning', says: 'is null, which the registry reads as absent; remove it'}
  return key === name ? undefined : {level: 'warning', says: `is read as ${JSON.stringify(name)}; write that`}
}

// Nearly always a member is misspelt, or has its name of an older schema, such as `package_arguments`.
function meant(key: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.replaceAll(/[-_\s]/g, '').toLowerCase()
  const name = names.find(each => plain(each) === plain(key)) ?? nearestName(key, names)
  return name === undefined ? undefined : `did you mean ${JSON.stringify(name)}?`
}

// Go compares names without regard to case, by Unicode's simple folding: the long s is an s.
function spelled(key: string, names: readonly string[] = []): string | undefined {
  if (names.includes(key)) return key
  const folded = (name: string) => name.replaceAll('ſ', 's').toLowerCase()
  return names.find(name => folded(name) === folded(key))
}

// The registry's own client refuses half a surrogate pair, and its database a zero character.
function textNotes(text: string, path: readonly PropertyKey[]): readonly ReadingNote[] {
  const says = /\p{Surrogate}/u.test(text)
    ? 'holds half of a surrogate pair, which is no character'
    : text.includes('\0')
      ? 'holds the character U+0000, which cannot be stored'
      : undefined
  return says === undefined ? [] : [{level: 'error', path, says: `${says}; remove it`}]
}
