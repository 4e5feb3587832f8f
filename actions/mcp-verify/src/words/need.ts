import type {StartFailure} from '@mcp-release/mcp'

/**
 * Why a start failed. `crash`: the artifact is broken. `usage`: it wants other arguments. `need`: it wants what only its
 * user or another machine has. `unknown`: its words say nothing of that.
 */
export type Cause =
  | {readonly kind: 'crash' | 'usage' | 'unknown'}
  | {readonly kind: 'need'; readonly what: string; readonly network?: true}

// What a package should have brought along is not there.
const incomplete: readonly RegExp[] = [
  /\b(?:ImportError|ModuleNotFoundError|SyntaxError|IndentationError|NameError|UnboundLocalError|ReferenceError|RecursionError)\b/,
  /\bERR_(?:MODULE_NOT_FOUND|REQUIRE_ESM|UNKNOWN_FILE_EXTENSION|PACKAGE_PATH_NOT_EXPORTED|UNSUPPORTED_DIR_IMPORT|DLOPEN_FAILED)\b|Cannot find (?:module|package) /,
]

const crashes: readonly RegExp[] = [
  /error while loading shared libraries|cannot open shared object file|symbol lookup error|undefined symbol|GLIBC\w*_[\d.]+' not found|dyld(?:\[\d+\])?: /,
  /panic: runtime error|fatal error: all goroutines are asleep|[Ss]egmentation fault|core dumped|Exec format error/,
  /\b(?:FileNotFoundError|ENOENT|No such file or directory|NotADirectoryError)\b/,
  // Mistakes of a program, whatever the names in them: `'NoneType' object has no attribute 'token'`.
  /^(?:AttributeError|IndexError|AssertionError|ZeroDivisionError|NotImplementedError|RecursionError)\b/m,
  /TypeError: (?:Cannot (?:read|set|convert|destructure)|.* (?:is not a (?:function|constructor)|is not iterable|missing \d+ required|got an unexpected|object is not|takes \d+ positional))/,
]
const fatalSignals = ['SIGSEGV', 'SIGABRT', 'SIGILL', 'SIGBUS', 'SIGTRAP', 'SIGFPE', 'SIGSYS']

