/** How many at once, and what is done with each. */
export interface ParallelWork<T, R> {
  readonly width: number
  readonly work: (item: T, signal: AbortSignal) => Promise<R>
  /** Gets the results in the order of the items, each as soon as all before it are there. */
  readonly tell?: (result: R) => void
}

/**
 * Does `work` for all items, at most `width` at once, results in the order of the items. The first failure stops what has
 * not begun, tells the rest through the signal, waits for it, and is thrown.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  {width, work, tell = () => undefined}: ParallelWork<T, R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const failures: unknown[] = []
  const stop = new AbortController()
  const queue = items.entries()
  let told = 0
  const lane = async () => {
    for (const [index, item] of queue) {
      if (stop.signal.aborted) return
      try {
        results[index] = await work(item, stop.signal)
        for (; told in results; told++) tell(results[told] as R)
      } catch (error) {
        failures.push(error)
        stop.abort()
      }
    }
  }
  await Promise.all(Array.from({length: Math.max(1, Math.min(width, items.length))}, lane))
  if (failures.length > 0) throw failures[0]
  return results
}
