import {createHash} from 'node:crypto'
import {lstat, readlink, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {type Host, inParallel} from '@mcp-release/action-kit'

/**
 * Whether a folder of the tool cache is what was kept there: every file is hashed again. One that is made anew meanwhile is not.
 * What was kept before digests were written down gets one now; nothing removes it while another process may be using it.
 */
export async function isKept(host: Host, folder: string): Promise<boolean> {
  const marker = markerOf(folder)
  if ((await host.files.stat(marker))?.kind !== 'file') return false
  const kept = (await host.files.readText(marker)).trim()
  const found = await digestOf(host, folder).catch(() => undefined)
  if (kept === '' && found !== undefined) await host.files.write(marker, `${found}\n`)
  return found !== undefined && (kept === '' || kept === found)
}

/** From now on the folder counts, as it is. */
export async function keepFolder(host: Host, folder: string): Promise<void> {
  await host.files.write(markerOf(folder), `${await digestOf(host, folder)}\n`)
}

/** Removes a folder; it counts no longer even where only half of it goes. */
export async function forgetFolder(host: Host, folder: string): Promise<void> {
  await host.files.remove(markerOf(folder))
  await host.files.remove(folder)
}

const markerOf = (folder: string): string => `${folder}.complete`

/** One digest of all names, kinds, bytes and targets of links. */
async function digestOf(host: Host, folder: string): Promise<string> {
  const entries = await readdir(folder, {recursive: true}).catch(() => [])
  const lines = await inParallel(
    entries.sort((one, other) => (one < other ? -1 : 1)),
    {
      width: 16,
      work: async name => {
        const path = join(folder, name)
        const found = await lstat(path)
        if (found.isSymbolicLink()) return [name, 'link', await readlink(path)]
        return found.isFile() ? [name, 'file', found.mode & 0o111, await host.files.sha256(path)] : [name, 'folder']
      },
    },
  )
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex')
}
