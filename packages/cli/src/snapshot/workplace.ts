import {mkdir, mkdtemp, readFile, readdir, realpath, rename, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {InputError} from '@mcp-release/action-kit'
import {handoversFolder} from '@mcp-release/pipeline'

/** Where the steps leave what a snapshot reads; each hand-over of the pipeline has a folder of its name. All absolute. */
export interface Folders {
  readonly handovers: string
  readonly plan: string
  /** The files of the release, without their signatures. */
  readonly files: string
  readonly signatures: string
  readonly publicKey: string
}

/** The private folders of one snapshot. All absolute. */
export interface Scratch {
  readonly root: string
  /** The copy of the sources: the workspace of every step. */
  readonly source: string
  /** The runner's temporary folder; the hand-overs lie in it. */
  readonly temp: string
  readonly folders: Folders
  /** Becomes the output folder by one rename at the end. */
  readonly partial: string
}

const report = 'report.json'

/** Makes the private folders; what an interrupted run left beside the output goes away. */
export async function makeScratch(out: string): Promise<Scratch> {
  await refuseForeign(out)
  await removeRemnants(out)
  const root = await realpath(await mkdtemp(join(tmpdir(), 'mcp-release-')))
  const temp = join(root, 'temp')
  const handovers = join(temp, handoversFolder)
  const partial = `${out}.partial-${process.pid}`
  await mkdir(join(root, 'source'))
  await mkdir(handovers, {recursive: true})
  await mkdir(join(partial, 'logs'), {recursive: true})
  return {
    root,
    source: join(root, 'source'),
    temp,
    partial,
    folders: {
      handovers,
      plan: join(handovers, 'release-plan/release-plan.json'),
      files: join(handovers, 'assembled/files'),
      signatures: join(handovers, 'signatures/files'),
      publicKey: join(temp, 'cosign.pub'),
    },
  }
}

/** Gives the finished folder its name; the snapshot that was there before is replaced in one step. */
export async function keep(scratch: Scratch, out: string): Promise<void> {
  const before = `${out}.before-${process.pid}`
  await mkdir(dirname(out), {recursive: true})
  const replaced = await rename(out, before).then(
    () => true,
    () => false,
  )
  await rename(scratch.partial, out)
  if (replaced) await rm(before, {recursive: true, force: true})
}

/** Removes everything that has no final name. */
export async function discard(scratch: Scratch): Promise<void> {
  await rm(scratch.root, {recursive: true, force: true, maxRetries: 3})
  await rm(scratch.partial, {recursive: true, force: true})
}

// An output folder is replaced as a whole, so it must be ours.
async function refuseForeign(out: string): Promise<void> {
  const names = await readdir(out).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new InputError([`--out: ${JSON.stringify(out)} is not a folder that can be written`])
  })
  if (names.length === 0) return
  const text = await readFile(join(out, report), 'utf8').catch(() => '')
  if (!text.includes('"schemaVersion"')) {
    throw new InputError([`--out: ${JSON.stringify(out)} holds files that no snapshot made`], {
      hint: 'Choose another folder, or empty this one.',
    })
  }
}

async function removeRemnants(out: string): Promise<void> {
  const pattern = new RegExp(`^${basename(out).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.(partial|before)-(\\d+)$`)
  for (const name of await readdir(dirname(out)).catch(() => [])) {
    const [, , pid] = pattern.exec(name) ?? []
    if (pid !== undefined && !(await isAlive(Number(pid))))
      await rm(join(dirname(out), name), {recursive: true, force: true})
  }
}

async function isAlive(pid: number): Promise<boolean> {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return process.platform === 'linux' && (await stat(`/proc/${pid}`).catch(() => undefined)) !== undefined
  }
}
