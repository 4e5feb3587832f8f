import {isAbsolute, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {InputError, errorText} from '@mcp-release/action-kit'
import type {InputName} from '@mcp-release/pipeline'
import {options, usage} from './options'

export {usage}

/** What the user asked for. */
export type Command =
  | {readonly kind: 'help'}
  | {readonly kind: 'version'}
  | ({readonly kind: 'snapshot'} & SnapshotOptions)
  | ({readonly kind: 'plan'} & PlanOptions)

/** What is said instead of the inputs of the workflow. */
export type WorkflowInputs = Readonly<Partial<Record<InputName, string>>>

/** What is planned: the folders, and what holds instead of what is detected or in the settings file. */
export interface Planning {
  /** Absolute paths; empty means all examples for a snapshot, the current folder for a plan. */
  readonly directories: readonly string[]
  /** What the workflow has as inputs, by their names. */
  readonly inputs: WorkflowInputs
  /** Whether submodules belong to the sources. */
  readonly submodules: boolean
}

/** The options of `mcp-release plan`. */
export interface PlanOptions extends Planning {
  readonly json: boolean
}

/** The options of `mcp-release snapshot`. */
export interface SnapshotOptions extends Planning {
  /** Absolute path of the folder to write; the default is `out/<name>` below the current folder. */
  readonly out?: string
}

type Values = ReturnType<typeof parse>['values']

/** Reads the command line; paths are taken from `cwd`. Throws an `InputError`. */
export function readArguments(argv: readonly string[], cwd: string): Command {
  const {values, positionals} = parse(argv)
  if (values.version === true) return {kind: 'version'}
  const [command, ...directories] = positionals
  if (values.help === true || command === undefined || command === 'help') return {kind: 'help'}
  if (command !== 'snapshot' && command !== 'plan') {
    throw new InputError([`${JSON.stringify(command)} is not a command`], {
      hint: 'The commands are `mcp-release plan [DIR]` and `mcp-release snapshot [DIR]`.',
    })
  }
  rejectContradictions(command, values, directories)
  const at = (path: string) => (isAbsolute(path) ? path : resolve(cwd, path))
  const planning = {
    directories: directories.map(at),
    inputs: workflowInputs(values),
    submodules: values['no-submodules'] !== true,
  }
  if (command === 'plan') return {kind: 'plan', ...planning, json: values.json === true}
  return {
    kind: 'snapshot',
    ...planning,
    ...(values.out === undefined ? {} : {out: at(values.out)}),
  }
}

function rejectContradictions(command: 'snapshot' | 'plan', values: Values, directories: readonly string[]): void {
  const problems: string[] = []
  if (directories.length > 1 && values.out !== undefined) problems.push('--out: goes with one folder, not with several')
  if (command === 'plan') {
    for (const name of ['out', 'tool-mirror'] as const)
      if (values[name] !== undefined) problems.push(`--${name}: a plan writes and downloads nothing; leave it out`)
    if (directories.length > 1) problems.push('plan: takes one folder, not several')
  } else if (values.json === true) problems.push('--json: goes with `plan`; a snapshot writes report.json')
  if (problems.length > 0) throw new InputError(problems)
}

/** The inputs that the options say; what is not said is not there. */
function workflowInputs(values: Values): WorkflowInputs {
  const inputs: Readonly<Partial<Record<InputName, string | undefined>>> = {
    tag: values.tag,
    packages: lines(values.package),
    programs: lines(values.program),
    exclude: lines(values.exclude),
    targets: lines(values.target),
    image: values['no-image'] === true ? 'never' : undefined,
    'image-platforms': lines(values['image-platform']),
    bundles: values['no-bundles'] === true ? 'never' : undefined,
    'server-args': lines(values['server-arg']),
    'server-env': lines(values['server-env']),
    executable: values.executable,
    transport: values.transport,
    'http-path': values['http-path'],
    network: values.network,
    timeout: values.timeout,
    isolation: values.isolation,
    unverified: values.unverified,
    strict: values.strict === true ? 'true' : undefined,
    changelog: values.changelog,
    'tool-mirror': values['tool-mirror'],
  }
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined)) as WorkflowInputs
}

function lines(items: readonly string[] | undefined): string | undefined {
  return items?.join('\n')
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({args: [...argv], options, allowPositionals: true})
  } catch (error) {
    throw new InputError([errorText(error)], {hint: 'See `mcp-release --help`.'})
  }
}
