/** What the runner remembers while it reads the output of a step. */
export interface RunnerLog {
  readonly errors: string[]
  readonly warnings: string[]
  readonly masks: string[]
  /** The token that ends a `::stop-commands::` section. */
  stopped: string | undefined
}

/**
 * Reads one line as the runner does (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands):
 * returns the line for the log, with masked secrets, or `undefined` when it is a command that nobody needs to see.
 */
export function readRunnerLine(state: RunnerLog, line: string): string | undefined {
  if (state.stopped !== undefined) {
    if (line === `::${state.stopped}::`) {
      state.stopped = undefined
      return undefined
    }
    return masked(state, line)
  }
  const [, command, text = ''] = /^::([a-z-]+)(?: [^:]*)?::(.*)$/.exec(line) ?? []
  if (command === undefined) return masked(state, line)
  const value = unescaped(text)
  if (command === 'stop-commands') state.stopped = value
  if (command === 'add-mask' && value !== '') state.masks.push(value)
  if (command === 'error') state.errors.push(masked(state, value))
  if (command === 'warning') state.warnings.push(masked(state, value))
  const heading =
    command === 'group' ? value : ['error', 'warning', 'notice'].includes(command) ? `${command}: ${value}` : undefined
  return heading === undefined ? undefined : masked(state, heading)
}

function masked({masks}: RunnerLog, text: string): string {
  return masks.reduce((shown, mask) => shown.replaceAll(mask, '***'), text)
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
