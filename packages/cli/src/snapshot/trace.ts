/** When a called program ran, in milliseconds since 1970. */
export interface Call {
  readonly started: number
  readonly ended: number
}

/** The calls that a step wrote to the file MCP_RELEASE_TRACE, one JSON text a line. */
export function readCalls(trace: string): readonly Call[] {
  return trace
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Call)
}

/** Seconds in which at least one called program ran; overlaps count once. */
export function coveredSeconds(calls: readonly Call[]): number {
  let total = 0
  let until = 0
  for (const {started, ended} of [...calls].sort((a, b) => a.started - b.started)) {
    total += Math.max(0, ended - Math.max(started, until))
    until = Math.max(until, ended)
  }
  return total / 1000
}
