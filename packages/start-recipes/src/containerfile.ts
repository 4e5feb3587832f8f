import {type ShellCommand, shellCommands} from './shell-words'

/** What the last stage of a Containerfile starts, and with which variables. */
export interface ContainerStart {
  /** Empty where nothing is started. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly port?: number
  /** The line that says what is started, counted from 1. */
  readonly line: number
}

interface Stage {
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  /** A shell form of ENTRYPOINT takes nothing from CMD. */
  readonly shell: boolean
  readonly env: Readonly<Record<string, string>>
  /** What only the build knows. */
  readonly args: Readonly<Record<string, string>>
  readonly port?: number
  readonly line: number
}

const empty: Stage = {entrypoint: [], command: [], shell: false, env: {}, args: {}, line: 1}

/** Reads ENTRYPOINT, CMD, ENV and EXPOSE of the last stage and of those it is made from (https://docs.docker.com/reference/dockerfile/). */
export function containerStart(text: string): ContainerStart {
  const stages = new Map<string, Stage>()
  let stage = empty
  let name = ''
  for (const {verb, rest, line} of containerInstructions(text)) {
    if (verb === 'FROM') {
      const [from = '', , as = ''] = rest.split(/\s+/).filter(word => !word.startsWith('--'))
      stage = stages.get(from.toLowerCase()) ?? empty
      name = as.toLowerCase()
    } else stage = changed(stage, {verb, rest, line})
    if (name !== '') stages.set(name, stage)
  }
  const {entrypoint, command, shell, env, port, line} = stage
  const argv = shell ? entrypoint : [...entrypoint, ...command]
  return {argv: argv.map(word => filled(word, stage)), env, line, ...(port === undefined ? {} : {port})}
}

/** One instruction of a Containerfile, its continued lines joined. */
export interface Instruction {
  readonly verb: string
  readonly rest: string
  readonly line: number
}

/** The instructions of a Containerfile. */
export function containerInstructions(text: string): readonly Instruction[] {
  const found: Instruction[] = []
  const lines = text.slice(0, 256 * 1024).split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1
    const words: string[] = []
    for (; at < lines.length; at++) {
      const each = lines[at] ?? ''
      if (/^\s*#/.test(each) || (words.length > 0 && each.trim() === '')) continue
      words.push(each.replace(/\\\s*$/, '').trim())
      if (!/\\\s*$/.test(each)) break
    }
    const [, verb = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(words.join(' ')) ?? []
    if (verb !== '') found.push({verb: verb.toUpperCase(), rest, line})
    const here = /<<-?"?'?(\w+)/.exec(rest)?.[1]
    if (here !== undefined && /^(?:RUN|COPY|ADD)$/i.test(verb))
      while (at + 1 < lines.length && lines[++at]?.trim() !== here);
  }
  return found
}

function changed(stage: Stage, {verb, rest, line}: Instruction): Stage {
  if (verb === 'ENTRYPOINT') {
    const {argv, shell} = commandOf(rest)
    // A new entrypoint drops the CMD that an earlier stage had.
    return {...stage, entrypoint: argv, command: [], shell, line}
  }
  if (verb === 'CMD')
    return {...stage, command: commandOf(rest).argv, line: stage.entrypoint.length === 0 ? line : stage.line}
  if (verb === 'ENV') return {...stage, env: {...stage.env, ...variables(rest, stage)}}
  if (verb === 'ARG') return {...stage, args: {...stage.args, ...(rest.includes('=') ? variables(rest, stage) : {})}}
  const port = verb === 'EXPOSE' ? /^\d+/.exec(filled(rest, stage))?.[0] : undefined
  return port === undefined ? stage : {...stage, port: Number(port)}
}

function commandOf(rest: string): {readonly argv: readonly string[]; readonly shell: boolean} {
  if (rest.startsWith('[')) {
    try {
      const argv: unknown = JSON.parse(rest)
      if (Array.isArray(argv)) return {argv: argv.map(String), shell: false}
    } catch {
      // Docker too takes a broken list as the shell form.
    }
  }
  const commands: readonly ShellCommand[] = shellCommands(rest)
  const words = commands.at(-1)?.words ?? []
  return {argv: words[0] === 'exec' ? words.slice(1) : words, shell: true}
}

function variables(rest: string, stage: Stage): Readonly<Record<string, string>> {
  const words = shellCommands(rest)[0]?.words ?? []
  const [first = ''] = words
  if (!first.includes('=')) return words.length < 2 ? {} : {[first]: filled(rest.slice(first.length).trim(), stage)}
  const pairs = words.filter(word => word.includes('='))
  return Object.fromEntries(
    pairs.map(word => [word.slice(0, word.indexOf('=')), filled(word.slice(word.indexOf('=') + 1), stage)]),
  )
}

// https://docs.docker.com/reference/dockerfile/#environment-replacement; what nothing sets stays as it is.
function filled(text: string, {env, args}: Stage): string {
  const known = {...args, ...env}
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^{}]*))?\}|([A-Za-z_]\w*))/g,
    (whole, braced?: string, fallback?: string, plain?: string) => {
      const name = braced ?? plain ?? ''
      return Object.hasOwn(known, name) ? (known[name] ?? '') : (fallback?.replace(/^"(.*)"$/, '$1') ?? whole)
    },
  )
}
