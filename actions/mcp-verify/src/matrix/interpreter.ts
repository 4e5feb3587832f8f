import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'

/** A Python or Node.js on this machine. */
export interface Interpreter {
  readonly runtime: 'python' | 'node'
  /** The version as it was asked for; as it was found, when none was asked for. */
  readonly asked: string
  /** Absolute. */
  readonly path: string
  /** Exact, as the program says itself. */
  readonly version: string
  /** The variables of environment markers (PEP 508); empty for Node.js. */
  readonly environment: Readonly<Record<string, string>>
}

/** A version that this machine does not have, and what can be done. */
export interface MissingInterpreter {
  readonly runtime: 'python' | 'node'
  readonly asked: string
  readonly reason: string
  readonly hint: string
}

/** `3.13`, or `3.13=/path/to/python`; the empty text stands for whatever is on PATH. */
export interface AskedVersion {
  readonly version: string
  readonly path?: string
}

/** Reads an item of `python-versions` or `node-versions`; `undefined` when it is none. */
export function parseAsked(item: string): AskedVersion | undefined {
  const [, version, path] = /^v?(\d+(?:\.\d+){0,2})(?:\s*=\s*(.+))?$/.exec(item) ?? []
  return version === undefined ? undefined : {version, ...(path === undefined ? {} : {path})}
}

/**
 * Looks for an interpreter: at the path given, on PATH, in the runner's tool cache (where actions/setup-python and
 * actions/setup-node leave each version), where pyenv and nvm keep theirs, and by asking uv. What is found must run and say the version.
 */
export async function findInterpreter(
  host: Host,
  runtime: 'python' | 'node',
  {version, path}: AskedVersion,
): Promise<Interpreter | MissingInterpreter> {
  const title = runtime === 'python' ? 'Python' : 'Node.js'
  const places = path === undefined ? placesOf(host, runtime, version) : [() => Promise.resolve([path])]
  const seen = new Set<string>()
  let other: string | undefined
  for (const place of places) {
    for (const program of await place()) {
      if (seen.has(program)) continue
      seen.add(program)
      const found = await probe(host, runtime, program)
      if (found === undefined) continue
      if (isOf(found.version, version)) return {runtime, asked: version || found.version, path: program, ...found}
      other ??= found.version
    }
  }
  const there = other === undefined ? '' : `; found ${other}`
  return {
    runtime,
    asked: version,
    reason:
      path === undefined
        ? `${title} ${version} is not on this machine${there}`
        : `${path} is no ${title} ${version}${there}`,
    hint: `Add actions/setup-${runtime} with ${version} to the job, or say where it is: ${version}=/path/to/${runtime}.`,
  }
}

/** Whether an exact version is of an asked one: `3.1` is not the beginning of `3.13.0`. */
export function isOf(exact: string, asked: string): boolean {
  return asked === '' || exact === asked || exact.startsWith(`${asked}.`)
}

type Place = () => Promise<readonly string[]>

function placesOf(host: Host, runtime: 'python' | 'node', version: string): readonly Place[] {
  const names = runtime === 'node' ? ['node'] : [...(version === '' ? [] : [`python${version}`]), 'python3', 'python']
  const onPath = names.map(
    (name): Place =>
      async () =>
        present([await host.which(name)]),
  )
  const {RUNNER_TOOL_CACHE: cache, PYENV_ROOT: pyenv, NVM_DIR: nvm, HOME: home = ''} = host.env
  const arch = host.platform.arch === 'amd64' ? 'x64' : 'arm64'
  const kept = [
    cache === undefined ? undefined : {folder: join(cache, runtime === 'python' ? 'Python' : 'node'), below: arch},
    runtime === 'python'
      ? {folder: join(pyenv ?? join(home, '.pyenv'), 'versions'), below: '.'}
      : {folder: join(nvm ?? join(home, '.nvm'), 'versions', 'node'), below: '.'},
  ]
  const folders = version === '' ? [] : present(kept)
  return [
    ...onPath,
    ...folders.map(
      (each): Place =>
        () =>
          versionsKept(host, runtime, version, each),
    ),
    ...(runtime === 'python' && version !== '' ? [() => askUv(host, version)] : []),
  ]
}

// Folders are named by version, with or without `v`; the newest comes first.
async function versionsKept(
  host: Host,
  runtime: 'python' | 'node',
  version: string,
  {folder, below}: {readonly folder: string; readonly below: string},
): Promise<readonly string[]> {
  const windows = host.platform.os === 'windows'
  const program = windows ? `${runtime}.exe` : join('bin', runtime === 'python' ? 'python3' : 'node')
  const numbered = (await host.files.list(folder)).filter(name => isOf(name.replace(/^v/, ''), version))
  const patch = (name: string) => name.split('.').map(part => Number(part.replace(/\D/g, '')))
  const newest = [...numbered].sort((one, two) => {
    const [a, b] = [patch(one), patch(two)]
    return (b[0] ?? 0) - (a[0] ?? 0) || (b[1] ?? 0) - (a[1] ?? 0) || (b[2] ?? 0) - (a[2] ?? 0)
  })
  const programs = newest.map(name => join(folder, name, below, program))
  const there = await Promise.all(
    programs.map(async each => ((await host.files.stat(each)) === undefined ? undefined : each)),
  )
  return present(there)
}

async function askUv(host: Host, version: string): Promise<readonly string[]> {
  const uv = await host.which('uv')
  if (uv === undefined) return []
  const argv = [uv, 'python', 'find', '--no-project', '--no-python-downloads', version]
  const {exitCode, stdout} = await host.exec(argv, {quiet: true, check: false})
  return exitCode === 0 ? [stdout.trim()] : []
}

// The names are those of PEP 508.
const pythonFacts = `import json, os, platform, sys
print(json.dumps({
  "python_version": ".".join(platform.python_version_tuple()[:2]),
  "python_full_version": platform.python_version(),
  "os_name": os.name,
  "sys_platform": sys.platform,
  "platform_system": platform.system(),
  "platform_machine": platform.machine(),
  "platform_release": platform.release(),
  "platform_version": platform.version(),
  "platform_python_implementation": platform.python_implementation(),
  "implementation_name": sys.implementation.name,
  "implementation_version": platform.python_version(),
}))`

async function probe(
  host: Host,
  runtime: 'python' | 'node',
  program: string,
): Promise<Pick<Interpreter, 'version' | 'environment'> | undefined> {
  const argv = runtime === 'python' ? [program, '-I', '-c', pythonFacts] : [program, '--version']
  try {
    const {stdout} = await host.exec(argv, {quiet: true})
    if (runtime === 'node') {
      const version = /^v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1]
      return version === undefined ? undefined : {version, environment: {}}
    }
    const environment = JSON.parse(stdout) as Readonly<Record<string, string>>
    return {version: environment['python_full_version'] ?? '', environment}
  } catch {
    // A shim without anything behind it, a program of another processor: the next place may do.
    return undefined
  }
}

function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter(value => value !== undefined)
}
