import {parse as parseToml} from 'smol-toml'
import {parseDocument} from 'yaml'
import {record, textList} from '@mcp-release/package-managers/json'
import {type Tree, below} from './detected'
import {globPattern} from './glob-pattern'

/** What a file says of the packages of its workspace. */
export interface Members {
  readonly file: string
  /** Relative to the folder of the file; what begins with `!` is left out again. */
  readonly globs: readonly string[]
  /** A later one counts more than an earlier one, so that a folder may be taken in again. */
  readonly inOrder?: true
}

/** The workspace of npm, pnpm, Yarn, Bun or Lerna that begins in a folder; `undefined` when there is none. */
export function npmMembers(folder: string, {texts}: Tree): Members | undefined {
  const pnpm = below(folder, 'pnpm-workspace.yaml')
  const ofPnpm = record(read(texts[pnpm], yaml))
  // Without `packages`, the root is alone: https://pnpm.io/pnpm-workspace_yaml
  if (Array.isArray(ofPnpm['packages'])) return {file: pnpm, globs: textList(ofPnpm['packages'])}
  const manifest = below(folder, 'package.json')
  const {workspaces} = record(read(texts[manifest], json))
  const globs = Array.isArray(workspaces) ? workspaces : record(workspaces)['packages']
  if (Array.isArray(globs)) return {file: manifest, globs: textList(globs), inOrder: true}
  // https://lerna.js.org/docs/api-reference/configuration: without `packages` it takes the workspaces of its manager.
  const lerna = below(folder, 'lerna.json')
  const {packages} = record(read(texts[lerna], json))
  return Array.isArray(packages) ? {file: lerna, globs: textList(packages)} : undefined
}

/** The workspace of uv that begins in a folder: https://docs.astral.sh/uv/concepts/projects/workspaces/ */
export function uvMembers(folder: string, {texts}: Tree): Members | undefined {
  const file = below(folder, 'pyproject.toml')
  const {workspace} = record(record(record(read(texts[file], text => parseToml(text)))['tool'])['uv'])
  if (workspace === undefined) return undefined
  const {members, exclude} = record(workspace)
  return {file, globs: [...textList(members), ...textList(exclude).map(each => `!${each}`)]}
}

/** Whether a workspace has a folder below it among its packages. */
export function isMember({globs, inOrder}: Members, path: string): boolean {
  const matches = (glob: string) => globPattern(glob.replace(/^!/, '')).test(path)
  const all = inOrder === true ? globs : [...globs].sort((one, other) => negative(one) - negative(other))
  return all.reduce((is, glob) => (matches(glob) ? !glob.startsWith('!') : is), false)
}

function negative(glob: string): number {
  return glob.startsWith('!') ? 1 : 0
}

/** Why a pnpm-workspace.yaml cannot be read; `undefined` for one that can. */
export function pnpmWorkspaceProblem(file: string, {texts}: Tree): string | undefined {
  const [error] = parseDocument(texts[file] ?? '', {logLevel: 'silent'}).errors
  return error === undefined ? undefined : `${file}: cannot be read (${error.message.split('\n')[0] ?? ''})`
}

// What is wrong with it is told by itself, and half of it would name the wrong packages.
function yaml(text: string): unknown {
  const document = parseDocument(text, {logLevel: 'silent'})
  return document.errors.length > 0 ? undefined : (document.toJS({maxAliasCount: 10}) as unknown)
}

function json(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''))
}

// What is wrong with a file is told where the package itself is read.
function read(text: string | undefined, parse: (text: string) => unknown): unknown {
  try {
    return text === undefined ? undefined : parse(text)
  } catch {
    return undefined
  }
}
