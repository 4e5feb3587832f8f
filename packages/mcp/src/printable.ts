const controls = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

/**
 * Foreign text in one line that is safe in a log: control characters are spelled out, runner commands are broken up,
 * and what is longer than `limit` characters is cut.
 */
export function printable(text: string, limit = 200): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text
  return cut
    .replaceAll(controls, control =>
      control === '\t' ? '\\t' : `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('##[', '## [')
    .replace(/^\s*::/, ': :')
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
