/** Seconds in which at least one called program ran, from the lines of MCP_RELEASE_TRACE; overlaps count once. */
export function toolSeconds(trace: string): number {
  const calls = trace
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as {readonly started: number; readonly ended: number})
    .sort((a, b) => a.started - b.started)
  let total = 0
  let until = 0
  for (const {started, ended} of calls) {
    total += Math.max(0, ended - Math.max(started, until))
    until = Math.max(until, ended)
  }
  return total / 1000
}
