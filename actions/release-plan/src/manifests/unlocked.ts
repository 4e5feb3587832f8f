import {lockFileNames} from '@mcp-release/package-managers/locks'
import {pythonLockFiles} from '@mcp-release/mcpb/locks'
import {record, staticProject} from '@mcp-release/package-rules'
import type {PlanFinding, PlannedBundle} from '@mcp-release/release-model'
import {parse} from 'smol-toml'
import {type Tree, below, fileNameOf} from '../detected'
import type {Buildable} from '../jobs'
import {foldersAround} from './surroundings'

/** What is resolved anew at each build or start, because nothing locks it. */
export function unlocked(each: Buildable, bundle: PlannedBundle | undefined, tree: Tree): readonly PlanFinding[] {
  if (each.ecosystem === 'npm') return unlockedNpm(each, bundle, tree)
  return each.ecosystem === 'pypi' && bundle !== undefined ? unlockedPython(each, bundle, tree) : []
}

function unlockedNpm(each: Buildable, bundle: PlannedBundle | undefined, tree: Tree): readonly PlanFinding[] {
  const fields = fieldsOf(tree.texts[each.manifest])
  const kinds = ['dependencies', 'optionalDependencies', ...(isBuilt(fields) ? ['devDependencies'] : [])]
  const needs = kinds.some(kind => Object.keys(record(fields[kind])).length > 0)
  if (!needs || (bundle === undefined && !isBuilt(fields)) || hasLock(each.path, npmLocks, tree)) return []
  const inside = bundle === undefined ? '' : '; the bundle holds them'
  return [
    {
      level: 'warning',
      subject: each.manifest,
      text: `There is no lock file: the newest matching dependencies are installed${inside}`,
      hint: 'Commit the lock file of its package manager, such as package-lock.json (`npm install --package-lock-only`).',
    },
  ]
}

const npmLocks = lockFileNames.map(([name]) => name)

function isBuilt(fields: Readonly<Record<string, unknown>>): boolean {
  const scripts = record(fields['scripts'])
  return ['build', 'prepack', 'prepare'].some(name => scripts[name] !== undefined)
}

function unlockedPython(each: Buildable, bundle: PlannedBundle, tree: Tree): readonly PlanFinding[] {
  const text = tree.texts[each.manifest]
  if (text === undefined || fileNameOf(each.manifest) !== 'pyproject.toml') return []
  const project = staticProject(parse(text))
  const isLocked = hasLock(each.path, pythonLockFiles, {...tree, around: 'uv.lock'})
  if (project === undefined || project.dependencies.length === 0 || isLocked) return []
  const when = bundle.dependencies === 'uv' ? 'each time that the bundle is started anew' : 'when the bundle is made'
  return [
    {
      level: 'notice',
      subject: each.manifest,
      text: `There is no lock file: the newest matching dependencies are resolved ${when}`,
      hint: 'Commit uv.lock (`uv lock`), and the bundle has its versions.',
    },
  ]
}

// In the folder of the package, or of a workspace around it.
function hasLock(
  path: string,
  names: readonly string[],
  {files, listed = files, around}: Tree & {readonly around?: string},
): boolean {
  const all = new Set(listed)
  return foldersAround(path).some((folder, at) =>
    names.some(name => (at === 0 || around === undefined || name === around) && all.has(below(folder, name))),
  )
}

function fieldsOf(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse((text ?? '{}').replace(/^\uFEFF/, '')))
  } catch {
    return {}
  }
}
