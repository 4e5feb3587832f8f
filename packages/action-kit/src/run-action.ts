import {createInterface} from 'node:readline'
import * as core from '@actions/core'
import {ActionError, errorText} from './errors'
import type {Contract, InputsOf, OutputsOf} from './contract'
import type {Host} from './host'
import {readInputs} from './inputs'
import {realHost} from './real-host'
import {reportError} from './reported-error'
import {systemFailure} from './system-failure'
import {visibleText} from './visible-text'

/** The body of an action: typed inputs and the world in, all declared outputs out. */
export type Main<C extends Contract> = (inputs: InputsOf<C>, host: Host) => Promise<OutputsOf<C>>

/**
 * Runs an action in the runner's process: reads the inputs, runs `main`, sets all outputs at the end. This is the only
 * place that fails a step.
 */
export async function runAction<const C extends Contract>(contract: C, main: Main<C>): Promise<void> {
  try {
    await untilTurn()
    const outputs: Readonly<Record<string, string>> = await main(
      readInputs(contract, process.env),
      realHost(process.env),
    )
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
  } catch (error) {
    core.setFailed(failureText(contract.action, error))
    const known = knownError(error)
    if (known !== undefined) await reportError(process.env, known)
  }
  await new Promise<void>(resolve => {
    process.stdout.write('', () => {
      resolve()
    })
  })
  // A process that a build left behind may hold a pipe of ours, for which Node.js would wait.
  process.exit()
}

/** Variable with which a process is started before its turn: it gets its other variables as a line of JSON on stdin, and begins. */
export const heldVariable = 'MCP_RELEASE_HELD'

/** Its value for the leader of a process group that ends, with all of it, when that stdin ends: who holds it is gone. */
export const endsWithHolder = 'group'

async function untilTurn(): Promise<void> {
  const held = process.env[heldVariable]
  if (held === undefined) return
  // oxlint-disable-next-line typescript/no-dynamic-delete -- started programs are not held
  delete process.env[heldVariable]
  Object.assign(process.env, JSON.parse(await firstLine(process.stdin)))
  if (held === endsWithHolder) process.stdin.once('close', endGroup).resume()
}

function endGroup(): void {
  if (process.platform === 'win32') process.exit(1)
  process.kill(0, 'SIGKILL')
}

// Not all until its end, which is told only when the process at the other end has time.
async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({input})) return line
  return ''
}

const knownError = (error: unknown): ActionError | undefined =>
  error instanceof ActionError ? error : systemFailure(error)

/** `cosign-sign [INPUT]: …`, with the stack only for what is our own fault; an error may quote what others wrote. */
export function failureText(action: string, error: unknown): string {
  return visibleText(wordsOf(action, error))
}

function wordsOf(action: string, error: unknown): string {
  const known = knownError(error)
  if (known !== undefined) {
    const text = errorText(known)
    // A list of problems begins on a line of its own.
    return `${action} [${known.code}]:${text.startsWith('- ') ? '\n' : ' '}${text}`
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `${action} [UNEXPECTED]: please report this error of mcp-release\n${trace}`
}
