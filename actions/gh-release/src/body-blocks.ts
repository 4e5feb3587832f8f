// Blocks of Markdown are what blank lines divide; spaces at the ends of lines do not count.
function blocksOf(text: string): readonly string[] {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[ \t]+$/gm, '')
    .split(/\n{2,}/)
    .map(block => block.replaceAll(/^\n+|\n+$/g, ''))
    .filter(block => block.trim() !== '')
}

/** Whether a body has all blocks of a part, one after the other: words that merely occur in it are not that part. */
export function holdsBlocks(body: string, part: string): boolean {
  const [whole, wanted] = [blocksOf(body), blocksOf(part)]
  return whole.some((_, at) => wanted.every((block, more) => whole[at + more] === block))
}

/** Whether a body begins with all blocks of a part. */
export function startsWithBlocks(body: string, part: string): boolean {
  const whole = blocksOf(body)
  return blocksOf(part).every((block, at) => whole[at] === block)
}

/** Texts one after another; one whose blocks are there already is not put in again. */
export function joinBlocks(...parts: readonly string[]): string {
  return parts.reduce((whole, part) => {
    const text = part.trim()
    if (text === '' || holdsBlocks(whole, text)) return whole
    return whole === '' ? text : `${whole}\n\n${text}`
  }, '')
}
