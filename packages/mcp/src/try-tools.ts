import type {Check} from '@mcp-release/release-model'
import {answerTo, textOf} from './call'
import {printable} from './printable'
import {sampleArguments} from './sample-arguments'
import type {Session} from './session'
import type {Tool} from './tool'

/** How tools are tried that nobody asked to call. */
export interface ToolTrial {
  /** Whether the words of a failure are explained by what the server has not got here, such as a network. */
  readonly explains: (words: string) => boolean
}

const maximumTools = 5
const maximumMilliseconds = 5000
// Whatever they do, they might do it here: a server is tried by what reads.
const acting = new Set(
  `abort add apply archive ban block cancel clean clear click close commit convert copy create deactivate delete deploy
  destroy disable disconnect download drop edit email enable erase eval evaluate exec execute exit export fill flush
  format halt import insert install invoke kill launch lock logout mail merge move navigate open overwrite patch pay play
  post press print prune publish purge push put quit reboot record register remove rename replace reset restart restore
  revoke rm run save send set shell shutdown sleep spawn start stop submit suspend sync terminal terminate transfer trash
  type uninstall unlock update upgrade upload wipe write`.split(/\s+/),
)

/** The tools that may be tried: those that say that they only read, then those that do not say, and by their names do. */
export function harmlessTools(tools: readonly Tool[]): readonly Tool[] {
  const reading = tools.filter(({annotations}) => annotations?.['readOnlyHint'] === true)
  const silent = tools.filter(({annotations = {}, name}) => {
    const says = annotations['readOnlyHint'] !== undefined || annotations['destructiveHint'] === true
    return !says && !words(name).some(word => acting.has(word))
  })
  return [...reading, ...silent].slice(0, maximumTools)
}

/**
 * Calls tools with made-up arguments until one works; a warning when each fails, and not because of the arguments or of
 * what is missing here: such a server, for instance one that was built without what it needs, is of use to nobody.
 */
export async function tryTools(
  session: Session,
  tools: readonly Tool[],
  {trial, milliseconds}: {readonly trial: ToolTrial; readonly milliseconds: number},
): Promise<Check | undefined> {
  const failures: string[] = []
  for (const {name, inputSchema} of tools) {
    const params = {name, arguments: sampleArguments(inputSchema)}
    const limit = Math.min(maximumMilliseconds, milliseconds)
    const answer = await answerTo(session, {params, milliseconds: limit, headers: {}})
    const failure =
      typeof answer === 'string' ? answer : answer['isError'] === true ? textOf(answer['content']) : undefined
    if (failure === undefined || isExplained(failure) || trial.explains(failure)) return undefined
    failures.push(`${printable(name, 60)}: ${printable(failure.split('\n')[0] ?? '', 300)}`)
  }
  if (failures.length === 0) return undefined
  const tried = failures.length === 1 ? 'the one tool that was' : `each of ${failures.length} tools that were`
  const detail = `none were asked for; ${tried} tried with made-up arguments failed: ${failures.join('; ')}`
  return {name: 'tool-calls', status: 'warning', detail}
}

// Made-up arguments name nothing that is there, and a client without capabilities can answer no questions.
function isExplained(failure: string): boolean {
  if (/nil pointer|null pointer|error -32601\b/i.test(failure)) return false
  return /\b(?:invalid|illegal|malformed|bad|wrong|required?|missing|must|should|expected|expects|validat\w*|argument|parameter|param|input|schema|unknown|unrecogni[sz]ed|unsupported|not (?:found|exist|allowed|a |an |supported|a valid)|no such|does(?: not|n't) exist|cannot find|could(?: not|n't) find|unable to find|no \w+ (?:found|matches|matching|selected|available|open|configured|named)|empty|parse|denied|permission|elicit\w*|sampling|timed? ?out|no answer to|error -32602|dummy|example\.com|in time|expired|ENOENT|offline|network|connect\w*|socket|https?|fetch\w*|dns|proxy|tls|ssl|certificates?|api|tokens?|keys?|auth\w*|credentials?|log ?in|accounts?|browser|display|not (?:set|configured|connected|initiali[sz]ed|loaded|installed|running)|install|configure)\b/i.test(
    failure,
  )
}

function words(name: string): readonly string[] {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z]+/)
}
