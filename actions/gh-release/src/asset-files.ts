import {basename, isAbsolute, join, relative, sep} from 'node:path'
import {type Host, inParallel, pathInWorkspace} from '@mcp-release/action-kit'
import {type LocalFile, githubAssetName} from '@mcp-release/github'
import {type FileLine, separated} from './file-line'
import {pathFrom} from './working-folder'

/** GitHub's limit for one file. */
const largest = 2 ** 31
/** GitHub's limit for one release. */
const most = 1000

/** What is looked for. */
export interface FileRequest {
  /** Absolute path of the folder where patterns start. */
  readonly folder: string
  readonly files: readonly FileLine[]
  readonly exclude: readonly string[]
  readonly onUnmatched: 'error' | 'warning'
  readonly onEmpty: 'error' | 'warning' | 'ignore'
}

type Found = Omit<LocalFile, 'sha256'> & {readonly shown: string}

/** All files with their final names, sizes and digests, sorted by name; adds every problem that GitHub would have. */
export async function gatherFiles(host: Host, request: FileRequest, problems: string[]): Promise<readonly LocalFile[]> {
  const found = new Map<string, Found>()
  for (const given of request.files) {
    for (const line of await dividedLine(host, given, request)) {
      for (const file of await filesOf(host, {line, request}, problems)) keep(found, file, problems)
    }
  }
  const files = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  if (files.length > most) problems.push(`files: ${files.length} files, but a release has at most ${most}`)
  if (problems.length > 0) return []
  return inParallel(files, {
    width: 4,
    work: async ({shown: _, ...file}) => ({...file, sha256: await host.files.sha256(file.path)}),
  })
}

// Other actions divide patterns by commas. A line that finds something as it stands is meant so: names may have commas.
async function dividedLine(host: Host, line: FileLine, request: FileRequest): Promise<readonly FileLine[]> {
  const parts = line.name === undefined ? separated(line.pattern) : []
  if (parts.length < 2 && !line.pattern.endsWith(',')) return [line]
  if ((await pathsOf(host, line.pattern, request)).length > 0) return [line]
  return parts.map(pattern => ({...line, pattern}))
}

function keep(found: Map<string, Found>, file: Found, problems: string[]): void {
  const before = found.get(file.name)
  if (before !== undefined && before.path !== file.path) {
    problems.push(`files: ${before.shown} and ${file.shown} would both be the asset ${JSON.stringify(file.name)}`)
  }
  if (before === undefined) found.set(file.name, file)
}

async function filesOf(
  host: Host,
  {line, request}: {readonly line: FileLine; readonly request: FileRequest},
  problems: string[],
): Promise<readonly Found[]> {
  const paths = await pathsOf(host, line.pattern, request)
  const special = await specialOf(host, line.pattern, {request, paths})
  const quoted = JSON.stringify(line.pattern)
  for (const path of special)
    problems.push(`files: ${JSON.stringify(path)} is a link or no plain file: name the file itself, or leave it out`)
  if (paths.length + special.length === 0) {
    const isFolder = (await host.files.stat(join(request.folder, line.pattern)))?.kind === 'directory'
    const text = `files: ${quoted} ${isFolder ? folderRemedy(line.pattern) : `matches no file in ${request.folder}`}`
    if (request.onUnmatched === 'error') problems.push(text)
    else host.warning(text)
  }
  if (line.name !== undefined && paths.length > 1)
    problems.push(
      `files: ${quoted} matches ${paths.length} files, which cannot all be named ${JSON.stringify(line.name)}`,
    )
  // Side by side, for each file takes several looks; told in the order of the files.
  const look = async (path: string) => {
    const told: Told = {problems: [], warnings: []}
    return {...told, file: await describe(host, {path, line, request}, told)}
  }
  const looks = await inParallel(paths, {width: 16, work: look})
  for (const each of looks) {
    problems.push(...each.problems)
    for (const warning of each.warnings) host.warning(warning)
  }
  return looks.flatMap(({file}) => file ?? [])
}

function folderRemedy(pattern: string): string {
  const folder = pattern.replace(/\/+$/, '')
  return `is a folder, not a file; \`${folder}/**\` releases the files in it, and \`tar -czf ${basename(folder)}.tar.gz ${folder}\` in a step before makes an archive of it`
}

interface Told {
  readonly problems: string[]
  readonly warnings: string[]
}

async function pathsOf(
  host: Host,
  pattern: string,
  {folder, exclude}: Pick<FileRequest, 'folder' | 'exclude'>,
): Promise<readonly string[]> {
  const find = (glob: string) =>
    host.files.find([globBelow(folder, glob)], {cwd: folder, ignore: exclude.map(each => globBelow(folder, each))})
  // A file may be named like a pattern: `notes [1].txt`.
  const kind = (await host.files.stat(isAbsolute(pattern) ? pattern : join(folder, pattern)))?.kind
  // Patterns do not follow links; one that is named is meant.
  if (kind === 'link') return [globBelow(folder, pattern)]
  if (kind !== 'file') return find(pattern)
  return find(pattern.replaceAll(/[\\[\]{}()*?!+@|]/g, sep === '\\' ? '?' : '\\$&'))
}

// What a pattern means besides files: it is not left out silently.
async function specialOf(
  host: Host,
  pattern: string,
  {request, paths}: {readonly request: FileRequest; readonly paths: readonly string[]},
): Promise<readonly string[]> {
  const {folder, exclude} = request
  const ignore = exclude.map(each => globBelow(folder, each))
  const found = await host.files.find([globBelow(folder, pattern)], {cwd: folder, ignore, special: true})
  return found.filter(path => !paths.includes(path))
}

function globBelow(folder: string, pattern: string): string {
  const way = isAbsolute(pattern) ? relative(folder, pattern).split(sep).join('/') : pattern
  return way.replace(/^\.\//, '')
}

async function describe(
  host: Host,
  {path, line, request}: {readonly path: string; readonly line: FileLine; readonly request: FileRequest},
  {problems, warnings}: Told,
): Promise<Found | undefined> {
  const real = await host.files.realPath(
    await pathInWorkspace(host, {input: 'files', path: pathFrom(host, request.folder, path)}, problems),
  )
  const stat = await host.files.stat(real)
  const shown = JSON.stringify(path)
  if (stat?.kind !== 'file') {
    problems.push(`files: ${shown} is no regular file`)
    return undefined
  }
  if (stat.size > largest) problems.push(`files: ${shown} has ${stat.size} bytes; GitHub takes at most ${largest}`)
  if (stat.size === 0) {
    if (request.onEmpty === 'error') problems.push(`files: ${shown} is empty; GitHub takes no empty file`)
    if (request.onEmpty === 'warning') warnings.push(`${shown} is empty and left out`)
    return undefined
  }
  const wish = line.name ?? basename(path)
  const name = githubAssetName(wish)
  if (!/[\w-]/.test(name)) problems.push(`files: ${shown} has no letter or digit that GitHub keeps in a name`)
  // GitHub shows the label in place of the name.
  const label = line.label ?? (name === wish ? undefined : wish)
  return {path: real, name, size: stat.size, shown, ...(label === undefined ? {} : {label})}
}
