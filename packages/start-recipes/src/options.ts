/** The options of a launcher that take a value in the next word. */
export interface Options {
  readonly valued: readonly string[]
  /** Options whose value is the last word that is the launcher's own. */
  readonly last?: readonly string[]
}

/** The words behind a launcher's own options, and those options that have a value. */
export function skipOptions(
  words: readonly string[],
  {valued, last = []}: Options,
): {readonly rest: readonly string[]; readonly given: readonly (readonly [string, string])[]} {
  const given: (readonly [string, string])[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--') return {given, rest: words.slice(at + 1)}
    if (!word.startsWith('-') || word === '-') return {given, rest: words.slice(at)}
    const cut = word.indexOf('=')
    const name = cut < 0 ? word : word.slice(0, cut)
    if (cut >= 0) given.push([name, word.slice(cut + 1)])
    else if (valued.includes(word)) given.push([word, words[++at] ?? ''])
    else given.push([word, ''])
    if (last.includes(name)) return {given, rest: words.slice(at + 1)}
  }
  return {given, rest: []}
}

/** The values of an option, under any of its names. */
export function valuesOf(
  given: readonly (readonly [string, string])[],
  ...names: readonly string[]
): readonly string[] {
  return given.flatMap(([name, value]) => (names.includes(name) && value !== '' ? [value] : []))
}
