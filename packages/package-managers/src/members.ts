import {record, texts} from './json'
import type {Member} from './workspace'

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

/** The name of a member. */
export function memberName({fields}: Member): string {
  return typeof fields['name'] === 'string' ? fields['name'] : ''
}

/**
 * The members of a workspace on which a package depends, in the order in which they are built: each after those that it
 * needs itself. The package is not among them.
 */
export function neededMembers(members: readonly Member[], folder: string): readonly Member[] {
  const byName = new Map(members.map(member => [memberName(member), member]))
  const ordered: Member[] = []
  const seen = new Set<string>()
  const visit = (member: Member) => {
    if (seen.has(member.folder)) return
    seen.add(member.folder)
    for (const name of dependencyNames(member.fields)) {
      const needed = byName.get(name)
      if (needed !== undefined) visit(needed)
    }
    ordered.push(member)
  }
  const start = members.find(member => member.folder === folder)
  if (start !== undefined) visit(start)
  return ordered.filter(member => member.folder !== folder)
}

function dependencyNames(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return kinds.flatMap(kind => Object.keys(record(fields[kind])))
}

/** Whether package.json has ranges that only the manager of its workspace understands. */
export function hasWorkspaceRanges(fields: Readonly<Record<string, unknown>>): boolean {
  return kinds.some(kind => Object.values(texts(fields[kind])).some(range => /^(?:workspace|catalog):/.test(range)))
}
