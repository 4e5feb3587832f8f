/** The known name that a misspelt one means: equal but for case and separators, or a few letters away. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) =>
    text
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
  const wanted = plain(name)
  const ranked = known
    .map(each => ({each, steps: distance(wanted, plain(each))}))
    .sort((one, other) => one.steps - other.steps)
  const [best] = ranked
  if (best === undefined) return undefined
  // A word with another end, such as `arguments` for `args`, is near as well.
  if (best.steps <= Math.max(2, Math.floor(wanted.length / 3))) return best.each
  const begins = known.filter(each => wanted.length > 3 && plain(each).startsWith(wanted.slice(0, 3)))
  return begins.length === 1 ? begins[0] : known.find(each => wanted.includes(plain(each)))
}

/** Levenshtein's distance: letters to insert, remove or replace (https://en.wikipedia.org/wiki/Levenshtein_distance). */
function distance(one: string, other: string): number {
  let row = Array.from({length: other.length + 1}, (_, at) => at)
  for (const [at, letter] of one.split('').entries()) {
    const next = [at + 1]
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
