import {createHash} from 'node:crypto'
import {lstat, mkdir, readdir, realpath, rm, symlink} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const day = 86_400_000

/**
 * Where act keeps work folders and, at `tool_cache`, tools. It lies outside the checkout, or package managers would find
 * the checkout's manifests above a work folder. It has the same path for all runs, because installed tools hold the path
 * that they were installed at; the tools themselves are kept in the checkout's cache.
 */
export async function actFolder(checkout: string): Promise<string> {
  const id = createHash('sha256').update(checkout).digest('hex').slice(0, 12)
  const folder = join(await realpath(tmpdir()), `mcp-release-act-${id}`)
  await mkdir(folder, {recursive: true, mode: 0o700})
  const {uid} = await lstat(folder)
  if (uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user; remove it, or set TMPDIR`)
  await removeRemnants(folder)
  const tools = join(checkout, '.cache/act-tools')
  await mkdir(tools, {recursive: true})
  await symlink(tools, join(folder, 'tool_cache')).catch(ignoreExisting)
  return folder
}

// act removes its work folders itself, unless it is killed; what is younger may belong to another run.
async function removeRemnants(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter(each => /^[0-9a-f]{16}$/.test(each))) {
    const path = join(folder, name)
    const age = Date.now() - (await lstat(path).catch(() => ({mtimeMs: Date.now()}))).mtimeMs
    if (age > day) await rm(path, {recursive: true, force: true})
  }
}

function ignoreExisting(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
}
