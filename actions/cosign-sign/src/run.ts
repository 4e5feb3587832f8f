import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {EnsuredTool} from '@mcp-release/tools'
import type {Inputs} from './inputs'
import {prepareMaterials} from './materials'
import {type Signature, signFile} from './sign-file'
import type {Wait} from './retry'

// Most of the time of a keyless signature is waiting for the services.
const workers = 4

/** Signs all files, a few at a time; the signatures come in the order of the files. */
export async function run(
  host: Host,
  inputs: Inputs,
  {tool, wait}: {readonly tool: EnsuredTool; readonly wait?: Wait},
): Promise<readonly Signature[]> {
  const folder = await host.files.makeTemporary('cosign')
  try {
    const cosignOf = (worker: number) => ({tool, tufRoot: join(folder, `root-${worker}`)})
    const materials = await prepareMaterials(host, inputs, {cosign: cosignOf(0), folder})
    const signatures = new Map<string, Signature>()
    const queue = [...inputs.files]
    const work = async (worker: number) => {
      const context = {inputs, materials, cosign: cosignOf(worker), folder, ...(wait === undefined ? {} : {wait})}
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        signatures.set(file, await signFile(host, file, context))
      }
    }
    await settle(
      Array.from({length: Math.min(workers, queue.length)}, (_, worker) => work(worker)),
      queue,
    )
    if (inputs.publicKey !== undefined && materials.publicKey !== undefined) {
      await host.files.write(inputs.publicKey, await host.files.readBytes(materials.publicKey))
    }
    return inputs.files.flatMap(file => signatures.get(file) ?? [])
  } finally {
    await host.files.remove(folder)
  }
}

// After a failure nothing new begins, and the temporary folder stays until the others are through.
async function settle(running: readonly Promise<void>[], queue: string[]): Promise<void> {
  const watched = running.map(each =>
    each.catch((error: unknown) => {
      queue.length = 0
      throw error
    }),
  )
  for (const result of await Promise.allSettled(watched)) {
    if (result.status === 'rejected') throw result.reason
  }
}
