/**
 * Does `work` for all items, at most `width` at once. `tell` gets the results in the order of the items, each as soon as
 * all before it are there; so do the returned results. What throws stops what has not begun, and is thrown.
 */
export async function inOrder<T, R>(
  items: readonly T[],
  {
    width,
    work,
    tell,
  }: {readonly width: number; readonly work: (item: T) => Promise<R>; readonly tell: (result: R) => void},
): Promise<readonly R[]> {
  const results: R[] = []
  const queue = items.entries()
  let told = 0
  let failed = false
  const lane = async () => {
    for (const [index, item] of queue) {
      if (failed) return
      try {
        results[index] = await work(item)
      } catch (error) {
        failed = true
        throw error
      }
      for (; told in results; told++) tell(results[told] as R)
    }
  }
  const lanes = await Promise.allSettled(Array.from({length: Math.min(width, items.length)}, lane))
  const broken = lanes.find(each => each.status === 'rejected')
  if (broken !== undefined) throw broken.reason
  return results
}
