/** What a program printed. */
export interface Printed {
  readonly stdout: string
  readonly stderr: string
}

const maximum = 16
const lineLimit = 600

// What says nothing of the cause: where a log is, how a program is called, progress, and advice that is not for people here.
const noise: readonly RegExp[] = [
  /^npm (?:error|ERR!)(?:$| A complete log of this run| Log files)/i,
  /^npm (?:warn|notice)\b/i,
  /^(?:npm (?:error|ERR!) )?(?:Usage:|Options:|aliases?:|Run "npm help)/i,
  /^\s*(?:╰─> (?:See above|\[\d+ lines)|│ exit code|\[end of output\]|note: This (?:error originates|is an issue)|hint: See above)/,
  /^\s*(?:error: (?:subprocess-exited-with-error|metadata-generation-failed|legacy-install-failure)|× Encountered error while|× .* did not run successfully)/,
  /^\s*File ".*", line \d+, in /,
  /^\[notice\] |^WARNING: (?:You are using pip|Running pip as|The directory)/,
  /^note: run with `RUST_BACKTRACE|^For more information about this error, try|^\s*= help: maybe|^warning: build failed, waiting/,
  /^\s+at .*\(?node:internal\//,
  /^Node\.js v\d/,
  /^#\d+ (?:DONE|CACHED|transferring|sha256:|resolve |extracting)/,
  /^\s*\d+(?:\.\d+)? (?:kB|MB|B) \//,
]

// By these a line says that something went wrong, in the words of compilers, package managers and runtimes.
const telling: readonly RegExp[] = [
  /^(?:\[?\d[\d:. TZ-]*\]?\s+)?(?:\S+: )?(?:fatal )?error(?:\[E\d+\]|\(\S+\)| TS\d+)?:/i,
  /^(?:npm (?:error|ERR!)|ERR_PNPM_\w+|\s*ERR_\w+|\s*ELIFECYCLE|➤ YN\d+:.*(?:error|cannot|couldn't|failed|doesn't)|YN\d+)/i,
  /^error(?:\[E\d+\])?(?::|\s)/i,
  /\berror TS\d+:/,
  /^(?:vet: )?\S+\.(?:go|rs|c|cc|cpp|h|ts|tsx|js|mjs|py|toml|json):\d+(?::\d+)?:? /,
  /^\s*[a-z][\w ]{0,30} error: /i,
  /^\s*(?:\w+\.)*\w*(?:Error|Exception|Exit|Failure)(?: \[\w+\])?: /,
  /^(?:go|cargo|rustc|tsc|pip|uv|hatch|poetry|buildctl|docker|podman|git|ld|collect2|linker|cc|gcc|clang|lld): (?!downloading|finding)/,
  /^(?:✘|✖|×|❌|\[ERROR\]|✗|FATAL|fatal:|panic:|ERROR\b|Error:|Failed|failed to|Could not|Cannot|cannot find|undefined reference|make: \*\*\*)/,
  /^\s*(?:error|×|╰─▶|├─▶|Caused by)/i,
  /^#\d+ (?:ERROR|[\d.]+ (?:.*(?:error|not found|cannot|failed|fatal)))/i,
  /\b(?:is not (?:found|installed|recognized|in std)|no required module provides|no such (?:file|host|module)|permission denied|command not found|not found: )/i,
]

/**
 * The lines of a failed program's output that say why, from both streams, in their order: compilers print to stdout,
 * package managers put their usage or advice last. Where no line says so, the last ones.
 */
export function decidingLines({stdout, stderr}: Printed): readonly string[] {
  const lines = distinct([...cleaned(stdout), ...cleaned(withoutUsage(stderr))])
  const useful = lines.filter(line => !noise.some(rule => rule.test(line)))
  const told = useful.flatMap((line, at) => (telling.some(rule => rule.test(line)) ? [at] : []))
  if (told.length === 0) {
    const own = cleaned(withoutUsage(stderr)).filter(line => !noise.some(rule => rule.test(line)))
    return (own.length > 0 ? own : useful.length > 0 ? useful : lines).slice(-12).map(cut)
  }
  return bounded([...withContext(useful, told)].sort((a, b) => a - b).map(at => cut(useful[at] ?? '')))
}

// Where in a source it is, and what is written there, stands below the line that says what is wrong.
function withContext(lines: readonly string[], told: readonly number[]): ReadonlySet<number> {
  const kept = new Set<number>()
  for (const at of told) {
    kept.add(at)
    for (let next = at + 1; next < at + 5 && /^(?:\s+\S|\d+ \|)/.test(lines[next] ?? ''); next++) kept.add(next)
  }
  return kept
}

// The first error is the cause more often than the last one, and both more often than what is between.
function bounded(lines: readonly string[]): readonly string[] {
  if (lines.length <= maximum) return lines
  const [head, tail] = [10, maximum - 11]
  return [...lines.slice(0, head), `… ${lines.length - head - tail} lines left out`, ...lines.slice(-tail)]
}

// npm puts all options of a command below what it says, and only its log's place behind them.
function withoutUsage(text: string): string {
  return text.replace(
    /^npm (?:error|ERR!) (?:[A-Z][\w ,'-]*\r?\n(?:npm (?:error|ERR!)[ \t]*\r?\n))?(?:npm (?:error|ERR!) )?Usage:[^]*?(?=^(?!npm (?:error|ERR!))|$(?![^]))/m,
    '',
  )
}

function cleaned(text: string): readonly string[] {
  return text
    .replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split(/\r?\n|\r/)
    .map(line => line.trimEnd())
    .filter(line => line !== '')
}

function distinct(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)]
}

function cut(line: string): string {
  return line.length > lineLimit ? `${line.slice(0, lineLimit)}…` : line
}
