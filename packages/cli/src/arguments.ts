import {isAbsolute, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {InputError, errorText} from '@mcp-release/action-kit'

/** What the user asked for. */
export type Command =
  | {readonly kind: 'help'}
  | {readonly kind: 'version'}
  | ({readonly kind: 'snapshot'} & SnapshotOptions)

/** The options of `mcp-release snapshot`. */
export interface SnapshotOptions {
  /** Absolute paths; empty means all examples. */
  readonly directories: readonly string[]
  /** Absolute path of the folder to write; the default is `out/<name>` below the current folder. */
  readonly out?: string
  readonly tag?: string
  readonly targets: readonly string[]
  readonly image: boolean
  readonly bundles: boolean
  readonly serverArgs: readonly string[]
  readonly serverEnv: readonly string[]
  readonly toolMirror?: string
}

export const usage = `mcp-release packages, verifies, signs and releases MCP servers on this machine.

Usage
  mcp-release snapshot [DIR] [options]   release DIR to an embedded forge; all examples without DIR
  mcp-release --version
  mcp-release --help

Options of snapshot
  --out DIR            where the files and the report go (default: out/<name>)
  --tag TAG            the tag to release, such as v1.2.3-rc.1 (default: the version of the packages)
  --target OS/ARCH     a platform for Go and Rust binaries; may be repeated (default: all six)
  --no-image           build no container images
  --no-bundles         make no MCP bundles (.mcpb)
  --server-arg=TEXT    an argument with which the servers are started for verification; may be repeated
  --server-env N=V     a variable with which they are started; may be repeated
  --tool-mirror URL    where pinned tools are downloaded from instead of their release pages
`

const options = {
  out: {type: 'string'},
  tag: {type: 'string'},
  target: {type: 'string', multiple: true},
  'no-image': {type: 'boolean'},
  'no-bundles': {type: 'boolean'},
  'server-arg': {type: 'string', multiple: true},
  'server-env': {type: 'string', multiple: true},
  'tool-mirror': {type: 'string'},
  help: {type: 'boolean', short: 'h'},
  version: {type: 'boolean'},
} as const

/** Reads the command line; paths are taken from `cwd`. Throws an `InputError`. */
export function readArguments(argv: readonly string[], cwd: string): Command {
  const {values, positionals} = parse(argv)
  if (values.version === true) return {kind: 'version'}
  const [command, ...directories] = positionals
  if (values.help === true || command === undefined || command === 'help') return {kind: 'help'}
  if (command !== 'snapshot')
    throw new InputError([`${JSON.stringify(command)} is no command`], {
      hint: 'The command is `mcp-release snapshot [DIR]`.',
    })
  if (directories.length > 1 && values.out !== undefined)
    throw new InputError(['--out: goes with one folder, not with several'])
  const at = (path: string) => (isAbsolute(path) ? path : resolve(cwd, path))
  return {
    kind: 'snapshot',
    directories: directories.map(at),
    ...(values.out === undefined ? {} : {out: at(values.out)}),
    ...(values.tag === undefined ? {} : {tag: values.tag}),
    targets: values.target ?? [],
    image: values['no-image'] !== true,
    bundles: values['no-bundles'] !== true,
    serverArgs: values['server-arg'] ?? [],
    serverEnv: values['server-env'] ?? [],
    ...(values['tool-mirror'] === undefined ? {} : {toolMirror: values['tool-mirror']}),
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({args: [...argv], options, allowPositionals: true})
  } catch (error) {
    throw new InputError([errorText(error)], {hint: 'See `mcp-release --help`.'})
  }
}
