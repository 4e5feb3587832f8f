/** One line of `files`. */
export interface FileLine {
  readonly pattern: string
  readonly name?: string
  readonly label?: string
}

/** Reads `path => name # label`; name and label are optional. */
export function parseFileLine(line: string, problems: string[]): FileLine {
  const [, pattern = '', name, label] = /^(.+?)(?:\s+=>\s+(.*?))?(?:\s+#\s+(.+))?$/.exec(line) ?? []
  if (name !== undefined && (name === '' || /[/\\]/.test(name)))
    problems.push(`files: ${JSON.stringify(line)}: the part after => is no file name`)
  return {pattern, ...(name === undefined ? {} : {name}), ...(label === undefined ? {} : {label})}
}

/** The lines of `files`, and what those with `!` in front leave out, wherever they stand. */
export function parseFileLines(
  lines: readonly string[],
  problems: string[],
): {readonly files: readonly FileLine[]; readonly exclude: readonly string[]} {
  const exclude = lines.filter(line => line.startsWith('!')).flatMap(line => separated(line.slice(1)))
  const files = lines.filter(line => !line.startsWith('!')).map(line => parseFileLine(line, problems))
  if (lines.includes('!')) problems.push('files: "!" leaves nothing out; a pattern follows it')
  if (files.length === 0 && exclude.length > 0)
    problems.push(`files: ${JSON.stringify(lines.join(' '))} only says what is left out; add what is released`)
  return {files, exclude}
}

/** The patterns of a line that commas divide; those in braces do not. */
export function separated(line: string): readonly string[] {
  let depth = 0
  let part = ''
  const parts: string[] = []
  for (const sign of `${line},`) {
    depth += sign === '{' ? 1 : sign === '}' ? -1 : 0
    if (sign !== ',' || depth > 0) part += sign
    else {
      parts.push(part.trim())
      part = ''
    }
  }
  return [...parts, part.replace(/,$/, '').trim()].filter(each => each !== '')
}
