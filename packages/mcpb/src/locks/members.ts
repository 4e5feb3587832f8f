import {type LockGraph, textEntries} from './graph'

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
      if (folder === undefined || fields === undefined) return graph.find(key)
      const edges = (kind: string) =>
        textEntries(fields[kind]).flatMap(([name, range]) => {
          const found = direct(folder, name, range)
          return found === undefined ? [] : [{name, key: found}]
        })
      return {
        name: String(fields['name']),
        version: String(fields['version'] ?? ''),
        required: edges('dependencies'),
        optional: edges('optionalDependencies'),
        member: folder,
      }
    },
  }
}
