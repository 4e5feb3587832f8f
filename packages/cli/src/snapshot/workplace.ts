import {mkdir, rename, rm} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {handoversFolder} from '@mcp-release/pipeline'
import {makeTemporary, mark, refuseForeign, removeRemnants, replaceable} from './own-folders'

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

/** Makes the private folders; what killed runs left, beside the output and in the temporary folder, goes away. */
export async function makeScratch(out: string, temporary?: string): Promise<Scratch> {
  await refuseForeign(out)
  await removeRemnants(out)
  const root = await makeTemporary(temporary)
  const temp = join(root, 'temp')
  const handovers = join(temp, handoversFolder)
  const partial = `${out}.partial-${process.pid}`
  await mkdir(join(root, 'source'))
  await mkdir(handovers, {recursive: true})
  await mkdir(dirname(out), {recursive: true})
  await mkdir(partial)
  await mark(partial)
  await mkdir(join(partial, 'logs'))
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
  // Whatever came there meanwhile is somebody else's.
  await refuseForeign(out)
  const before = `${out}.before-${process.pid}`
  await mkdir(dirname(out), {recursive: true})
  const replaced = await rename(out, before).then(
    () => true,
    () => false,
  )
  try {
    await rename(scratch.partial, out)
  } catch (error) {
    if (replaced) await rename(before, out)
    throw error
  }
  if (replaced) await rm(before, {recursive: true, force: true})
}

/** Keeps the logs of what failed beside the output; the name has a number where somebody else's folder has the usual one. */
export async function keepFailed(scratch: Scratch, out: string): Promise<string> {
  for (let number = 1; ; number++) {
    const failed = number === 1 ? `${out}.failed` : `${out}.failed-${number}`
    if (!(await replaceable(failed))) continue
    await rm(failed, {recursive: true, force: true})
    await rename(scratch.partial, failed)
    return failed
  }
}

/** Removes everything that has no final name. */
export async function discard(scratch: Scratch): Promise<void> {
  await rm(scratch.root, {recursive: true, force: true, maxRetries: 3})
  await rm(scratch.partial, {recursive: true, force: true})
}
