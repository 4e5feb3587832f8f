import {ActionError, type ExecOptions, type ExecResult, type Host, toolError} from '@mcp-release/action-kit'
import {pythonProjectName} from '@mcp-release/release-model'

/**
 * Runs pip or npm. What they cannot resolve is a `TOOL` error, as always; when their registry could not be reached, after
 * the attempts that they make themselves, that is `DOWNLOAD`: the package is not to blame, and another run will do.
 */
export async function execResolver(host: Host, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const result = await host.exec(argv, {...options, check: false})
  if (result.exitCode === 0) return result
  const reason = unreachable(`${result.stderr}\n${result.stdout}`)
  if (reason === undefined) throw toolError(argv, result)
  const [program] = argv.includes('pip') ? ['pip'] : argv
  throw new ActionError('DOWNLOAD', `${program ?? ''} could not reach what it downloads from: ${reason}`, {
    hint: 'Run the job again. An SBOM that lacks dependencies for want of a network is not written; if only one address fails, take the dependency from elsewhere.',
  })
}

// pip: https://github.com/pypa/pip/blob/26.0/src/pip/_internal/network/session.py (retries on 500, 502, 503, 520, 524, 527);
// npm: the codes of Node.js, of its fetch, and E5xx for answers.
const words: readonly RegExp[] = [
  /^npm (?:error|ERR!) code ((?:ECONN\w+|ENOTFOUND|EAI_\w+|E?TIMEDOUT|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPIPE|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|FETCH_ERROR|UND_ERR_\w+|E429|E5\d\d))$/m,
  /^(?:ERROR: )?(HTTP error (?:429|5\d\d) while getting [^\n]*)/m,
  /((?:ReadTimeoutError|ConnectTimeoutError|NewConnectionError|NameResolutionError|ProtocolError|IncompleteRead|ConnectionResetError)\b[^\n]*)$/m,
]

/** Why nothing could be downloaded, from what pip or npm printed; `undefined` when that is not why they failed. */
export function unreachable(output: string): string | undefined {
  const lines = output.split('\n')
  // A connection that broke once and was made again is told too: what counts is the last attempt for what is missing.
  const lost = lines.flatMap(
    line => /Retry\(total=0\b.*connection broken by '?(\w+).*'?: (\S+)$/.exec(line)?.slice(1, 3) ?? [],
  )
  const [, missing] = /^ERROR: No matching distribution found for ([A-Za-z0-9][\w.-]*)/m.exec(output) ?? []
  if (missing !== undefined) {
    const at = lost.findIndex(
      each =>
        pythonProjectName(each).endsWith(`/${pythonProjectName(missing)}/`) ||
        pythonProjectName(each).endsWith(`/${pythonProjectName(missing)}`),
    )
    return at < 1 ? undefined : `${lost[at - 1] ?? ''} at ${lost[at] ?? ''}`
  }
  const found = words.map(rule => rule.exec(output)?.[1]).find(each => each !== undefined)
  if (found === undefined) return undefined
  const [request] = /request to \S+ failed[^\n]*/.exec(output) ?? []
  return (request ?? found).slice(0, 300)
}
