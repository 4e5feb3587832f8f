/** A part of a template. */
export type Node =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'value'; readonly pipe: Pipe}
  | {
      readonly kind: 'if' | 'with'
      readonly branches: readonly {readonly condition: Pipe; readonly body: readonly Node[]}[]
      readonly otherwise: readonly Node[]
    }

/** Commands, each of which gets the result of the one before as its last argument. */
export type Pipe = readonly (readonly Operand[])[]

/** One word of a command. */
export type Operand =
  | {readonly kind: 'literal'; readonly value: string | boolean}
  /** `.Env.NAME` → `['Env', 'NAME']`; `root` for `$`. */
  | {readonly kind: 'field'; readonly path: readonly string[]; readonly root: boolean}
  | {readonly kind: 'function'; readonly name: string}
  | {readonly kind: 'pipe'; readonly pipe: Pipe}

/** A template that is wrong or uses what is not understood. */
export class TemplateError extends Error {}

interface Action {
  readonly kind: 'action'
  readonly words: readonly string[]
}

type Token = Action | {readonly kind: 'text'; readonly text: string}

const word = /\s*(?:(\|)|(\()|(\))|("(?:[^"\\]|\\.)*"|`[^`]*`)|([$.\w]+)|(\S))/gy

/** Reads the part of Go's text/template that names of files and linker flags are made with (https://pkg.go.dev/text/template). */
export function parseTemplate(text: string): readonly Node[] {
  const tokens = tokenize(text)
  const reader = {tokens, at: 0}
  const nodes = readNodes(reader)
  if (reader.at < tokens.length) throw new TemplateError(`{{ ${wordsAt(reader).join(' ')} }} has no beginning`)
  return nodes
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let rest = 0
  let trim = false
  const literal = (raw: string) => {
    const cut = trim ? raw.trimStart() : raw
    if (cut !== '') tokens.push({kind: 'text', text: cut})
  }
  for (const match of text.matchAll(/\{\{(-(?=\s))?((?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`])*?)((?<=\s)-)?\}\}/g)) {
    const [all, left, inner = '', right] = match
    const before = text.slice(rest, match.index)
    literal(left === undefined ? before : before.trimEnd())
    rest = match.index + all.length
    trim = right !== undefined
    if (!/^\s*\/\*/.test(inner)) tokens.push({kind: 'action', words: wordsOf(inner)})
  }
  literal(text.slice(rest))
  return tokens
}

function wordsOf(text: string): readonly string[] {
  return [...text.trim().matchAll(word)].map(match => match[0].trim())
}

interface Reader {
  readonly tokens: readonly Token[]
  at: number
}

function wordsAt({tokens, at}: Reader): readonly string[] {
  const token = tokens[at]
  return token?.kind === 'action' ? token.words : []
}

function readNodes(reader: Reader): readonly Node[] {
  const nodes: Node[] = []
  for (let token = reader.tokens[reader.at]; token !== undefined; token = reader.tokens[reader.at]) {
    if (token.kind === 'text') nodes.push(token)
    else {
      const [first = ''] = token.words
      if (first === 'end' || first === 'else') return nodes
      if (first === 'if' || first === 'with') {
        nodes.push(readBranches(reader, first))
        continue
      }
      if (/^(?:range|define|template|block|break|continue)$/.test(first) || token.words.includes(':'))
        throw new TemplateError(`{{ ${token.words.join(' ')} }} is more than is understood here`)
      nodes.push({kind: 'value', pipe: readPipe(token.words)})
    }
    reader.at++
  }
  return nodes
}

function readBranches(reader: Reader, kind: 'if' | 'with'): Node {
  const branches: {readonly condition: Pipe; readonly body: readonly Node[]}[] = []
  let condition = wordsAt(reader).slice(1)
  for (;;) {
    reader.at++
    branches.push({condition: readPipe(condition), body: readNodes(reader)})
    const [first, second, ...more] = wordsAt(reader)
    if (first === undefined) throw new TemplateError(`{{ ${kind} }} has no end`)
    if (first === 'else' && second === undefined) {
      reader.at++
      const otherwise = readNodes(reader)
      if (wordsAt(reader)[0] !== 'end') throw new TemplateError(`{{ ${kind} }} has no end`)
      reader.at++
      return {kind, branches, otherwise}
    }
    if (first === 'end') {
      reader.at++
      return {kind, branches, otherwise: []}
    }
    condition = more
  }
}

function readPipe(words: readonly string[]): Pipe {
  const [pipe, rest] = pipeAt(words, 0)
  if (rest < words.length || pipe.some(command => command.length === 0))
    throw new TemplateError(`{{ ${words.join(' ')} }} cannot be read`)
  return pipe
}

function pipeAt(words: readonly string[], start: number): readonly [Pipe, number] {
  const commands: Operand[][] = [[]]
  let at = start
  for (; at < words.length; at++) {
    const text = words[at] ?? ''
    if (text === ')') break
    if (text === '|') commands.push([])
    else if (text === '(') {
      const [inner, end] = pipeAt(words, at + 1)
      if (words[end] !== ')') throw new TemplateError(`{{ ${words.join(' ')} }} has no )`)
      commands.at(-1)?.push({kind: 'pipe', pipe: inner})
      at = end
    } else commands.at(-1)?.push(operand(text))
  }
  return [commands, at]
}

function operand(text: string): Operand {
  if (text.startsWith('"')) return {kind: 'literal', value: unquoted(text)}
  if (text.startsWith('`')) return {kind: 'literal', value: text.slice(1, -1)}
  if (text === 'true' || text === 'false') return {kind: 'literal', value: text === 'true'}
  if (/^\d+$/.test(text)) return {kind: 'literal', value: text}
  if (/^\$?(?:\.\w+)+$|^\.$|^\$$/.test(text))
    return {kind: 'field', path: text.split('.').slice(1).filter(Boolean), root: text.startsWith('$')}
  if (/^[A-Za-z]\w*$/.test(text)) return {kind: 'function', name: text}
  throw new TemplateError(`${JSON.stringify(text)} is more than is understood here`)
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string
  } catch {
    throw new TemplateError(`${text} is not a string that is understood here`)
  }
}
