import {randomUUID} from 'node:crypto'
import {exec as runnerExec} from '@actions/exec'
import {decidingLines} from './deciding-lines'
import {ActionError} from './errors'
import {childEnvironment} from './environment'
import type {ExecOptions, ExecResult} from './host'
import type {Environment} from './inputs'
import {foreignOutput} from './log-text'
import {traced} from './trace'

/**
 * Runs a program by its absolute path. The command line and its output are shown between marks, so that nothing in them is a command
 * for the runner.
 */
export async function execute(
  argv: readonly string[],
  options: ExecOptions,
  {env, print}: {readonly env: Environment; readonly print: (data: string | Uint8Array) => void},
): Promise<ExecResult> {
  const [program = '', ...args] = argv
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const title = `$ ${argv.map(quoted).join(' ')}`
  const shown = options.quiet === true ? undefined : foreignOutput({token: randomUUID(), title}, print)
  let ended = false
  const take = (kept: Buffer[]) => (data: Buffer) => {
    // A process that was left behind may hold the pipe.
    if (ended) return
    kept.push(data)
    shown?.write(data)
  }
  const settings = {
    ...(options.cwd === undefined ? {} : {cwd: options.cwd}),
    env: childEnvironment(env, options.env, program),
    input: standardInput(options.input),
    silent: true,
    ignoreReturnCode: true,
    listeners: {
      stdout: take(stdout),
      stderr: take(stderr),
    },
  }
  // A program that a signal ended has no code, and @actions/exec passes that on in spite of its type.
  const run: () => Promise<number | null> = () => runnerExec(`"${program}"`, [...args], settings)
  let exitCode: number
  try {
    exitCode = (await traced(env, program, run)) ?? endedBySignal
  } finally {
    ended = true
    shown?.close()
  }
  const result = {exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString()}
  if (exitCode !== 0 && options.check !== false) throw toolError(argv, result)
  return result
}

/**
 * What @actions/exec gives to `stdin.end()`. Without a text it must still close the pipe, and writing even an empty
 * buffer fails with EPIPE, uncaught, when the program has ended already; a bare callback closes and writes nothing.
 */
function standardInput(text: string | undefined): Buffer {
  const closeOnly: unknown = () => undefined
  return text === undefined || text === '' ? (closeOnly as Buffer) : Buffer.from(text)
}

/** `TOOL`: a program ended with an exit code other than 0; the message has the lines of its output that say why. */
export function toolError(argv: readonly string[], result: ExecResult): ActionError {
  const words = decidingLines(result).join('\n')
  return new ActionError(
    'TOOL',
    `${argv.map(quoted).join(' ')} ${endingWords(result.exitCode)}${words === '' ? '' : `:\n${words}`}`,
  )
}

/** The exit code of a program that a signal ended. */
export const endedBySignal = -1

/** How a program ended that failed: `exited with 2`. */
export function endingWords(exitCode: number): string {
  const killed = 'was killed by a signal; mostly the memory ran out'
  if (exitCode === endedBySignal) return killed
  // How shells and `timeout` tell SIGKILL (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, 2.8.2).
  return exitCode === 128 + 9 ? `exited with ${exitCode} (what it ran ${killed})` : `exited with ${exitCode}`
}

/** An argument as a person would type it; for logs only, never for a shell. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
