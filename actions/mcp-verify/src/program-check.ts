import {type ProgramRun, type ServerCommand, printable, printableEnds, runProgram} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import {causeOf, printsHelp} from './words/need'

const questions = ['--version', '--help', '-h', 'version', 'help'] as const
const maximumMilliseconds = 20_000

/** Asks a program that is no server for its version and its help: it must load, and should answer one of them. */
export async function checkProgram(
  make: (args: readonly string[]) => Promise<ServerCommand>,
  {timeoutMilliseconds}: {readonly timeoutMilliseconds: number},
): Promise<Pick<VerifiedServer, 'status' | 'reason' | 'checks' | 'startedAs' | 'totalMilliseconds'>> {
  const limit = {timeoutMilliseconds: Math.min(timeoutMilliseconds, maximumMilliseconds)}
  let first: ProgramRun | undefined
  for (const question of questions) {
    const run = await runProgram(await make([question]), limit)
    first ??= run
    const broken = problemOf(run)
    if (broken !== undefined) return {status: 'failed', reason: broken, checks: [answer('failed', broken)]}
    if (!answers(run)) continue
    const [said = ''] = printableEnds(run.stdout.trim() === '' ? run.stderr : run.stdout)
    return {
      status: 'checked',
      checks: [answer('ok', `${question}: ${printable(said)}`)],
      startedAs: {args: [question], env: [], source: 'a program that is no server'},
      totalMilliseconds: run.milliseconds,
    }
  }
  const detail = `it answers none of ${questions.join(', ')}${first === undefined ? '' : howItEnded(first)}`
  return {status: 'checked', checks: [answer('warning', detail)]}
}

function answer(status: 'ok' | 'warning' | 'failed', detail: string): VerifiedServer['checks'][number] {
  return {name: 'answers-help', status, detail}
}

// Help that was not asked for in the program's own words ends with 1 or 2 in many libraries.
function answers({exit, stdout, stderr}: ProgramRun): boolean {
  const text = `${stdout}\n${stderr}`
  if (exit?.code === 0) return text.trim() !== ''
  return (exit?.code ?? 9) <= 2 && printsHelp(text)
}

function problemOf(run: ProgramRun): string | undefined {
  const cause = causeOf({...run, ...(run.exit === undefined ? {} : {exit: run.exit})}, {access: 'on'})
  // A file that is not there may be one that it was asked to read.
  const isBroken = cause.kind === 'crash' && !(run.exit?.code === 0) && !printsHelp(`${run.stdout}\n${run.stderr}`)
  return isBroken ? `does not load${howItEnded(run)}` : undefined
}

function howItEnded({exit, stdout, stderr}: ProgramRun): string {
  if (exit?.error !== undefined) return `; could not be started: ${exit.error}`
  const how = exit === undefined ? 'was still running' : `ended with ${exit.signal ?? `exit code ${exit.code ?? 0}`}`
  const words = printableEnds(`${stdout}\n${stderr}`)
  return `; ${how}${words.length === 0 ? '' : `; its last words:\n${words.map(line => `  ${line}`).join('\n')}`}`
}
