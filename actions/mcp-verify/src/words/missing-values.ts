/** What a program says it lacks: variables, options with a value, and arguments by position. */
export interface MissingValues {
  readonly variables: readonly string[]
  /** As they are given, such as `--api-key`. */
  readonly options: readonly string[]
  /** What the program calls them, such as `path`, in their order. */
  readonly positionals: readonly string[]
}

/**
 * Reads what a failed start says is missing, in the words of the usual libraries: os.environ, pydantic-settings, zod,
 * argparse, click, clap, cobra, commander, yargs, envconfig, and of people.
 */
export function missingValues(text: string): MissingValues {
  const lines = text.split(/\r?\n/).map(line => line.replaceAll(/\u001b\[[0-9;]*m|[│║✖❌]/g, ' ').trim())
  const options = lines.flatMap((line, at) => missingOptions(line, lines.slice(at + 1)))
  return {
    variables: unique([...lines.flatMap(missingVariables), ...listed(lines), ...ofSchemas(lines), ...ofLookups(lines)]),
    options: unique(options),
    positionals: missingPositionals(lines),
  }
}

const lacking =
  /\b(?:required?|requires|missing|unset|undefined|mandatory|must (?:be|have)|(?:not|isn't|wasn't|weren't|never|nor) (?:been )?(?:set|found|defined|provided|specified|present|configured|given|declared|exist)|(?:no|without) (?:valid )?\S+|is empty|(?:cannot|can't|must not|should not) be empty|please (?:set|provide|specify|export|define|configure|add|pass)|set (?:the|your|either)|provide|needs?|expected|failed to (?:get|load|read)|invalid environment|not set|notpresent|could not find|keyerror)\b/i
const variableContext =
  /\benv(?:ironment)?[\s_-]?var(?:iable)?s?\b|\benvvars?\b|\benvironment\b|\bprocess\.env\b|\bos\.environ\b/i
// In capitals, with an underscore; without one only where the words around it say that it is a variable.
const compound = /(?<![\w.$/-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w-])/g
const single = /(?<![\w.$/-])["'`$]?([A-Z][A-Z0-9]{2,})["'`]?(?![\w-])/g
const noVariable =
  /^(?:ERR_|E[A-Z]+$|SIG[A-Z]+$|UNABLE_TO_|UNHANDLED_|DEP\d|MODULE_NOT_FOUND|NODE_(?:OPTIONS|MODULES|PATH|ENV)$|CERT_|SELF_SIGNED|UND_|PYTHON[A-Z]*$|HTTP_\d|INVALID_|NOT_FOUND|MISSING_|TYPE_|JSON_|BAD_|DEPTH_|INTERNAL_)/
const words =
  /^(?:ERROR|FATAL|WARN|WARNING|INFO|DEBUG|TRACE|PANIC|CRITICAL|NOTICE|API|KEY|TOKEN|URL|URI|HTTP|HTTPS|MCP|JSON|YAML|TOML|ENV|NOT|AND|THE|SSE|STDIO|SDK|CLI|USAGE|OPTIONS|REQUIRED|MISSING|SET|SQL|AWS|GCP|LLM|OAUTH|PATH|HOME|USER|TMPDIR|LANG|TERM)$/

// What has a default is not what is missing.
const optional = /\b(?:default(?:s|ing)?|optional(?:ly)?|fall(?:ing|s)? ?back|using)\b/i

function missingVariables(line: string): readonly string[] {
  if (!lacking.test(line) || optional.test(line.replace(/\bor define a default value\b/i, ''))) return []
  const named = [...line.matchAll(compound)].map(([name]) => name)
  const alone = variableContext.test(line) ? [...line.matchAll(single)].map(([, name = '']) => name) : []
  return [...named, ...alone].filter(isVariable)
}

function isVariable(name: string): boolean {
  return !noVariable.test(name) && !words.test(name)
}

// `Missing environment variables:` and the lines below it.
function listed(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, at) => {
    const opens = /[:{[]$/.test(line) && (variableContext.test(line) || lacking.test(line))
    if (!opens) return []
    const found: string[] = []
    for (const each of lines.slice(at + 1).filter((next, index) => next !== '' || index > 0)) {
      const names = /^(?:[-*•+]\s*|\d+[.)]\s*)?["'`]?([A-Z][A-Z0-9_]{2,})\b/.exec(each)
      if (names?.[1] === undefined) break
      found.push(...[...each.matchAll(/(?<![\w.$/-])[A-Z][A-Z0-9_]{2,}(?![\w-])/g)].map(([name]) => name))
    }
    return found.filter(isVariable)
  })
}

// pydantic (`api_key` / `  Field required`) and zod (`"path": [ "API_KEY" ]`, `→ at API_KEY`).
function ofSchemas(lines: readonly string[]): readonly string[] {
  const text = lines.join('\n')
  const fields = [...text.matchAll(/^([A-Za-z_]\w*)\n(?:Field required|Input should be a valid)/gm)]
  const paths = [...text.matchAll(/["']?path["']?:\s*\[\s*["']([A-Za-z_]\w*)["']\s*\]/g)]
  const places = [...text.matchAll(/→ at ([A-Za-z_]\w*)$/gm)]
  return [...fields, ...paths, ...places].map(([, name = '']) => name).map(name => name.toUpperCase())
}

// `KeyError: 'API_KEY'` of os.environ, `required key API_KEY missing value` of envconfig.
function ofLookups(lines: readonly string[]): readonly string[] {
  return lines.flatMap(line => {
    const name =
      /^KeyError: ['"]([A-Z][A-Z0-9_]+)['"]$/.exec(line)?.[1] ??
      /required key ([A-Z][A-Z0-9_]+) missing value/.exec(line)?.[1] ??
      /environment variable [`"']([A-Za-z_]\w*)[`"'] (?:is |was )?(?:not|missing|required|must)/i.exec(line)?.[1]
    return name === undefined ? [] : [name]
  })
}

const option = /(?<![\w-])--?[A-Za-z][\w-]*/g

function missingOptions(line: string, following: readonly string[]): readonly string[] {
  // argparse, clap: all that is missing stands behind or below.
  if (/following (?:required )?arguments (?:are required|were not provided)/i.test(line)) {
    const rest = [line.replace(behind, ''), ...block(following)]
    return rest.flatMap(each => optionNames(each))
  }
  if (/required flag\(s\)/i.test(line)) return [...line.matchAll(/"([\w-]+)"/g)].map(([, name = '']) => `--${name}`)
  const yargs = /^Missing required arguments?: (.+)$/.exec(line)?.[1]
  if (yargs !== undefined) return yargs.split(/,\s*/).map(name => `--${name.replace(/^-+/, '')}`)
  if (!/\b(?:required?|missing|must be|not specified|please|provide|not (?:set|given|provided))\b/i.test(line))
    return []
  return /^(?:usage|options?)\b/i.test(line) || describesOption(line) ? [] : optionNames(line)
}

// A row of a help text, whose columns stand apart: `--tls-cert string   Must be used together with --tls-key.`
function describesOption(line: string): boolean {
  return /^-{1,2}[A-Za-z].*?\s{2,}\S/.test(line) && !/[([](?:required|mandatory)[)\]]/i.test(line)
}

function optionNames(line: string): readonly string[] {
  return [...line.matchAll(option)].map(([name]) => name).filter(name => !/^--?(?:h|help|version|V)$/.test(name))
}

// The lines of a list: until an empty one or one that says something else.
function block(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex(line => !/^[-<[]/.test(line))
  return lines.slice(0, end < 0 ? undefined : end)
}

// What stands before the names in the messages of argparse and clap.
const behind = /^.*(?:are required|were not provided):?/i

function missingPositionals(lines: readonly string[]): readonly string[] {
  const named = unique(lines.flatMap((line, at) => namedPositionals(line, lines.slice(at + 1))))
  return named.length > 0 ? named : countedPositionals(lines)
}

function namedPositionals(line: string, following: readonly string[]): readonly string[] {
  if (/following (?:required )?arguments (?:are required|were not provided)/i.test(line)) {
    const own = line.replace(behind, '').split(/,\s*/)
    const below = block(following).flatMap(each => (each.startsWith('<') ? [each] : []))
    return [...own.filter(each => /^[A-Za-z<]/.test(each.trim())), ...below].map(bare)
  }
  // cac
  const command = /missing required args for command [`"'](.*)[`"']/i.exec(line)?.[1]
  if (command !== undefined) return angled(command)
  // click, typer, commander, citty
  const named = /missing (?:required )?(?:positional )?argument:? ["'`]?<?([A-Za-z][\w .-]*)>?["'`]?/i.exec(line)?.[1]
  if (named !== undefined) return [bare(named)]
  // `Please provide a database URL as a command-line argument`
  const wanted = asArgument.exec(line)?.[1]
  if (wanted !== undefined) return [bare(wanted)]
  // `Usage: mcp-server-filesystem <allowed-directory> [more]`
  const usage = /^usage:\s*(.*)$/i.exec(line)?.[1]
  if (usage === undefined || usage.includes('--') || /\[(?:options?|command)|<(?:sub)?commands?>/i.test(usage))
    return []
  return angled(usage.split('[')[0] ?? '')
}

const asArgument =
  /\b(?:provide|specify|pass|give|supply|requires?|needs?|expects?|missing)\s+(?:an?|the|your)\s+([\w-]+(?: [\w-]+){0,3}?)\s+(?:as|via|by|through)\s+(?:an?\s+|the\s+)?(?:(?:first|command[- ]line|cli|positional)\s+)*(?:argument|parameter)\b/i

// cobra and yargs count, and name the arguments only in the line that shows how the program is called.
function countedPositionals(lines: readonly string[]): readonly string[] {
  const count = lines
    .map(
      line =>
        /^(?:Error: )?(?:accepts|requires at least|accepts between) (\d+)\b.*\breceived 0$/.exec(line)?.[1] ??
        /^Not enough non-option arguments: got 0, need at least (\d+)$/.exec(line)?.[1],
    )
    .find(each => each !== undefined)
  if (count === undefined) return []
  const names = lines.map(angled).find(each => each.length > 0) ?? []
  return Array.from({length: Math.min(Number(count), 8)}, (_, at) => names[at] ?? `argument ${at + 1}`)
}

function angled(text: string): readonly string[] {
  return [...text.matchAll(/<([^<>]+)>/g)].map(([, name = '']) => name)
}

function bare(name: string): string {
  return name.trim().replaceAll(/[<>"'`.,]/g, '')
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter(name => name !== '')
}
