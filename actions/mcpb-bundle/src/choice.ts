/**
 * Which of several commands is the server: the one asked for, else the one named like the package, else the first by
 * name; `undefined` when the one asked for is not there, or there is none.
 */
export function chooseCommand(commands: readonly string[], name: string, asked?: string): string | undefined {
  const sorted = [...commands].sort()
  const like = (wanted: string) => sorted.find(command => plain(command) === plain(wanted))
  if (asked !== undefined) return like(asked)
  return like(name.replace(/^@[^/]+\//, '')) ?? sorted[0]
}

function plain(name: string): string {
  return name
    .replace(/\.exe$/i, '')
    .replace(/[-_.]+/g, '-')
    .toLowerCase()
}
