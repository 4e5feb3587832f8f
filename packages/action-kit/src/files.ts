import {createHash, randomUUID} from 'node:crypto'
import {
  chmod,
  copyFile,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import {basename, dirname, isAbsolute, join} from 'node:path'
import {type GlobOptions, glob} from 'tinyglobby'
import {readdirWithSpecial} from './special-entries'
import type {FileStat, Files} from './host'

const partialSuffix = '.partial'

/** The real file system, with relative paths taken from the workspace. */
export function realFiles(workspace: string, temp: string): Files {
  const at = (path: string) => (isAbsolute(path) ? path : join(workspace, path))
  return {
    readText: path => readFile(at(path), 'utf8'),
    readBytes: path => readFile(at(path)),
    readStart: (path, length) => readStart(at(path), length),
    write: (path, content, mode = 0o644) => writeWhole(at(path), content, mode),
    stat: path => statOf(at(path)),
    list: async path => (await readdir(at(path)).catch(emptyWhenMissing)).sort(),
    find: async (patterns, {cwd, ignore = [], special = false}) => {
      const options = {
        cwd: at(cwd),
        // What another step is still writing is no file yet.
        ignore: [...ignore, `**/.*${partialSuffix}`],
        dot: true,
        followSymbolicLinks: false,
        expandDirectories: false,
      }
      return (special ? await findSpecial(patterns, options) : await glob([...patterns], options)).sort()
    },
    copy: async (from, to) => {
      await mkdir(dirname(at(to)), {recursive: true})
      const isFile = (await lstat(at(from))).isFile()
      await (isFile ? copyFile(at(from), at(to)) : cp(at(from), at(to), {recursive: true, verbatimSymlinks: true}))
    },
    move: (from, to) => moveWhole(at(from), at(to)),
    remove: path => removeAll(at(path)),
    makeDirectory: async path => {
      await mkdir(at(path), {recursive: true})
    },
    makeTemporary: async prefix => {
      await mkdir(temp, {recursive: true})
      return mkdtemp(join(temp, `${prefix}-`))
    },
    sha256: path => sha256(at(path)),
    realPath: path => realPathOf(at(path)),
  }
}

// tinyglobby passes over what is neither a file nor a folder, so that it is shown to it as a file.
async function findSpecial(
  patterns: readonly string[],
  options: GlobOptions & {readonly cwd: string},
): Promise<string[]> {
  const found = await glob([...patterns], {...options, fs: {readdir: readdirWithSpecial}})
  const kinds = await Promise.all(found.map(path => statOf(join(options.cwd, path))))
  return found.filter((_, at) => ['link', 'other'].includes(kinds[at]?.kind ?? ''))
}

// What a program wrote that is not ours may be closed to its owner, too.
async function removeAll(path: string): Promise<void> {
  const options = {recursive: true, force: true, maxRetries: 3}
  try {
    await rm(path, options)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    await openFolders(path)
    await rm(path, options)
  }
}

async function openFolders(folder: string): Promise<void> {
  if (!(await lstat(folder)).isDirectory()) return
  await chmod(folder, 0o700)
  for (const name of await readdir(folder)) await openFolders(join(folder, name))
}

async function readStart(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function writeWhole(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  await mkdir(dirname(path), {recursive: true})
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}${partialSuffix}`)
  try {
    await writeFile(partial, content, {mode})
    await rename(partial, path)
  } catch (error) {
    await rm(partial, {force: true})
    throw error
  }
}

async function moveWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), {recursive: true})
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const partial = join(dirname(to), `.${basename(to)}.${randomUUID()}${partialSuffix}`)
    await cp(from, partial, {recursive: true, verbatimSymlinks: true})
    await rename(partial, to)
    await rm(from, {recursive: true})
  }
}

async function statOf(path: string): Promise<FileStat | undefined> {
  try {
    const found = await lstat(path)
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : found.isSymbolicLink() ? 'link' : 'other'
    return {kind, size: found.size, mode: found.mode & 0o777}
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path)
  try {
    // One buffer for the whole file; a stream would make a new one for each small piece.
    const {size} = await file.stat()
    const buffer = Buffer.allocUnsafeSlow(Math.min(Math.max(size, 4096), 512 * 1024))
    for (;;) {
      const {bytesRead} = await file.read(buffer, 0, buffer.length, null)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    const isAbsent = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (!isAbsent || dirname(path) === path) throw error
    return join(await realPathOf(dirname(path)), basename(path))
  }
}

function emptyWhenMissing(error: unknown): string[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
  throw error
}
