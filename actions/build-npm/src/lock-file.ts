import {dirname, join, relative} from 'node:path'
import {type Host, isBelow} from '@mcp-release/action-kit'
import {textIfThere} from '@mcp-release/release-model'
import {record} from './manifest'

/** The programs that install dependencies. */
export type Manager = 'npm' | 'pnpm' | 'yarn'

/** A lock file that covers the package, its own or that of the monorepo around it. */
export interface LockFile {
  readonly manager: Manager
  readonly folder: string
  readonly name: string
}

const names: readonly (readonly [string, Manager])[] = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
]

/** The nearest lock file, up to the workspace; one further up counts only if its package has this one as a member. */
export async function findLockFile(host: Host, directory: string): Promise<LockFile | undefined> {
  for (let folder = directory; isBelow(host.workspace, folder); folder = dirname(folder)) {
    for (const [name, manager] of names) {
      if ((await host.files.stat(join(folder, name))) === undefined) continue
      if (folder === directory || (await isMember(host, folder, directory))) return {manager, folder, name}
    }
    if (folder === dirname(folder)) break
  }
  return undefined
}

async function isMember(host: Host, root: string, directory: string): Promise<boolean> {
  const patterns = await memberPatterns(host, root)
  const [excluded, included] = [true, false].map(negative => patterns.filter(each => each.startsWith('!') === negative))
  const manifests = (list: readonly string[] = []) =>
    list.map(each => `${each.replace(/^!?(?:\.\/)*/, '').replace(/\/+$/, '')}/package.json`)
  const ignore = ['**/node_modules/**', ...manifests(excluded)]
  const found = await host.files.find(manifests(included), {cwd: root, ignore})
  return found.includes(relative(root, join(directory, 'package.json')).replaceAll('\\', '/'))
}

async function memberPatterns(host: Host, root: string): Promise<readonly string[]> {
  const pnpm = await textIfThere(host, join(root, 'pnpm-workspace.yaml'))
  if (pnpm !== undefined) return pnpmPatterns(pnpm)
  const text = await textIfThere(host, join(root, 'package.json'))
  const workspaces = readJson(text ?? '{}')['workspaces']
  const list = Array.isArray(workspaces) ? workspaces : record(workspaces)['packages']
  return Array.isArray(list) ? list.filter(each => typeof each === 'string') : []
}

/** The list `packages` of a pnpm-workspace.yaml, which pnpm writes as a plain block of `- pattern` lines. */
export function pnpmPatterns(text: string): readonly string[] {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex(line => /^packages:\s*(?:#.*)?$/.test(line))
  if (start === -1) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(line => /^[^\s#-]/.test(line))
  return rest.slice(0, end === -1 ? undefined : end).flatMap(line => {
    const [, item] = /^\s*-\s+(\S.*)$/.exec(line) ?? []
    return item === undefined
      ? []
      : [
          item
            .replace(/\s#.*$/, '')
            .trim()
            .replace(/^(['"])(.*)\1$/, '$2'),
        ]
  })
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text))
  } catch {
    return {}
  }
}
