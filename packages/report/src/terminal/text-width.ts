const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'})
const ascii = /^[\x20-\x7e]*$/
const marks = /^\p{M}+$/u
// East Asian Wide and Fullwidth (https://www.unicode.org/reports/tr11/), and what terminals draw as emoji.
const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{1f300}-\u{1f64f}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** How many columns of a terminal a text without control characters takes. */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length
  return characters(text).reduce((sum, character) => sum + characterWidth(character), 0)
}

/** The text in at most `width` columns; what does not fit goes from the middle, so that start and ending stay. */
export function truncateMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  if (width <= 1) return width < 1 ? '' : '…'
  const all = characters(text)
  const head = take(all, Math.ceil((width - 1) / 2))
  const tail = take(all.reverse(), width - 1 - textWidth(head.join('')))
  return `${head.join('')}…${tail.reverse().join('')}`
}

/** The text in at most `width` columns; what does not fit goes from the end. */
export function truncateEnd(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  if (width <= 1) return width < 1 ? '' : '…'
  return `${take(characters(text), width - 1)
    .join('')
    .trimEnd()}…`
}

/** The text as lines of at most `width` columns, broken at spaces where there are some. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(1, width)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(long => pieces(long, room))) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

function pieces(word: string, width: number): readonly string[] {
  const result: string[] = []
  let rest = characters(word)
  while (textWidth(rest.join('')) > width) {
    // A character wider than the line still has to go somewhere.
    const head = take(rest, width)
    const count = Math.max(1, head.length)
    result.push(rest.slice(0, count).join(''))
    rest = rest.slice(count)
  }
  return [...result, rest.join('')].filter(piece => piece !== '')
}

function take(list: readonly string[], width: number): string[] {
  const taken: string[] = []
  let used = 0
  for (const character of list) {
    used += characterWidth(character)
    if (used > width) break
    taken.push(character)
  }
  return taken
}

function characters(text: string): string[] {
  return Array.from(graphemes.segment(text), ({segment}) => segment)
}

function characterWidth(character: string): number {
  if (marks.test(character)) return 0
  return wide.test(character) ? 2 : 1
}
