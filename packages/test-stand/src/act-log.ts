/** An annotation: what `::error::` and its kind put on the run's page. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly job: string
}

/** How a step ended. */
export interface StepResult {
  readonly job: string
  readonly step: string
  readonly result: string
}

/** What a run of act left in its log. */
export interface ActLog {
  /** Results by job id, or by `id (leg)` where a matrix made several. */
  readonly jobs: Readonly<Record<string, string>>
  readonly steps: readonly StepResult[]
  readonly annotations: readonly Annotation[]
  /** Step summaries in the order of their steps. */
  readonly summaries: readonly string[]
  /** What a reader of the run's page sees, with the job before each line. */
  readonly text: string
}

interface Entry {
  readonly msg?: string
  readonly job?: string
  readonly jobID?: string
  readonly matrix?: Readonly<Record<string, unknown>>
  readonly step?: string
  readonly stepResult?: string
  readonly jobResult?: string
  readonly command?: string
  readonly arg?: string
  readonly content?: string
  readonly kvPairs?: Readonly<Record<string, string>>
}

/** Reads the output of `act --json`; lines that are no entries are kept in the text. */
export function readActLog(output: string): ActLog {
  const lines = output.split('\n').filter(line => line !== '')
  const entries = lines.map(parseEntry)
  const jobs: Record<string, string> = {}
  for (const entry of entries) {
    if (entry.jobResult !== undefined && entry.jobID !== undefined) jobs[jobName(entry)] = entry.jobResult
  }
  return {
    jobs,
    steps: entries.flatMap(entry =>
      entry.stepResult === undefined ? [] : [{job: jobName(entry), step: entry.step ?? '', result: entry.stepResult}],
    ),
    annotations: entries.flatMap(annotation),
    summaries: entries.flatMap(({command, content}) => (command === 'summary' && content ? [content] : [])),
    text: entries.filter(isForReaders).map(line).join(''),
  }
}

function parseEntry(line: string): Entry {
  if (!line.startsWith('{')) return {msg: line}
  try {
    return JSON.parse(line) as Entry
  } catch {
    return {msg: line}
  }
}

function jobName({jobID = '', matrix}: Entry): string {
  const id = matrix?.['id']
  return typeof id === 'string' ? `${jobID} (${id})` : jobID
}

const levels: readonly string[] = ['error', 'warning', 'notice']

function annotation(entry: Entry): readonly Annotation[] {
  const {command = '', arg = '', kvPairs = {}} = entry
  if (!levels.includes(command)) return []
  const {title, file} = kvPairs
  return [
    {
      level: command as Annotation['level'],
      message: arg,
      ...(title === undefined ? {} : {title}),
      ...(file === undefined ? {} : {file}),
      job: jobName(entry),
    },
  ]
}

// How act finds the folders that it was given; of interest to nobody who reads about a release.
const isForReaders = ({msg = ''}: Entry): boolean => !msg.startsWith('LocalRepositoryCache ')

function line(entry: Entry): string {
  const text = (entry.msg ?? '').replace(/\r?\n$/, '')
  return entry.jobID === undefined ? `${text}\n` : `[${jobName(entry)}] ${text}\n`
}
