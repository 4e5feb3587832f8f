import {inParallel} from '@mcp-release/action-kit'
import type {EnsuredTool} from '@mcp-release/tools'
import {join} from 'node:path'
import type {Verifier} from './check'

// Most of the time of a keyless signature is waiting for the services.
const width = 4

/** The verifiers of one run, each with a folder of its own for what cosign fetches of Sigstore's root: cosign does not lock it. */
export function makeVerifiers(tool: EnsuredTool, folder: string, rest: Omit<Verifier, 'cosign'>): readonly Verifier[] {
  return Array.from({length: width}, (_, at) => ({cosign: {tool, tufRoot: join(folder, `root-${at}`)}, ...rest}))
}

/** Does work for all items, a few at once, each with a verifier that no other one has meanwhile. */
export function inLanes<T, R>(
  items: readonly T[],
  verifiers: readonly Verifier[],
  work: (item: T, verifier: Verifier) => Promise<R>,
): Promise<readonly R[]> {
  const free = [...verifiers]
  return inParallel(items, {
    width: free.length,
    work: async item => {
      const verifier = free.pop()
      if (verifier === undefined) throw new Error('more lanes than verifiers')
      try {
        return await work(item, verifier)
      } finally {
        free.push(verifier)
      }
    },
  })
}
