// Those of visible-text.ts in action-kit.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/**
 * Foreign text in one line that is safe in a log: control characters are spelled out, runner commands are broken up,
 * and what is longer than `limit` characters is cut.
 */
export function printable(text: string, limit = 200): string {
  const cut = text.length > limit ? `${start(text, limit)}… (${text.length} characters)` : text
  return cut
    .replaceAll(unseen, escapeCharacter)
    .replaceAll('##[', '## [')
    .replace(/^\s*::/, ': :')
}

// No half of a character at its end.
function start(text: string, limit: number): string {
  return text.slice(0, limit).replace(/\p{Cs}$/u, '')
}

function escapeCharacter(character: string): string {
  if (character === '\t') return '\\t'
  const hex = (character.codePointAt(0) ?? 0).toString(16)
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

// Where in Node.js itself an error came about says nothing to a server's author, and would push the error out of the tail.
const inside = /^\s+at .*\(?node:internal\//

/** The last lines of a program's messages, each safe in a log. */
export function printableTail(text: string, lines = 8): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter(line => line.trim() !== '' && !inside.test(line))
    .slice(-lines)
    .map(line => printable(line))
}

const lineLimit = 600

/**
 * The first and the last lines of what a program printed, each safe in a log: the cause stands first in some programs'
 * messages and last in others'. A line that is repeated is told once, with how often it came.
 */
export function printableEnds(text: string, {first = 6, last = 10} = {}): readonly string[] {
  const lines = merged(text.split(/\r?\n/).filter(line => line.trim() !== '' && !inside.test(line))).map(line =>
    printable(line, lineLimit),
  )
  if (lines.length <= first + last + 1) return lines
  const left = lines.length - first - last
  return [...lines.slice(0, first), `… ${left} lines left out`, ...lines.slice(-last)]
}

function merged(lines: readonly string[]): readonly string[] {
  const runs: {line: string; times: number}[] = []
  for (const line of lines) {
    const before = runs.at(-1)
    if (before?.line === line) before.times++
    else runs.push({line, times: 1})
  }
  return runs.map(({line, times}) => (times === 1 ? line : `${line} (${times} times)`))
}
