import {ActionError, type Host} from '@mcp-release/action-kit'
import {goHint, runGo} from './go-errors'

/** A package that a program is made of. */
export interface GoPackage {
  readonly path: string
  /** Its path for the linker: `main` for the program itself. */
  readonly linkPath: string
  readonly name: string
  readonly directory: string
  /** Names of the files that are compiled. */
  readonly files: readonly string[]
  readonly cgoFiles: readonly string[]
  /** Whether it belongs to the modules that are being worked on, as opposed to dependencies. */
  readonly own: boolean
  readonly standard: boolean
}

interface Listed {
  readonly ImportPath?: string
  readonly Name?: string
  readonly Dir?: string
  readonly GoFiles?: readonly string[]
  readonly CgoFiles?: readonly string[]
  readonly Standard?: boolean
  readonly DepOnly?: boolean
  readonly Module?: {readonly Main?: boolean}
  readonly Error?: {readonly Err?: string; readonly Pos?: string}
}

const fields = 'ImportPath,Name,Dir,GoFiles,CgoFiles,Standard,DepOnly,Module,Error'

/** What a listing is asked for. */
export interface PackageQuery {
  readonly directory: string
  readonly main: string
  readonly flags: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** The program and every package below it, as `go list` sees them for one platform. */
export async function listPackages(host: Host, query: PackageQuery): Promise<readonly GoPackage[]> {
  const {directory, main, flags, env} = query
  const argv = ['go', 'list', '-e', '-deps', `-json=${fields}`, ...flags, main]
  const {stdout} = await runGo(host, argv, {cwd: directory, env, quiet: true})
  const listed = readListing(stdout)
  rejectErrors(listed)
  return listed.map(each => ({
    path: each.ImportPath ?? '',
    linkPath: each.DepOnly === true ? (each.ImportPath ?? '') : 'main',
    name: each.Name ?? '',
    directory: each.Dir ?? '',
    files: [...(each.GoFiles ?? []), ...(each.CgoFiles ?? [])],
    cgoFiles: each.CgoFiles ?? [],
    own: each.Module?.Main === true,
    standard: each.Standard === true,
  }))
}

// `go list -json` prints one object behind the other.
function readListing(text: string): readonly Listed[] {
  return text
    .split(/(?<=^\}\n)/m)
    .filter(each => each.trim() !== '')
    .map(each => JSON.parse(each) as Listed)
}

function rejectErrors(listed: readonly Listed[]): void {
  const said = listed.flatMap(({ImportPath: path = '', Error: error}) => {
    const text = error?.Err ?? ''
    if (text === '') return []
    const place = error?.Pos === undefined || error.Pos === '' ? path : error.Pos
    return [text.includes(place) ? text : `${place}: ${text}`]
  })
  const unique = [...new Set(said)]
  if (unique.length === 0) return
  const hint = goHint(unique.join('\n'))
  throw new ActionError('TOOL', `go list: ${unique.slice(0, 10).join('\n')}`, hint === undefined ? {} : {hint})
}
