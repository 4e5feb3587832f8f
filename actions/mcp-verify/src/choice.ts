import {serverCommand} from '@mcp-release/release-model'

/** A choice that could not be made, and the remedy. */
export interface NoChoice {
  readonly problem: string
  readonly hint?: string
}

/** The command that is the server, or why none is. */
export function chooseCommand(
  commands: readonly string[],
  {name, executable}: {readonly name: string; readonly executable: string | undefined},
): string | NoChoice {
  const chosen = serverCommand(commands, {name, asked: executable})
  if (chosen !== undefined) return chosen
  if (executable === undefined) return {problem: 'has no command'}
  return {problem: `has no command ${JSON.stringify(executable)}; it has ${[...commands].sort().join(', ')}`}
}
