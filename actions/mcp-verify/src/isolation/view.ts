import {isBelow} from '@mcp-release/action-kit'
import {join, relative} from 'node:path'
import {word} from './variables'

/** What a server sees of the files of the machine; everything else is read-only. All paths are absolute and real. */
export interface View {
  /** Folders in whose place there is an empty one of its own. */
  readonly hidden: readonly string[]
  /** Read-only, also within what is hidden. */
  readonly shown: readonly {readonly path: string; readonly kind: 'file' | 'directory'}[]
  /** Its own, to read and write. */
  readonly own: readonly string[]
  /** Files in whose place there is nothing to read: sockets of services, a file with a token. */
  readonly blank: readonly string[]
}

/** What makes a view. */
export interface PreparedView {
  /** Two functions for the first script: `hidden` tells whether a path will not be seen, `arrange` makes the view. */
  readonly functions: string
  /** What has to be there before: empty folders and files, absolute. */
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

type Sight =
  | {readonly does: 'hide'; readonly path: string; readonly by: string}
  | {readonly does: 'show' | 'own' | 'blank'; readonly path: string; readonly kind: 'file' | 'directory'}

/** Plans how a view comes about: from the outside to the inside, so that each step finds where it belongs. */
export function prepareView(view: View, folder: string): PreparedView {
  const sights = sightsOf(view, folder)
  const folders = sights.flatMap(sight => (sight.does === 'hide' ? [sight.by] : []))
  const files: string[] = []
  sights.forEach((sight, at) => {
    const outer = sights.slice(0, at).findLast(({path}) => isBelow(path, sight.path))
    if (outer?.does !== 'hide') return
    const inside = join(outer.by, relative(outer.path, sight.path))
    if (sight.does === 'hide' || sight.kind === 'directory') folders.push(inside)
    else files.push(inside)
  })
  const lines = sights.map(sight => [sight.does, word(sight.path), ...(sight.does === 'hide' ? [word(sight.by)] : [])])
  const patterns = sights.flatMap(({does, path}) => (does === 'hide' ? [`${word(path)}/*`] : []))
  const functions = [
    `hidden() { case $1 in ${['//', ...patterns].join(' | ')}) ;; *) return 1 ;; esac; }`,
    `arrange() {\n:\n${lines.map(line => line.join(' ')).join('\n')}\n}`,
  ]
  return {functions: functions.join('\n'), folders, files}
}

function sightsOf({hidden, shown, own, blank}: View, folder: string): readonly Sight[] {
  const own_ = own.map(path => ({does: 'own' as const, path, kind: 'directory' as const}))
  const isOwn = (path: string) => own.some(each => each === path || isBelow(each, path))
  const rest: Sight[] = [
    ...hidden.map((path, at) => ({does: 'hide' as const, path, by: join(folder, String(at))})),
    ...shown.map(({path, kind}) => ({does: 'show' as const, path, kind})),
    ...blank.map(path => ({does: 'blank' as const, path, kind: 'file' as const})),
  ].filter(({path}) => !isOwn(path))
  const byPath = new Map<string, Sight>()
  // Shown wins where a folder is to be hidden as well.
  for (const sight of [...rest, ...own_]) byPath.set(sight.path, sight)
  const ordered = [...byPath.values()].sort((one, other) => one.path.length - other.path.length)
  return ordered.filter((sight, at) => !isPointless(sight, ordered.slice(0, at)))
}

// What is seen already as it should be is left as it is; what is hidden already is not hidden again.
function isPointless(sight: Sight, before: readonly Sight[]): boolean {
  const outer = before.findLast(({path}) => isBelow(path, sight.path))
  if (sight.does === 'show') return outer === undefined || outer.does === 'show'
  return (sight.does === 'hide' || sight.does === 'blank') && outer?.does === 'hide'
}
