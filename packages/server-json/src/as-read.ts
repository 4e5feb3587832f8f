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
  if (isDeep(document)) {
    const says = `is nested more than ${deepest} levels deep, which no reader of server.json expects`
    return {value: document, notes: [{level: 'error', path: [], says}]}
  }
  const notes: ReadingNote[] = []
  return {value: read(document, {members: knownMembers(schema), path: [], notes, remedy}), notes}
}

interface Place {
  readonly members: Members
  readonly path: readonly PropertyKey[]
  readonly notes: ReadingNote[]
  readonly remedy: string
}

function read(value: unknown, place: Place): unknown {
  const {members, path, notes} = place
  const inside = (content: unknown, name: PropertyKey, key: PropertyKey) =>
    read(content, {...place, members: members.inside(name), path: [...path, key]})
  if (typeof value === 'string') notes.push(...textNotes(value, path))
  if (Array.isArray(value)) return value.map((each: unknown, at) => inside(each, at, at))
  if (typeof value !== 'object' || value === null) return value
  const given = Object.entries(value as Readonly<Record<string, unknown>>).filter(each => each[1] !== undefined)
  const {names} = members
  const entries = given.map(([key, content]) => ({key, content, name: spelled(key, names) ?? key}))
  return Object.fromEntries(
    entries.flatMap(({key, content, name}) => {
      const note =
        names === undefined
          ? freeNote(key, members)
          : memberNote(key, {name, names, entries, content, remedy: place.remedy})
      if (note !== undefined) notes.push({...note, path: [...path, key]})
      const isAbsent = content === null && names?.includes(name) === true
      return isAbsent ? [] : [[name, inside(content, name, key)]]
    }),
  )
}

// A name that the publisher chooses, of a variable or in data of its own.
function freeNote(key: string, members: Members): Omit<ReadingNote, 'path'> | undefined {
  if (key !== '__proto__' || members.inside(key).names === undefined) return undefined
  return {level: 'error', says: 'is a name that clients in JavaScript lose; choose another'}
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

const deepest = 500

// Without recursion, because what follows would run out of stack.
function isDeep(document: unknown): boolean {
  let level = [document]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : []))
  }
  return false
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
