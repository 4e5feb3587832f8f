import {createHash} from 'node:crypto'
import {lstat, mkdir, readdir, readlink, realpath, rm, symlink} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const day = 86_400_000

/**
 * Where act keeps work folders. It lies outside the checkout, or package managers would find the checkout's manifests
 * above a work folder. Its `tool_cache`, which act gives to every step, is the tool cache of the other tests.
 */
export async function actFolder(checkout: string): Promise<string> {
  const id = createHash('sha256').update(checkout).digest('hex').slice(0, 12)
  const folder = join(await realpath(tmpdir()), `mcp-release-act-${id}`)
  await mkdir(folder, {recursive: true, mode: 0o700})
  const {uid} = await lstat(folder)
  if (uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user; remove it, or set TMPDIR`)
  await removeRemnants(folder)
  const [tools, link] = [join(checkout, '.cache/tool-cache'), join(folder, 'tool_cache')]
  await mkdir(tools, {recursive: true})
  if ((await readlink(link).catch(() => undefined)) !== tools) {
    await rm(link, {recursive: true, force: true})
    await symlink(tools, link).catch(ignoreExisting)
  }
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
