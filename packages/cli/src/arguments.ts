import {isAbsolute, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {InputError, errorText} from '@mcp-release/action-kit'
import {options, usage} from './options'

export {usage}

/** What the user asked for. */
export type Command =
  | {readonly kind: 'help'}
  | {readonly kind: 'version'}
  | ({readonly kind: 'snapshot'} & SnapshotOptions)
  | ({readonly kind: 'plan'} & PlanOptions)

/** What is planned: the folders, and what holds instead of what is detected or in the settings file. */
export interface Planning {
  /** Absolute paths; empty means all examples for a snapshot, the current folder for a plan. */
  readonly directories: readonly string[]
  /** Inputs of release-plan, by their names. */
  readonly inputs: Readonly<Record<string, string>>
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
  readonly toolMirror?: string
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
    inputs: planInputs(values),
    submodules: values['no-submodules'] !== true,
  }
  if (command === 'plan') return {kind: 'plan', ...planning, json: values.json === true}
  return {
    kind: 'snapshot',
    ...planning,
    ...(values.out === undefined ? {} : {out: at(values.out)}),
    ...(values['tool-mirror'] === undefined ? {} : {toolMirror: values['tool-mirror']}),
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

/** The inputs of release-plan that the options say; what is not said is not there. */
function planInputs(values: Values): Readonly<Record<string, string>> {
  const inputs: Readonly<Record<string, string | undefined>> = {
    tag: values.tag,
    packages: lines(values.package),
    programs: lines(values.program),
    'exclude-packages': lines(values.exclude),
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
    unverified: values.unverified,
    strict: values.strict === true ? 'true' : undefined,
    'changelog-section': values.changelog,
  }
  const said = Object.entries(inputs).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(said)
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
