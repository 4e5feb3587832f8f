/**
 * A text from which the runner takes no command: `::name::` at the beginning of a line, also behind blanks, and the older `##[name]`
 * anywhere in one, are broken up by a blank. A lone carriage return begins a line, too.
 *
 * Rule: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '## [').replaceAll(/(^|[\r\n])((?:[^\S\r\n]|\u0085)*)::/g, '$1$2: :')
}

/** Output of others as it goes to the log, between marks with a token that they cannot know. */
export interface ForeignOutput {
  /** Shows more of it; nothing after `close`. */
  write(data: Uint8Array): void
  /** Ends it, on a line of its own; what a process prints that was left behind is not shown any more. */
  close(): void
}

const lineFeed = 0x0a

/**
 * Opens a stretch of the log in which the runner takes no commands, with a first line of ours: what is run, which may hold anything,
 * too (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands).
 */
export function foreignOutput(
  {token, title}: {readonly token: string; readonly title: string},
  print: (data: string | Uint8Array) => void,
): ForeignOutput {
  let last: number | undefined = lineFeed
  let open = true
  print(`::stop-commands::${token}\n${title}\n`)
  return {
    write(data) {
      if (!open || data.length === 0) return
      last = data.at(-1)
      print(data)
    },
    close() {
      if (!open) return
      open = false
      // The mark counts only at the beginning of a line.
      print(`${last === lineFeed ? '' : '\n'}::${token}::\n`)
    },
  }
}
