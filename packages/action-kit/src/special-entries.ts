import {type Dirent, type readdir as Readdir, readdir} from 'node:fs'

function readWithSpecial(
  path: string,
  options: {readonly withFileTypes: true},
  done: (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void,
): void {
  readdir(path, options, (error, entries) => {
    done(error, error === null ? entries.map(asFile) : entries)
  })
}

function asFile(entry: Dirent): Dirent {
  if (entry.isFile() || entry.isDirectory()) return entry
  const shown = {isFile: () => true, isSymbolicLink: () => false, isDirectory: () => false}
  return Object.assign(Object.create(entry) as Dirent, shown)
}

/** As `readdir`, but links, named pipes, sockets and devices look like files. */
export const readdirWithSpecial = readWithSpecial as typeof Readdir
