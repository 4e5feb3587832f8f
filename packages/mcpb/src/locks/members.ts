import {type LockGraph, type LockedPackage, textEntries, textOf} from './graph'

/** A package of the same workspace. */
export interface WorkspaceMember {
  /** Relative to the lock file. */
  readonly folder: string
  readonly fields: Readonly<Record<string, unknown>>
}

const prefix = 'member:'

/** Adds the packages of the workspace, of which yarn.lock of Yarn 1 says nothing. */
export function withMembers(graph: LockGraph, members: readonly WorkspaceMember[]): LockGraph {
  const direct: LockGraph['direct'] = (folder, name, range) => {
    const found = graph.direct(folder, name, range)
    const member = found === undefined ? members.find(({fields}) => fields['name'] === name) : undefined
    return member === undefined ? found : `${prefix}${member.folder}`
  }
  return {
    direct,
    find: key => {
      const folder = key.startsWith(prefix) ? key.slice(prefix.length) : undefined
      const fields = members.find(each => each.folder === folder)?.fields
      if (folder === undefined || fields === undefined) return named(graph.find(key), members)
      const edges = (kind: string) =>
        textEntries(fields[kind]).flatMap(([name, range]) => {
          const found = direct(folder, name, range)
          return found === undefined ? [] : [{name, key: found}]
        })
      return {
        name: textOf(fields['name']),
        version: textOf(fields['version']),
        required: edges('dependencies'),
        optional: edges('optionalDependencies'),
        member: folder,
      }
    },
  }
}

// pnpm-lock.yaml knows them by their folders alone.
function named(found: LockedPackage | undefined, members: readonly WorkspaceMember[]): LockedPackage | undefined {
  if (found?.member === undefined) return found
  const name = textOf(members.find(each => each.folder === found.member)?.fields['name'])
  return name === '' ? found : {...found, name}
}
