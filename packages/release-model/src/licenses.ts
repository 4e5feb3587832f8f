import {basename, dirname, join} from 'node:path'
import {type Host, isBelow} from '@mcp-release/action-kit'

/** A text that accompanies what is built from a package. */
export interface AccompanyingFile {
  /** Its name in an archive; with a folder only below `licenses/` and the like. */
  readonly name: string
  /** Absolute, links resolved. */
  readonly path: string
}

/** What was found, and which links could not be followed. */
export interface AccompanyingFiles {
  readonly files: readonly AccompanyingFile[]
  /** One sentence each, naming the file. */
  readonly problems: readonly string[]
}

// The names that https://github.com/licensee/licensee knows, and those of the REUSE specification and of Apache's NOTICE.
const license = /^(?:un)?licen[cs]es?(?:[._-].*)?$|^copying(?:[._-].*)?$|^(?:mit|apache|bsd)-licen[cs]e(?:[._-].*)?$/i
const notice =
  /^(?:notices?|copyright|patents|authors|third[-_]?party[-_]?(?:notices?|licen[cs]es?))(?:[._-](?:md|txt|rst))?$/i
const folder = /^(?:third[-_]?party[-_]?)?licen[cs]es$/i
// Programs that deal with licences are no licences.
const code = /\.(?:[cm]?[jt]sx?|py|go|rs|sh|json|ya?ml|toml|lock|html?|tmpl|tpl)$/i

/** What is said of a repository without any licence. */
export const withoutLicenseFile = {
  text: 'there is no licence (LICENSE, COPYING and the like) here or above, so nobody may use what is released',
  hint: 'Add the text of a licence to the repository; https://choosealicense.com helps to choose one.',
} as const

/** Whether a file at the top of a package is its licence, under any of the names that are in use. */
export function isLicenseFile(name: string): boolean {
  return license.test(name) && !code.test(name)
}

/** Whether it is a licence, or a notice that has to be passed on with it. */
export function isLegalFile(name: string): boolean {
  return isLicenseFile(name) || (notice.test(name) && !code.test(name))
}

/** The folders that are looked into for a package: its own, then those above, up to the repository's root. */
async function foldersUpToRoot(host: Host, directory: string): Promise<readonly string[]> {
  const folders: string[] = []
  for (let at = directory; ; at = dirname(at)) {
    folders.push(at)
    const isRoot = (await host.files.stat(join(at, '.git'))) !== undefined
    if (isRoot || at === host.workspace || !isBelow(host.workspace, at) || dirname(at) === at) return folders
  }
}

/** The files that fit in the nearest folder, from the package's own up to the repository's root, that has one. */
export async function nearestFiles(
  host: Host,
  directory: string,
  fits: (name: string) => boolean,
): Promise<AccompanyingFiles> {
  const problems: string[] = []
  const folders = await foldersUpToRoot(host, directory)
  for (const at of folders) {
    const names = (await host.files.list(at)).filter(fits)
    const files = await Promise.all(
      names.map(name => follow(host, {path: join(at, name), root: folders.at(-1) ?? at}, problems)),
    )
    const there = files.flatMap((path, index) => (path === undefined ? [] : [{name: names[index] ?? '', path}]))
    if (there.length > 0) return {files: there, problems}
  }
  return {files: [], problems}
}

/**
 * The licences and notices of a package: those in its folder, else the nearest above it in the repository, links
 * followed, and the texts in a folder `licenses` beside them.
 */
export async function licenseFiles(host: Host, directory: string): Promise<AccompanyingFiles> {
  const [licenses, notices] = await Promise.all([
    nearestFiles(host, directory, isLicenseFile),
    nearestFiles(host, directory, name => isLegalFile(name) && !isLicenseFile(name)),
  ])
  const folders = await foldersUpToRoot(host, directory)
  const more: AccompanyingFile[] = []
  for (const at of folders) {
    for (const name of (await host.files.list(at)).filter(each => folder.test(each))) {
      if ((await host.files.stat(join(at, name)))?.kind !== 'directory') continue
      const found = await host.files.find([`${name}/**`], {cwd: at})
      more.push(...found.filter(each => !code.test(each)).map(each => ({name: each, path: join(at, each)})))
    }
    if (more.length > 0) break
  }
  const files = [...licenses.files, ...notices.files, ...more]
  return {
    files: files.filter((each, index) => files.findIndex(other => other.name === each.name) === index),
    problems: [...new Set([...licenses.problems, ...notices.problems])],
  }
}

/** The file behind a path, links followed inside the repository alone. */
async function follow(
  host: Host,
  {path, root}: {readonly path: string; readonly root: string},
  problems: string[],
): Promise<string | undefined> {
  const found = await host.files.stat(path)
  if (found?.kind === 'file') return path
  if (found?.kind !== 'link') return undefined
  const real = await host.files.realPath(path).catch(() => undefined)
  const target = real === undefined ? undefined : await host.files.stat(real)
  if (real === undefined || target?.kind !== 'file') {
    problems.push(`${path}: is a link that leads to no file`)
    return undefined
  }
  if (isBelow(await host.files.realPath(root), real)) return real
  problems.push(`${path}: is a link that leads out of the repository, to ${basename(real)}`)
  return undefined
}
