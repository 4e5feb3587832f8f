import {join} from 'node:path'
import {type Host, isBelow} from '@mcp-release/action-kit'
import {isNpmRange, textIfThere} from '@mcp-release/release-model'
import {parse} from 'yaml'
import type {ManagerFacts} from './choose'
import {record} from './json'
import {readWorkspace} from './workspace'

/** Reads what the choice of a manager depends on. */
export async function readManagerFacts(
  host: Host,
  directory: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<ManagerFacts> {
  const workspace = await readWorkspace(host, directory)
  const {root} = workspace
  const lockTexts: Record<string, string> = {}
  for (const {name} of workspace.locks)
    if (!name.endsWith('.lockb')) lockTexts[name] = (await textIfThere(host, join(root, name))) ?? ''
  const yarnrc = await textIfThere(host, join(root, '.yarnrc.yml'))
  const yarnRelease = await checkedInYarn(host, root, yarnrc)
  const bunVersion = (await textIfThere(host, join(root, '.bun-version')))?.trim()
  return {
    fields,
    workspace,
    lockTexts,
    pnpmWorkspace: !workspace.apart && (await host.files.stat(join(root, 'pnpm-workspace.yaml'))) !== undefined,
    yarnrcYml: yarnrc !== undefined,
    ...(yarnRelease === undefined ? {} : {yarnRelease}),
    ...(bunVersion !== undefined && bunVersion !== '' && isNpmRange(bunVersion) ? {bunVersion} : {}),
  }
}

// `yarnPath` of Yarn 2 and newer, `yarn-path` of Yarn 1: each starts that file in its own place.
async function checkedInYarn(host: Host, root: string, yarnrc: string | undefined): Promise<string | undefined> {
  const classic = await textIfThere(host, join(root, '.yarnrc'))
  const [, ofClassic = ''] = /^yarn-path\s+["']?([^"'\n]+)/m.exec(classic ?? '') ?? []
  const named = yarnPath(yarnrc) ?? ofClassic
  if (named === '') return undefined
  const path = join(root, named)
  if (!isBelow(root, path) || (await host.files.stat(path))?.kind !== 'file') return undefined
  return path
}

function yarnPath(yarnrc: string | undefined): string | undefined {
  try {
    const {yarnPath: path} = record(parse(yarnrc ?? ''))
    return typeof path === 'string' ? path : undefined
  } catch {
    return undefined
  }
}
