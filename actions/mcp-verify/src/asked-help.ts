import {type StartFailure, runProgram} from '@mcp-release/mcp'
import {type ReadingContext, addition} from './reading-failure'
import {commandMaker} from './start'
import type {Started} from './verify-server'
import {argumentsFromHelp} from './words/need'

const maximumMilliseconds = 20_000

/**
 * What a program that was just run, and only waited, says in its help of how it serves: many have a subcommand for that and speak
 * another protocol without it, or none. `undefined` when it says nothing of the kind.
 */
export async function helpHint(
  {launch, place, task}: Started,
  {exit}: StartFailure,
  context: ReadingContext,
): Promise<string | undefined> {
  if (exit !== undefined) return undefined
  const words = {args: ['--help'], env: {}, http: false, network: 'off' as const}
  const command = await commandMaker(launch, place, {words, isolation: task.isolation, network: 'off'})()
  const {stdout, stderr} = await runProgram(command, {timeoutMilliseconds: maximumMilliseconds})
  const args = argumentsFromHelp(`${stdout}\n${stderr}`)
  return args.length === 0
    ? undefined
    : `It waits for something else than MCP; its help speaks of \`${args.join(' ')}\`. ${addition({args}, context)}`
}
