import {join} from 'node:path'
import {ActionError, type ExecOptions, type ExecResult, type Host, toolError} from '@mcp-release/action-kit'
import {pythonProjectName} from '@mcp-release/release-model'

/**
 * Runs pip or npm. What they cannot resolve is a `TOOL` error, as always; when their registry could not be reached, after
 * the attempts that they make themselves, that is `DOWNLOAD`: the package is not to blame, and another run will do.
 */
export async function execResolver(
  host: Host,
  argv: readonly string[],
  {hint, ...options}: ExecOptions & {readonly hint?: string},
): Promise<ExecResult> {
  const folder = await host.files.makeTemporary('resolver')
  try {
    // pip tells on its terminal only of some connections that fail, and of none where the user wants no retries.
    const log = join(folder, 'pip.log')
    const env = {...options.env, PIP_LOG: log}
    const result = await host.exec(argv, {...options, env, check: false})
    if (result.exitCode === 0) return result
    const told = (await host.files.stat(log)) === undefined ? '' : await host.files.readText(log)
    const reason = unreachable(`${result.stderr}\n${result.stdout}`, told)
    if (reason === undefined) throw toolError(argv, result)
    const [program] = argv.includes('pip') ? ['pip'] : argv
    const again = 'Run the job again; if only one address fails, see that it can be reached from here.'
    throw new ActionError('DOWNLOAD', `${program ?? ''} could not reach what it downloads from: ${reason}`, {
      hint: hint === undefined ? again : `${again} ${hint}`,
    })
  } finally {
    await host.files.remove(folder)
  }
}

// pip: https://github.com/pypa/pip/blob/26.0/src/pip/_internal/network/session.py (retries on 500, 502, 503, 520, 524, 527);
// npm: the codes of Node.js, of its fetch, and E5xx for answers.
const words: readonly RegExp[] = [
  /^npm (?:error|ERR!) code ((?:ECONN\w+|ENOTFOUND|EAI_\w+|E?TIMEDOUT|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPIPE|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|FETCH_ERROR|UND_ERR_\w+|E429|E5\d\d))$/m,
  /^(?:ERROR: )?(HTTP error (?:429|5\d\d) while getting [^\n]*)/m,
  /((?:ReadTimeoutError|ConnectTimeoutError|NewConnectionError|NameResolutionError|ProtocolError|IncompleteRead|ConnectionResetError)\b[^\n]*)$/m,
]

/**
 * Why nothing could be downloaded, from what pip or npm printed and what pip wrote into its log; `undefined` when that is
 * not why they failed.
 */
export function unreachable(output: string, log: string): string | undefined {
  const [, missing] = /^ERROR: No matching distribution found for ([A-Za-z0-9][\w.-]*)/m.exec(output) ?? []
  // Of another package that could not be asked for, nothing is missing.
  if (missing !== undefined) return unasked(missing, log)
  const found = words.map(rule => rule.exec(output)?.[1]).find(each => each !== undefined)
  if (found === undefined) return undefined
  const [request] = /request to \S+ failed[^\n]*/.exec(output) ?? []
  return (request ?? found).slice(0, 300)
}

// https://github.com/pypa/pip/blob/26.0/src/pip/_internal/index/collector.py passes over a page that it does not get, so
// that what could not be asked looks like what is not there. An index that answers "no" to some names is no such thing.
function unasked(project: string, log: string): string | undefined {
  const pages = log.matchAll(/Could not fetch URL (\S+): (.*?)(?: - skipping)?\r?$/gm)
  const [problem] = [...pages].flatMap(([, url = '', reason = '']) => {
    const [, name = ''] = /([^/]+)\/?$/.exec(url) ?? []
    const isTransient = /connection error|Max retries exceeded|ssl certificate|^(?:429|5\d\d) /.test(reason)
    return isTransient && pythonProjectName(name) === pythonProjectName(project) ? [`${url}: ${cause(reason)}`] : []
  })
  return problem?.slice(0, 300)
}

// What urllib3 wraps is the last in brackets.
function cause(reason: string): string {
  const [, inner] = /\(Caused by (.*)\)$/.exec(reason) ?? []
  return (inner ?? reason).replaceAll(/<[^<>]* at 0x[0-9a-f]+>: /g, '')
}