const programs: readonly RegExp[] = [
  /exec: "([\w.+-]+)": executable file not found/,
  /\b(?:command|program|executable|binary) not found: ["'`]?([\w.+-]+)/i,
  /\bspawn(?:Sync)? ([\w.+-]+) ENOENT/,
  /^(?:\S*\/)?(?:ba|da|a|z|k)?sh: (?:(?:line )?\d+: )?([\w.+-]+): (?:command )?not found$/m,
  /No such file or directory: '([\w+-]+)'$/m,
  /\b([\w.+-]+)(?: CLI)? (?:is not installed|was not found (?:on|in) (?:the |your )?(?:\$?PATH|system))/,
]

// Files that a log-in leaves in a home folder; a file that a package should bring along is not there.
const accountFile =
  /(?:ENOENT|FileNotFoundError|[Nn]o such file).*[\\/]\.[\w-]+(?:[\\/][^\s'"]*)?(?:credentials?|tokens?|oauth|kubeconfig|\.kube[\\/]config|[\\/]id_\w+)/i

const offline =
  /ENOTFOUND|EAI_AGAIN|getaddrinfo|ENETUNREACH|EHOSTUNREACH|[Nn]etwork is unreachable|no such host|[Nn]ame resolution|[Nn]ame or service not known|nodename nor servname|[Cc]ould ?n[o']t resolve host|failed to lookup address|dns error|UND_ERR_CONNECT_TIMEOUT|fetch failed|\bConnectError\b|ConnectTimeout|NewConnectionError|Max retries exceeded|No address associated|\blookup \S+(?: on \S+)?: |server misbehaving|error sending request for url/

const accounts: readonly RegExp[] = [
  /\b(?:HTTP|status(?: code)?|code|error)\W{0,3}(?:401|403)\b|\b(?:401|403) (?:Client Error|Unauthorized|Forbidden)/i,
  /\bunauthori[sz]ed\b|\bunauthenticated\b|\bforbidden\b|access denied|not authenticated|not logged in|not authori[sz]ed/i,
  /authentication (?:failed|required|error)|failed to authenticate|auth(?:entication|orization)? (?:token|flow)|log ?in (?:required|first|failed)|please (?:log ?in|sign in|authenticate)/i,
  /\b(?:invalid|bad|expired|incorrect|wrong|no|missing|malformed|unknown|provide)\b.{0,40}(?:\b|_)(?:api[ _-]?key|token|credentials?|secret|password|account|access key|client id)\b/i,
  /(?:\b|_)(?:api[ _-]?key|token|credentials?|secret|password|access key|client id|oauth (?:keys?|client)(?: file)?)\b.{0,40}\b(?:invalid|malformed|required|missing|expired|rejected|not (?:a )?(?:set|found|provided|valid|configured)|must|incorrect)\b/i,
  /no configuration has been provided|\bno current-?context\b|\b(?:load|find|read)\b.{0,30}\bkubeconfig\b/i,
  /DefaultCredentialsError|NoCredentialsError|ExpiredToken|InvalidClientTokenId|CredentialsProviderError|[Cc]ould not (?:load|find) .{0,30}credentials|invalid_grant|invalid_client/,
  /(?:open|visit|go to)\b.{0,40}https?:\/\/.{0,200}(?:auth|login|device|oauth)|device code/i,
]

// Where a token is a word of a language, and a secret one of a test.
const parsing =
  /\b(?:unexpected|illegal|syntax|pars(?:e|ed|er|ing)|lexer|tokeni[sz]\w*|decod(?:e|ing)|(?<!\.)(?:JSON|YAML|TOML|HTML|XML)|regex\w*|regular expression|template|grammar|schema|column \d+|line \d+|position \d+|property|attribute|method|field|import|export|module)\b/i

function wantsAccount(text: string): boolean {
  return text.split(/\r?\n/).some(line => !parsing.test(line) && accounts.some(rule => rule.test(line)))
}

const refused =
  /ECONNREFUSED|[Cc]onnection ?[Rr]efused|[Cc]ould not connect to|[Ff]ailed to connect to|[Cc]annot connect to|ServerSelectionTimeoutError|MongoNetworkError|MongoServerSelectionError|unable to open database|OperationalError.{0,80}(?:connect|connection)/
const address = /\b((?:localhost|\d{1,3}(?:\.\d{1,3}){3}|[\w-]+(?:\.[\w-]+)+):\d{1,5})\b/

const devices: readonly RegExp[] = [
  /[Nn]o such device|could not open port|serial port|\bUSB\b.{0,40}(?:not|no)\b|[Bb]luetooth|\/dev\/(?:tty|hidraw|video|snd)\S*/,
  /[Cc]annot open display|[Nn]o display|\bDISPLAY\b.{0,30}(?:not set|environment)|Missing X server|could not connect to display|Wayland|libGL/,
  /\bCUDA\b.{0,40}(?:not|no|unavailable)|[Nn]o GPU|NVML/,
  /(?:only|requires?).{0,30}\b(?:macOS|darwin|Mac OS X|Windows|win32|iOS|Android)\b|[Uu]nsupported (?:platform|operating system)|platform .{0,20}not supported/,
]

/** Why a program did not come up, by how it ended and what it printed. `access`: whether it could reach a network. */
export function causeOf(failure: StartFailure, {access}: {readonly access: 'on' | 'off'}): Cause {
  const {exit} = failure
  const text = `${failure.stdout}\n${failure.stderr}`
  if (exit?.error !== undefined || [126, 127].includes(exit?.code ?? 0)) return {kind: 'crash'}
  if (exit?.signal !== undefined && exit.signal !== null && fatalSignals.includes(exit.signal)) return {kind: 'crash'}
  if (incomplete.some(rule => rule.test(text))) return {kind: 'crash'}
  const program = programs.map(rule => rule.exec(text)?.[1]).find(each => each !== undefined)
  if (program !== undefined) return {kind: 'need', what: `the program ${program}, which is not on this machine`}
  if (accountFile.test(text)) return {kind: 'need', what: 'a real account: the file of a log-in is not there'}
  if (crashes.some(rule => rule.test(text))) return {kind: 'crash'}
  if (exit === undefined || !printsHelp(text)) return needOf(text, {access}) ?? {kind: 'unknown'}
  // cobra prints the help behind every error; what the help itself says is no error.
  const errors = text.split(/\r?\n/).filter(line => /^(?:\S+: )?(?:error|fatal|panic)\b/i.test(line))
  return needOf(errors.join('\n'), {access}) ?? {kind: 'usage'}
}

/** What words of a program say it needs; `undefined` when they do not. */
export function needOf(text: string, {access}: {readonly access: 'on' | 'off'}): Cause | undefined {
  const need = (what: string) => ({kind: 'need', what}) as const
  if (offline.test(text)) {
    return access === 'off'
      ? {...need('a network, and has none while it is verified'), network: true}
      : need('a service on the network')
  }
  if (wantsAccount(text)) return need('a real account: it does not take made-up credentials')
  if (refused.test(text)) {
    const at = address.exec(text)?.[1]
    return need(`a running service that it can connect to${at === undefined ? '' : ` (${at})`}`)
  }
  return devices.some(rule => rule.test(text))
    ? need('a device or a desktop that this machine does not have')
    : undefined
}

/** Whether a program shows how it is called. */
export function printsHelp(text: string): boolean {
  return /^\s*(?:error: )?usage\b ?:?/im.test(text) || /^\s*(?:available |sub)?commands:\s*$/im.test(text)
}

const subcommands = /^\s{1,8}(stdio|serve|server|start|run|mcp|mcp-server)\b(?=\s{2,}|\s*$|[, ])(.*)$/gm

// What speaks of MCP itself comes first: beside it, `serve` may be for another protocol, as in gopls.
function servingCommand(text: string): string | undefined {
  const found = [...text.matchAll(subcommands)].map(([, name = '', words = '']) => ({name, words}))
  const spoken = found.find(({name, words}) => name.startsWith('mcp') || /\bMCP\b|model context protocol/i.test(words))
  return (spoken ?? found.find(({words}) => !/\bLSP\b|language server/i.test(words)))?.name
}

/** The arguments that a help text seems to want for a server over stdio; empty when it does not say. */
export function argumentsFromHelp(text: string): readonly string[] {
  const stdio = /^\s{1,8}stdio\b/m.test(text) ? 'stdio' : undefined
  const command =
    stdio ?? servingCommand(text) ?? /\{(?:[\w-]+,)*(stdio|serve|start|run|mcp)(?:,[\w-]+)*\}/.exec(text)?.[1]
  if (command !== undefined) return [command]
  // `Usage: srv serve --stdio | --http`: the subcommand belongs to it.
  const used = /^\s*usage:?\s+\S+\s+(serve|server|start|run|mcp)\s+--stdio\b/im.exec(text)?.[1]
  if (used !== undefined) return [used, '--stdio']
  if (/(?<![\w-])--stdio\b/.test(text)) return ['--stdio']
  return /(?<![\w-])--transport\b/.test(text) ? ['--transport', 'stdio'] : []
}
