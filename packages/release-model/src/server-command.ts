import {pythonProjectName} from './file-names'

/**
 * Which of a package's commands is the server: the one asked for, else the one named like the package, however that is
 * spelled, else the first by name. `undefined` when the one asked for is not there, or there is none.
 */
export function serverCommand(
  commands: readonly string[],
  {name, asked}: {readonly name: string; readonly asked?: string | undefined},
): string | undefined {
  const sorted = [...commands].sort()
  const like = (wanted: string) => sorted.find(command => plain(command) === plain(wanted))
  return asked === undefined ? (like(name) ?? sorted[0]) : like(asked)
}

// Without the folder, which for a package of npm is its scope, and as PEP 503 compares names.
function plain(name: string): string {
  return pythonProjectName(name.replace(/^.*\//, '').replace(/\.exe$/i, ''))
}
