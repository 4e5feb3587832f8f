import {skipOptions} from './options'
import {type ShellCommand, shellCommands} from './shell-words'
import {baseName} from './target'

/** A command line, and the variables that are set for it. */
export interface Start {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

type Wrapper = (words: readonly string[]) => readonly Start[] | undefined

/**
 * The command lines inside of one that only prepares something for them: shells, tools that set variables or choose the
 * version of a language, proxies and inspectors. The likeliest first; `undefined` for every other command line.
 */
export function inside(argv: readonly string[]): readonly Start[] | undefined {
  const [command = '', ...rest] = argv
  const program = baseName(command).toLowerCase()
  if (Object.hasOwn(wrappers, program)) return wrappers[program]?.(rest)
  const {name, args} = fetched(program, rest)
  return name !== undefined && Object.hasOwn(helpers, name) ? helpers[name]?.(args) : undefined
}

// `npx HELPER …`, `uvx HELPER …`
function fetched(
  program: string,
  words: readonly string[],
): {readonly name?: string; readonly args: readonly string[]} {
  if (!/^(?:npx|bunx|pnpx|uvx)$/.test(program)) return {name: program, args: words}
  const {rest} = skipOptions(words, {valued: program === 'uvx' ? ['--python', '-p', '--with', '-w'] : []})
  const [first = '', ...args] = rest
  return {name: first.replace(/(?<=.)@[^/@]*$/, ''), args}
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  bash: shell,
  sh: shell,
  zsh: shell,
  dash: shell,
  ash: shell,
  fish: shell,
  cmd: words => {
    const at = words.findIndex(word => /^\/[ck]$/i.test(word))
    return at < 0 ? undefined : lineOr(words.slice(at + 1))
  },
  powershell: powerShell,
  pwsh: powerShell,
  // https://learn.microsoft.com/windows/wsl/basic-commands
  wsl: behind(['-d', '--distribution', '-u', '--user', '--cd', '--shell-type'], lineOr),
  env: environment,
  sudo: behind(['-u', '-g', '-h', '-p', '-C', '-D', '--user', '--group', '--chdir']),
  doas: behind(['-u', '-C']),
  nohup: behind(),
  exec: behind(['-a']),
  command: behind(),
  time: behind(),
  setsid: behind(),
  caffeinate: behind(['-t', '-w']),
  winpty: behind(),
  nice: behind(['-n', '--adjustment']),
  stdbuf: behind(['-i', '-o', '-e']),
  tini: behind(['-e', '-p']),
  'dumb-init': behind(['-r', '--rewrite']),
  'xvfb-run': behind(['-n', '-s', '-e', '-f', '-p', '-w']),
  timeout: words => plain(skipOptions(words, {valued: ['-s', '-k', '--signal', '--kill-after']}).rest.slice(1)),
  // https://mise.jdx.dev/cli/exec.html
  mise: words => {
    const {rest} = skipOptions(words, {valued: ['-C', '--cd', '-E', '--env', '-j', '--jobs']})
    return rest[0] === 'x' || rest[0] === 'exec' ? behindTools(rest.slice(1)) : undefined
  },
  asdf: words => (words[0] === 'exec' ? plain(words.slice(1)) : undefined),
  direnv: words => (words[0] === 'exec' ? plain(words.slice(2)) : undefined),
  volta: words => (words[0] === 'run' ? behind(['--node', '--npm', '--yarn', '--pnpm'])(words.slice(1)) : undefined),
  fnm: words => (words[0] === 'exec' ? behind(['--using', '--fnm-dir'])(words.slice(1)) : undefined),
  nvm: words => (words[0] === 'exec' || words[0] === 'run' ? plain(words.slice(2)) : undefined),
  'flatpak-spawn': behind(),
  op: behindDashes,
  doppler: behindDashes,
  infisical: behindDashes,
  dotenvx: behindDashes,
  'aws-vault': behindDashes,
  chamber: behindDashes,
  varlock: behindDashes,
  devbox: words => (words[0] === 'run' ? behind(['-c', '--config', '-e', '--env'])(words.slice(1)) : undefined),
  nix: words => (/^(?:develop|shell)$/.test(words[0] ?? '') ? behindFlag(words, /^(?:-c|--command)$/) : undefined),
  'nix-shell': words => {
    const line = words[words.findIndex(word => word === '--run' || word === '--command') + 1]
    return words.some(word => word === '--run' || word === '--command') ? shellLine(line ?? '') : undefined
  },
}

// Packages that start a server for somebody else to talk to.
const helpers: Readonly<Record<string, Wrapper>> = {
  '@modelcontextprotocol/inspector': inspected,
  'cross-env': environment,
  'cross-env-shell': environment,
  'dotenv-cli': behind(['-e', '-p', '-v']),
  dotenv: behind(['-e', '-p', '-v', '-f']),
  'env-cmd': behind(['-f', '--file', '-e', '--environments', '-r', '--rc-file']),
  supergateway: gateway,
  'mcp-proxy': behind(
    '-p -e --port --host --server --endpoint --streamEndpoint --sseEndpoint --apiKey --sse-port --sse-host --cwd --log-level --transport'.split(
      ' ',
    ),
  ),
  mcpo: behind(['--port', '--host', '--api-key', '--server-type', '--name', '--path-prefix', '--header', '--env-path']),
}

function plain(argv: readonly string[]): readonly Start[] | undefined {
  const own = argv[0] === '--' ? argv.slice(1) : argv
  return own.length === 0 ? undefined : [{argv: own, env: {}}]
}

function behind(valued: readonly string[] = [], inner: Wrapper = plain): Wrapper {
  return words => inner(skipOptions(words, {valued}).rest)
}

function behindDashes(words: readonly string[]): readonly Start[] | undefined {
  const cut = words.indexOf('--')
  return cut < 0 ? undefined : plain(words.slice(cut + 1))
}

function behindFlag(words: readonly string[], flag: RegExp): readonly Start[] | undefined {
  const at = words.findIndex(word => flag.test(word))
  return at < 0 ? undefined : lineOr(words.slice(at + 1))
}

// `mise x node@20 -- npx …`, `mise exec --command "npx …"`
function behindTools(words: readonly string[]): readonly Start[] | undefined {
  const dashes = words.indexOf('--')
  return dashes >= 0 ? plain(words.slice(dashes + 1)) : behindFlag(words, /^(?:-c|--command)$/)
}

// One word may hold a whole line.
function lineOr(argv: readonly string[]): readonly Start[] | undefined {
  const [only = ''] = argv
  return argv.length === 1 && /\s/.test(only) ? shellLine(only) : plain(argv)
}

// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sh.html: options may stand in one word, as in -lc.
function shell(words: readonly string[]): readonly Start[] | undefined {
  const at = words.findIndex(word => /^-[a-z]*c$/.test(word))
  return at < 0 || words.slice(0, at).some(word => !word.startsWith('-')) ? undefined : shellLine(words[at + 1] ?? '')
}

// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_pwsh
function powerShell(words: readonly string[]): readonly Start[] | undefined {
  const at = words.findIndex(word => /^-(?:c|command)$/i.test(word))
  return at < 0
    ? undefined
    : shellLine(
        words
          .slice(at + 1)
          .join(' ')
          .replaceAll('&', ' '),
      )
}

const mostCommands = 4
// What comes before a server in the line that starts it.
const preparation = /^(?:cd|pushd|source|\.|set|unset|eval|echo|sleep|test|mkdir|touch|chmod|tee|cat)$/

/** The commands of a shell's line that may be the server, the last one first. */
export function shellLine(line: string): readonly Start[] {
  let env: Readonly<Record<string, string>> = {}
  const starts: Start[] = []
  for (const command of shellCommands(line)) {
    const {argv, env: own} = assigned(command)
    if (argv.length === 0 || argv[0] === 'export')
      env = {...env, ...own, ...assigned({words: argv.slice(1), line: 0}).env}
    else if (!preparation.test(argv[0] ?? '')) starts.push({argv, env: {...env, ...own}})
  }
  return starts.reverse().slice(0, mostCommands)
}

function assigned({words}: Pick<ShellCommand, 'words' | 'line'>): Start {
  const at = words.findIndex(word => !/^[A-Za-z_]\w*=/.test(word))
  const until = at < 0 ? words.length : at
  return {argv: words.slice(until), env: Object.fromEntries(words.slice(0, until).map(split))}
}

// https://www.gnu.org/software/coreutils/manual/html_node/env-invocation.html
function environment(words: readonly string[]): readonly Start[] | undefined {
  const {rest, given} = skipOptions(words, {valued: ['-u', '--unset', '-C', '--chdir', '-S', '--split-string']})
  const line = given.find(([name]) => name === '-S' || name === '--split-string')?.[1]
  const start = assigned({words: line === undefined ? rest : [...line.split(/\s+/), ...rest], line: 0})
  return start.argv.length === 0 ? undefined : [start]
}

// https://github.com/modelcontextprotocol/inspector: options, then the command.
function inspected(words: readonly string[]): readonly Start[] | undefined {
  const {rest, given} = skipOptions(words, {valued: ['-e', '--config', '--server', '--method', '--transport']})
  const env = Object.fromEntries(given.filter(([name]) => name === '-e').map(([, text]) => split(text)))
  return rest.length === 0 ? undefined : [{argv: rest, env}]
}

// https://github.com/supercorp-ai/supergateway: the command is one word.
function gateway(words: readonly string[]): readonly Start[] | undefined {
  const at = words.indexOf('--stdio')
  return at < 0 ? undefined : shellLine(words[at + 1] ?? '')
}

function split(text: string): readonly [string, string] {
  const cut = text.indexOf('=')
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)]
}
