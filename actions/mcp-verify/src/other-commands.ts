import {printable, runProgram} from '@mcp-release/mcp'
import type {Check, VerifiedServer} from '@mcp-release/release-model'
import {commandMaker} from './start'
import type {Outcome} from './verify'
import type {Started} from './verify-server'

const maximumMilliseconds = 20_000

/** Adds whether the commands of a package besides its server load: users who start them get more than a traceback. */
export async function withOtherCommands(outcome: Outcome, started: Started): Promise<Outcome> {
  const {launch} = started
  const {others = []} = launch
  if (others.length === 0) return outcome
  const problems: string[] = []
  const doubts: string[] = []
  for (const other of others) {
    const finding = await load(other, started)
    if (finding !== undefined) (finding.level === 'error' ? problems : doubts).push(`${other.name}: ${finding.text}`)
  }
  const check = checkOf(
    others.map(({name}) => name),
    {problems, doubts},
  )
  return {...outcome, server: withCheck(outcome.server, check)}
}

async function load({argv, judge}: OtherCommandOf, {launch, place, task}: Started) {
  const {network, timeoutMilliseconds} = place.settings
  const words = {args: [], env: {}, http: false, network}
  const make = commandMaker({...launch, command: () => argv}, place, {words, network, isolation: task.isolation})
  return judge(
    await runProgram(await make(), {timeoutMilliseconds: Math.min(timeoutMilliseconds, maximumMilliseconds)}),
  )
}

type OtherCommandOf = NonNullable<Started['launch']['others']>[number]

function checkOf(
  names: readonly string[],
  {problems, doubts}: {readonly problems: readonly string[]; readonly doubts: readonly string[]},
): Check {
  const name = 'commands-load'
  if (problems.length > 0) return {name, status: 'failed', detail: printable([...problems, ...doubts].join('; '), 1000)}
  if (doubts.length > 0) return {name, status: 'warning', detail: printable(doubts.join('; '), 1000)}
  return {name, status: 'ok', detail: names.join(', ')}
}

// Behind the installation, in the order of reports.
function withCheck(server: VerifiedServer, check: Check): VerifiedServer {
  const at = server.checks.findIndex(({name}) => name === 'installs') + 1
  const checks = [...server.checks.slice(0, at), check, ...server.checks.slice(at)]
  if (check.status !== 'failed' || server.status === 'failed') return {...server, checks}
  return {...server, status: 'failed', reason: `${check.name}: ${check.detail ?? ''}`, checks}
}
