import {parse as parseToml} from 'smol-toml'
import {parse as parseYaml} from 'yaml'
import {type CodeBlock, codeBlocks} from './code-blocks'
import {codeSpans} from './code-spans'
import {badgeConfigurations} from './install-links'
import {parseLooseJson} from './loose-json'
import {commandLines} from './command-lines'

/** What a client asks its user for, and what it proposes. */
export interface Question {
  readonly description?: string
  readonly secret: boolean
  readonly proposal?: string
}

/** One way to start a server that a text tells its readers. */
export interface Configuration {
  /** The program and its arguments. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Where the server is reached instead, when it is started by somebody else. */
  readonly url?: string
  /** `client`: what a client is configured with. `shell`: a line to type. */
  readonly form: 'client' | 'shell'
  /** What a client asks its user for, by id: https://code.visualstudio.com/docs/copilot/reference/mcp-configuration */
  readonly inputs?: Readonly<Record<string, Question>>
  /** In words for people, such as `README.md, line 42`. */
  readonly source: string
}

/** Every way to start a server that a README tells, in its order. */
export function readConfigurations(file: string, text: string): readonly Configuration[] {
  const place = (line: number) => `${file}, line ${String(line)}`
  const read = (block: CodeBlock) => [...configurationsOf(block, place(block.line)), ...commandLines(block, place)]
  const blocks = codeBlocks(text)
  const found = blocks.flatMap(read)
  const told = codeSpans(text, blocks).flatMap(read)
  return [...found, ...told.filter(({form}) => form === 'client'), ...badgeConfigurations(file, text)].slice(
    0,
    mostConfigurations,
  )
}

const mostConfigurations = 200

function configurationsOf(block: CodeBlock, source: string): readonly Configuration[] {
  const value = valueOf(block)
  return value === undefined ? [] : configurationsIn(value, source)
}

function valueOf({language, text}: CodeBlock): unknown {
  if (/^(?:json|jsonc|json5|js|javascript|)$/.test(language) && /[{"]/.test(text)) {
    const value = parseLooseJson(text)
    if (value !== undefined) return value
  }
  try {
    if (language === 'toml' || (language === '' && /^\s*\[mcp_servers\./m.test(text))) return parseToml(text)
    if (language === 'yaml' || language === 'yml') return parseYaml(text, {maxAliasCount: 10, logLevel: 'silent'})
  } catch {
    // A README may show a piece of a file that is not valid alone.
  }
  return undefined
}

/** The configurations in a client's settings, wherever they lie: under `mcpServers`, `servers`, `context_servers` or bare. */
export function configurationsIn(value: unknown, source: string): readonly Configuration[] {
  const found: Configuration[] = []
  const inputs = inputsOf(value)
  visit(value, 0, each => {
    const configuration = configurationOf(each, source)
    if (configuration !== undefined) found.push(inputs === undefined ? configuration : {...configuration, inputs})
  })
  return found
}

const deepest = 8

function visit(value: unknown, depth: number, report: (each: Readonly<Record<string, unknown>>) => void): void {
  if (depth > deepest || typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) report(value as Record<string, unknown>)
  for (const [name, each] of Object.entries(value)) if (!otherKinds.test(name)) visit(each, depth + 1, report)
}

// What editors start for another purpose, such as servers of the Language Server Protocol.
const otherKinds = /^(?:lsp|lsp[-_]?(?:servers?|clients?)|language[-_]?servers?|clients|tasks|formatters?|linters?)$/i

function configurationOf(each: Readonly<Record<string, unknown>>, source: string): Configuration | undefined {
  const argv = argvOf(each)
  const env = textsOf(each['env'] ?? each['envs'] ?? each['environment'])
  if (argv !== undefined) return {argv, env, form: 'client', source}
  const url = each['url'] ?? each['serverUrl'] ?? each['httpUrl']
  return typeof url === 'string' && /^https?:\/\//.test(url)
    ? {argv: [], env: {}, url, form: 'client', source}
    : undefined
}

function argvOf(each: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const command = each['command'] ?? each['cmd']
  const args = listOf(each['args'] ?? each['arguments'])
  if (typeof command === 'string') {
    // Some clients take one line; a path with spaces is told by having arguments beside it.
    const words = args.length === 0 && !/[\\/].* .*[\\/]/.test(command) ? command.trim().split(/\s+/) : [command]
    return words[0] === '' ? undefined : [...words, ...args]
  }
  if (Array.isArray(command)) return command.length === 0 ? undefined : [...listOf(command), ...args]
  // Zed's older form has everything under `command`.
  if (typeof command === 'object' && command !== null && typeof (command as {path?: unknown}).path === 'string') {
    const {path, args: own} = command as {path: string; args?: unknown}
    return [path, ...listOf(own)]
  }
  return undefined
}

function listOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? value : []
  return list.flatMap(each => (['string', 'number', 'boolean'].includes(typeof each) ? [String(each)] : []))
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const entries = Object.entries(value).filter(([, each]) => ['string', 'number', 'boolean'].includes(typeof each))
  return Object.fromEntries(entries.map(([name, each]) => [name, String(each)]))
}

function inputsOf(value: unknown): Configuration['inputs'] {
  let found: unknown
  visit(value, 0, each => {
    found ??= Array.isArray(each['inputs']) ? each['inputs'] : undefined
  })
  if (!Array.isArray(found)) return undefined
  const entries = found.flatMap((each: unknown) => {
    const {id, description, password, default: given, options} = (each ?? {}) as Record<string, unknown>
    const [first] = Array.isArray(options) ? (options as readonly unknown[]) : []
    const proposal = [given, first, (first as {value?: unknown} | undefined)?.value].find(
      value => typeof value === 'string' && value !== '',
    ) as string | undefined
    const told = {
      ...(typeof description === 'string' ? {description} : {}),
      ...(proposal === undefined ? {} : {proposal}),
      secret: password === true,
    }
    return typeof id === 'string' ? [[id, told] as const] : []
  })
  return Object.fromEntries(entries)
}
