import {printable} from '@mcp-release/mcp'

const rules: readonly RegExp[] = [
  // pip and npm say it in one line, which is not the last.
  /^ERROR: (?!Exception:|Could not find a version|ResolutionImpossible)(.*)$/,
  /^ERROR: (No matching distribution.*|Could not find a version.*)$/,
  /^npm (?:error|ERR!) (?:notarget|404|ERESOLVE|engine)?\s*((?:No matching version|Could not resolve|404|unable to resolve|Unsupported).*)$/i,
]
// `ImportError: …` of Python, `SyntaxError [CODE]: …` of Node.js.
const exception = /^(?:Uncaught )?((?:[A-Za-z_][\w.]*)?(?:Error|Exception|Exit|Interrupt)(?: \[\w+\])?: .+)$/

/** The one line of a longer message that says why something failed: of an installer, a traceback, or the first line. */
export function decisiveLine(message: string): string {
  const lines = message
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  for (const rule of rules) {
    const found = lines.map(line => rule.exec(line)?.[1]).find(each => each !== undefined)
    if (found !== undefined) return tidy(found)
  }
  const thrown = lines.map(line => exception.exec(line)?.[1]).filter(each => each !== undefined)
  const [first = '', second] = lines
  return tidy(thrown.at(-1) ?? (first.endsWith(':') && second !== undefined ? `${first} ${second}` : first))
}

const limit = 200

// The folder of a run has a random name, which says nothing to the reader and differs each time. A line that was cut
// before was cut after so many characters of that name, so that only its beginning is the same everywhere.
function tidy(line: string): string {
  const whole = line.replace(/… \(\d+ characters\)$/, '')
  const withoutFolders = whole.replaceAll(/[^\s'"(=]*[\\/]mcp-verify-\w{6}[\\/]/g, '')
  const most = whole === line ? limit : limit / 2
  const short = withoutFolders.length > most ? `${withoutFolders.slice(0, most)}…` : withoutFolders
  return printable(short, limit + 1)
}
