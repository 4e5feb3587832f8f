interface Level {
  /** Of an object; absent for a list. */
  readonly names?: Set<string>
  /** Where in it the text is. */
  at: PropertyKey
}

/**
 * The paths of members that an object has more than once, in a text that is valid JSON: a parser keeps the last of them and
 * drops the others without a word (https://www.rfc-editor.org/rfc/rfc8259#section-4).
 */
export function repeatedMembers(text: string): readonly (readonly PropertyKey[])[] {
  const found: (readonly PropertyKey[])[] = []
  const levels: Level[] = []
  let last = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]+|\\.)*"|[{}[\]:,]/g)) {
    const level = levels.at(-1)
    if (token === '{') levels.push({names: new Set(), at: ''})
    else if (token === '[') levels.push({at: 0})
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ',' && typeof level?.at === 'number') level.at++
    else if (token === ':' && level?.names !== undefined) {
      level.at = JSON.parse(last) as string
      if (level.names.has(level.at)) found.push(levels.map(each => each.at))
      level.names.add(level.at)
    }
    last = token
  }
  return found
}
