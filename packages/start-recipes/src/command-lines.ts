import type {CodeBlock} from './code-blocks'
import {type Configuration, configurationsIn} from './configuration'
import {parseLooseJson} from './loose-json'
import {type ShellCommand, shellCommands} from './shell-words'

const shells =
  /^(?:|bash|sh|shell|zsh|fish|console|terminal|shell-session|powershell|ps1|pwsh|cmd|bat|batch|text|txt|plaintext|command|cli|commandline)$/

/** The commands of a block that is meant for a shell: what they configure a client with, and what they start. */
export function commandLines(block: CodeBlock, place: (line: number) => string): readonly Configuration[] {
  if (!shells.test(block.language) || /^\s*[[{]/.test(block.text)) return []
  const exported: Record<string, string> = {}
  return shellCommands(block.text).flatMap(command => {
    const {words, line} = withoutAssignments(command, exported)
    const source = place(block.line + line)
    if (words.length === 0) return []
    return added(words, source) ?? [{argv: words, env: {...exported, ...assigned(command)}, form: 'shell', source}]
  })
}

const assignment = /^(?:\$env:)?([A-Za-z_]\w*)=(.*)$/s

function assigned({words}: ShellCommand): Readonly<Record<string, string>> {
  const until = words.findIndex(word => !assignment.test(word))
  return Object.fromEntries(words.slice(0, until < 0 ? 0 : until).map(pair))
}

function pair(word: string): readonly [string, string] {
  const [, name = '', value = ''] = assignment.exec(word) ?? []
  return [name, value]
}

// `export X=y` and `set X=y` hold for the lines below.
function withoutAssignments(command: ShellCommand, exported: Record<string, string>): ShellCommand {
  const [first = '', ...others] = command.words
  if (first === 'export' || first === 'set' || first === 'setx') {
    for (const word of others.filter(each => assignment.test(each)))
      Object.assign(exported, Object.fromEntries([pair(word)]))
    return {...command, words: []}
  }
  const from = command.words.findIndex(word => !assignment.test(word))
  return {...command, words: from < 0 ? [] : command.words.slice(from)}
}

// https://code.claude.com/docs/en/mcp, https://developers.openai.com/codex/mcp, https://code.visualstudio.com/docs/copilot/customization/mcp-servers
function added(words: readonly string[], source: string): readonly Configuration[] | undefined {
  const json = words.findIndex(word => word === '--add-mcp' || word === 'add-json')
  if (json >= 0) {
    const value = words
      .slice(json + 1)
      .map(parseLooseJson)
      .find(each => typeof each === 'object')
    return value === undefined ? [] : configurationsIn(value, source)
  }
  const add = words.findIndex((word, index) => word === 'add' && words[index - 1] === 'mcp')
  if (add < 1) return undefined
  const {env, rest} = addOptions(words.slice(add + 1))
  if (rest.length === 0) return []
  // One word holds a whole command line for some clients.
  const [line = '', ...options] = rest
  const argv = line.includes(' ') ? line.trim().split(/\s+/) : rest
  if (argv !== rest) Object.assign(env, addOptions(['', ...options]).env)
  return /^https?:/.test(argv[0] ?? '')
    ? [{argv: [], env: {}, url: argv[0] ?? '', form: 'client', source}]
    : [{argv, env, form: 'client', source}]
}

const valued = new Set('-s --scope -t --transport -e --env -H --header --timeout --cwd --description'.split(' '))

/** What stands behind `mcp add`: options, the server's name, and its command, before which `--` may stand. */
function addOptions(words: readonly string[]): {
  readonly env: Readonly<Record<string, string>>
  readonly rest: readonly string[]
} {
  const env: Record<string, string> = {}
  let named = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--') return {env, rest: words.slice(at + 1)}
    const given = /^(?:-e|--env)=?/.test(word) ? variable(words, at) : undefined
    if (given !== undefined) {
      Object.assign(env, Object.fromEntries([given]))
      if (!word.startsWith('--env='))
        while (assignment.test(words[at + 1] ?? '')) Object.assign(env, Object.fromEntries([pair(words[++at] ?? '')]))
    } else if (valued.has(word)) at++
    else if (word.startsWith('-')) continue
    else if (!named) named = true
    else return {env, rest: words.slice(at)}
  }
  return {env, rest: []}
}

function variable(words: readonly string[], at: number): readonly [string, string] | undefined {
  const text = /^(?:--env|-e)=(.*)$/s.exec(words[at] ?? '')?.[1] ?? words[at + 1] ?? ''
  return assignment.test(text) ? pair(text) : undefined
}
