/** A line of an entry_points.txt below the header of its group. */
export interface EntryPoint {
  readonly group: string
  readonly name: string
  /** Without it, the line has no `=`. */
  readonly target?: string
}

/**
 * Reads an entry_points.txt line by line, as Python does when it installs
 * (https://packaging.python.org/en/latest/specifications/entry-points/#file-format). Each line is cut at marks that are searched once:
 * a wheel may be hostile, and a pattern that looks back would take the square of the length of a line.
 */
export function entryPoints(text: string): readonly EntryPoint[] {
  const found: EntryPoint[] = []
  let group = ''
  for (const line of text.split('\n')) {
    const content = line.trim()
    const header = headerOf(content)
    if (header !== undefined) group = header
    else if (content !== '' && !content.startsWith('#') && !content.startsWith(';')) found.push(entryOf(group, content))
  }
  return found
}

// configparser takes what follows the last bracket for nothing.
function headerOf(line: string): string | undefined {
  const end = line.startsWith('[') ? line.lastIndexOf(']') : -1
  return end < 0 ? undefined : line.slice(1, end).trim()
}

function entryOf(group: string, line: string): EntryPoint {
  const at = line.indexOf('=')
  if (at < 0) return {group, name: line}
  return {group, name: line.slice(0, at).trim(), target: line.slice(at + 1).trim()}
}
