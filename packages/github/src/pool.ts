/**
 * Does `work` for all items, at most `width` at once, results in the order of the items. The first failure stops what has
 * not begun, tells the rest through the signal, waits for it, and is thrown.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const failures: unknown[] = []
  const stop = new AbortController()
  const queue = items.entries()
  const lane = async () => {
    for (const [index, item] of queue) {
      if (stop.signal.aborted) return
      try {
        results[index] = await work(item, stop.signal)
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
