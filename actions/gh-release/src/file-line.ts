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
