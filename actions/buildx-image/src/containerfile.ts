/** What a Containerfile says that the action must know; nothing is built or expanded for it. */
export interface Containerfile {
  /** Names of all `ARG` instructions. */
  readonly args: ReadonlySet<string>
  /** Names of stages in order, in lower case; `''` for one without a name. */
  readonly stages: readonly string[]
  /** Labels of the stage that is built, as far as they are plain texts; `undefined` for one that holds a variable. */
  readonly labels: ReadonlyMap<string, string | undefined>
}

interface Instruction {
  readonly name: string
  readonly rest: string
}

interface Stage {
  readonly name: string
  readonly base: string
  readonly labels: Map<string, string | undefined>
}

/** Reads a Containerfile; `target` is the name or the number of the stage to build, the last one without it. */
export function readContainerfile(text: string, target?: string): Containerfile {
  const args = new Set<string>()
  const stages: Stage[] = []
  for (const {name, rest} of instructions(text)) {
    if (name === 'ARG') for (const [key] of pairs(rest)) args.add(key)
    if (name === 'FROM') stages.push(stageOf(rest))
    if (name === 'LABEL') for (const [key, value] of pairs(rest)) stages.at(-1)?.labels.set(key, literal(value))
  }
  const names = stages.map(stage => stage.name)
  return {args, stages: names, labels: inheritedLabels(stages, target)}
}

/** Whether a stage of that name or number is there. */
export function hasStage({stages}: Containerfile, target: string): boolean {
  return /^\d+$/.test(target) ? Number(target) < stages.length : stages.includes(target.toLowerCase())
}

function stageOf(rest: string): Stage {
  const [, base = '', name = ''] = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(rest) ?? []
  return {name: name.toLowerCase(), base: base.toLowerCase(), labels: new Map()}
}

// A stage has the labels of the stage that it is built on.
function inheritedLabels(stages: readonly Stage[], target: string | undefined): Map<string, string | undefined> {
  const wanted = target?.toLowerCase()
  const named = stages.findLastIndex(stage => stage.name !== '' && stage.name === wanted)
  const at = wanted === undefined ? stages.length - 1 : named >= 0 || !/^\d+$/.test(wanted) ? named : Number(wanted)
  const stage = stages[at]
  if (stage === undefined) return new Map()
  const earlier = stages.slice(0, at)
  return new Map([...(earlier.length === 0 ? [] : inheritedFrom(earlier, stage.base)), ...stage.labels])
}

function inheritedFrom(earlier: readonly Stage[], base: string): Map<string, string | undefined> {
  return earlier.some(stage => stage.name !== '' && stage.name === base)
    ? inheritedLabels(earlier, base)
    : new Map<string, undefined>()
}

// Lines joined over their continuations, without comments and the bodies of here-documents.
function* instructions(text: string): Generator<Instruction> {
  let whole = ''
  let marks: string[] = []
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (marks.length > 0) {
      if (line.replace(/^\t+/, '') === marks[0]) marks = marks.slice(1)
      continue
    }
    if (/^\s*(?:#|$)/.test(line)) continue
    const [, start] = /^(.*)\\[ \t]*$/.exec(line) ?? []
    whole += start === undefined ? line : `${start} `
    if (start !== undefined) continue
    const [, name = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(whole) ?? []
    yield {name: name.toUpperCase(), rest: rest.trim()}
    if (/^(?:RUN|COPY|ADD)$/i.test(name))
      marks = [...rest.matchAll(/(?<!<)<<-?["']?([A-Za-z_]\w*)/g)].map(([, mark = '']) => mark)
    whole = ''
  }
}

// `A=1 B="two words" C`, and the old form `A two words` of LABEL.
function pairs(rest: string): readonly (readonly [string, string])[] {
  const words = [...rest.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) => word)
  const first = words[0]
  if (first !== undefined && words.length > 1 && !words.some(word => word.includes('=')))
    return words.length === 2 ? [[unquoted(first), words[1] ?? '']] : words.map(word => [unquoted(word), ''])
  return words.map(word => {
    const equals = word.indexOf('=')
    return equals < 0 ? [unquoted(word), ''] : [unquoted(word.slice(0, equals)), word.slice(equals + 1)]
  })
}

function literal(value: string): string | undefined {
  return /(?<!\\)\$/.test(value) && !value.startsWith("'") ? undefined : unquoted(value)
}

function unquoted(word: string): string {
  return word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
    double !== undefined ? double.replace(/\\(["\\$])/g, '$1') : (single ?? escaped ?? ''),
  )
}
