import {expect, test} from '@jest/globals'
import {inParallel} from './in-parallel'

test('the first failure stops the rest and is thrown once all has ended', async () => {
  const seen: number[] = []
  const work = async (item: number, signal: AbortSignal) => {
    seen.push(item)
    await new Promise(resolve => setTimeout(resolve, item))
    if (item === 2) throw new Error('two')
    return signal.aborted
  }
  await expect(inParallel([2, 10, 3, 4], {width: 2, work})).rejects.toThrow('two')
  expect(seen).toEqual([2, 10])
  expect(await inParallel([3, 1], {width: 2, work: item => Promise.resolve(item * 2)})).toEqual([6, 2])
})

test('results are told in the order of the items, whichever comes first', async () => {
  const told: number[] = []
  const work = (item: number) => new Promise<number>(resolve => setTimeout(() => resolve(item), item))
  await inParallel([30, 1, 10], {width: 3, work, tell: item => told.push(item)})
  expect(told).toEqual([30, 1, 10])
})
