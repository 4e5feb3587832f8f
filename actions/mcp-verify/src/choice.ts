/** A choice that could not be made. */
export interface NoChoice {
  readonly problem: string
}

/**
 * Which of several commands is the server: the one asked for, else the one named like the package, else the only one,
 * else the first by name.
 */
export function chooseCommand(
  commands: readonly string[],
  {name, executable}: {readonly name: string; readonly executable?: string},
): string | NoChoice {
  const sorted = [...commands].sort()
  if (executable !== undefined) {
    const asked = sorted.find(command => normal(command) === normal(executable))
    return asked ?? {problem: `has no command ${JSON.stringify(executable)}; it has ${sorted.join(', ')}`}
  }
  const unscoped = name.replace(/^@[^/]+\//, '')
  return sorted.find(command => normal(command) === normal(unscoped)) ?? sorted[0] ?? {problem: 'has no command'}
}

function normal(name: string): string {
  return name
    .replace(/^.*\//, '')
    .replace(/\.exe$/i, '')
    .replace(/[-_.]+/g, '-')
    .toLowerCase()
}
