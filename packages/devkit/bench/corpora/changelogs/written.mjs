// @ts-check

/**
 * What a generator put into a changelog for a version: the lines that are new, without the heading. This is read off two
 * states of the file, and knows nothing of Markdown.
 *
 * @param {string} version @param {{text: string, before: string}} states
 */
export function writtenFor(version, {text, before}) {
  const old = before.split('\n')
  const now = text.split('\n')
  const start = headings(now).find(at => now[at]?.includes(version) === true) ?? -1
  if (start < 0) throw new Error(`there is no heading with ${version}`)
  const rest = now.slice(start + 1)
  if (/^(=+|-+|~+)$/.test(rest[0] ?? '')) rest.shift()
  // The heading that the file began with before ends it.
  const next = headings(old).map(at => old[at] ?? '')[0]
  const end = next === undefined ? -1 : rest.indexOf(next)
  const lines = end < 0 ? rest : rest.slice(0, end)
  const isMark = (/** @type {string} */ line) => line.trim() === '' || /^<a id=|^\.\. _|^<!-- generated/.test(line)
  while (lines.length > 0 && isMark(lines.at(-1) ?? '')) lines.pop()
  while (lines.length > 0 && isMark(lines[0] ?? '')) lines.shift()
  return lines.join('\n').trimEnd()
}

// Lines with a version that begin like a heading of Markdown, or are underlined.
/** @param {readonly string[]} lines */
function headings(lines) {
  return lines.flatMap((line, at) => {
    const marked = /^#{1,6} /.test(line) || /^([=~.-])\1{2,}$/.test(lines[at + 1] ?? '')
    return marked && /\d+\.\d+\.\d+/.test(line) ? [at] : []
  })
}
