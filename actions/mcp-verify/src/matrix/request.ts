import {type Host, type InputsOf, findFiles, outputInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type ReleaseSettings, type SdkSelection, sdkSelections} from '@mcp-release/release-model'
import type {contract} from '../action.gen'
import {type AskedVersion, parseAsked} from './interpreter'
import {type LockFile, lockFileNames, lockProblem} from './locks'

/** What is to be tried with what. */
export interface MatrixRequest {
  /** Never empty; sorted. */
  readonly asked: {readonly python: readonly AskedVersion[]; readonly node: readonly AskedVersion[]}
  /** Never empty; in the order of `sdkSelections`. */
  readonly selections: readonly SdkSelection[]
  readonly locks: readonly LockFile[]
  readonly incompatible: 'warning' | 'error'
  readonly timeoutMilliseconds: number
  /** Absolute paths of the files to write. */
  readonly files: {readonly compatibility: string | undefined; readonly notes: string | undefined}
}

type Raw = InputsOf<typeof contract>

/** What the settings of a plan say of the matrix. */
export type MatrixSettings = Pick<
  ReleaseSettings,
  'python-versions' | 'node-versions' | 'sdk-versions' | 'incompatible'
>

/**
 * Reads the inputs of the matrix; `undefined` when none asks for one. What they leave open is as the settings of a plan
 * say, which ask for no matrix by themselves: the same plan is read where single files are tried. Throws all problems at
 * once.
 */
export async function readMatrixRequest(
  raw: Raw,
  host: Host,
  planned: MatrixSettings = {},
): Promise<MatrixRequest | undefined> {
  const {lockFiles, compatibility, compatibilityNotes} = raw
  const lists = [raw.pythonVersions, raw.nodeVersions, raw.sdkVersions]
  if (lists.every(list => list.length === 0) && compatibility === undefined && compatibilityNotes === undefined) {
    return undefined
  }
  const pythonVersions = either(raw.pythonVersions, planned['python-versions'])
  const nodeVersions = either(raw.nodeVersions, planned['node-versions'])
  const sdkVersions = either(raw.sdkVersions, planned['sdk-versions'])
  const problems: string[] = []
  const selections = sdkSelections.filter(each => sdkVersions.includes(each))
  for (const item of sdkVersions) {
    if (!(sdkSelections as readonly string[]).includes(item)) {
      problems.push(`sdk-versions: ${JSON.stringify(item)} is none of ${sdkSelections.join(', ')}`)
    }
  }
  const minutes = raw.matrixTimeout
  if (minutes < 1 || minutes > 360) problems.push(`matrix-timeout: ${minutes} is not from 1 to 360 minutes`)
  const asked = {
    python: readAsked('python-versions', pythonVersions, problems),
    node: readAsked('node-versions', nodeVersions, problems),
  }
  const place = async (input: string, path: string | undefined) =>
    path === undefined ? undefined : outputInWorkspace(host, {input, path}, problems)
  const files = {
    compatibility: await place('compatibility', compatibility),
    notes: await place('compatibility-notes', compatibilityNotes),
  }
  const names = [...lockFileNames.pypi, ...lockFileNames.npm]
  const paths =
    lockFiles.length > 0
      ? await findFiles(host, {input: 'lock-files', patterns: lockFiles}, problems)
      : await host.files.find(names, {cwd: host.workspace})
  const locks = await Promise.all(paths.map(async file => ({file, text: await host.files.readText(file)})))
  problems.push(...locks.flatMap(lock => lockProblem(lock) ?? []))
  rejectProblems(problems)
  // Without a lock file, its version is only missed when somebody asked for it.
  const usual = sdkSelections.filter(each => each !== 'latest' && (each !== 'locked' || locks.length > 0))
  return {
    asked,
    selections: selections.length === 0 ? usual : selections,
    locks,
    incompatible: raw.incompatible ?? planned.incompatible ?? 'error',
    timeoutMilliseconds: minutes * 60_000,
    files,
  }
}

function either(given: readonly string[], planned: readonly string[] = []): readonly string[] {
  return given.length > 0 ? given : planned
}

function readAsked(input: string, items: readonly string[], problems: string[]): readonly AskedVersion[] {
  const example = input === 'python-versions' ? '3.13' : '22'
  const asked = items.flatMap(item => {
    const parsed = parseAsked(item)
    if (parsed === undefined) {
      problems.push(
        `${input}: ${JSON.stringify(item)} is neither a version such as ${example} nor VERSION=/path/to/program`,
      )
    }
    return parsed ?? []
  })
  const unique = new Map(asked.map(each => [`${each.version}=${each.path ?? ''}`, each]))
  const sorted = [...unique.values()].sort((one, other) => compareNumbers(one.version, other.version))
  return sorted.length === 0 ? [{version: ''}] : sorted
}

function compareNumbers(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)]
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0)
}
