import {expect, test} from '@jest/globals'
import {delayBefore, retry} from './retry'

const policy = {attempts: 4, delay: 1000, longestDelay: 3000}

function failing(times: number, message = 'away') {
  let calls = 0
  return () => {
    calls++
    return calls <= times ? Promise.reject(new Error(`${message} ${calls}`)) : Promise.resolve(calls)
  }
}

function clock() {
  const waits: number[] = []
  let time = 0
  const wait = (milliseconds: number) => {
    waits.push(milliseconds)
    time += milliseconds
    return Promise.resolve()
  }
  return {waits, wait, now: () => time}
}

const isTransient = (error: unknown) => (error as Error).message.startsWith('away')

test('what passes is repeated with growing delays, and told', async () => {
  const {waits, wait, now} = clock()
  const told: string[] = []
  const tell = ({error, attempt}: {readonly error: unknown; readonly attempt: number}) =>
    told.push(`${(error as Error).message}, ${attempt} follows`)
  expect(await retry(failing(3), {policy, isTransient, wait, now, tell})).toBe(4)
  expect(told).toEqual(['away 1, 2 follows', 'away 2, 3 follows', 'away 3, 4 follows'])
  const [first = 0, second = 0, third = 0] = waits
  expect(first >= 500 && first <= 1000 && second >= 1000 && second <= 2000 && third >= 1500 && third <= 3000).toBe(true)
})

test('the last attempt and what does not pass end it with their own error', async () => {
  const {wait, now} = clock()
  await expect(retry(failing(9), {policy, isTransient, wait, now})).rejects.toThrow('away 4')
  await expect(retry(failing(9, 'refused'), {policy, isTransient, wait, now})).rejects.toThrow('refused 1')
})

test('the deadline ends it before a delay that would pass it', async () => {
  const {waits, wait, now} = clock()
  const own = {...policy, attempts: 99, deadline: 10_000}
  await expect(retry(failing(99), {policy: own, isTransient, wait, now})).rejects.toThrow('away')
  expect(waits.reduce((sum, each) => sum + each, 0)).toBeLessThan(10_000)
})

test('what the other side asks for is waited', async () => {
  const {waits, wait, now} = clock()
  await retry(failing(1), {policy, isTransient, wait, now, retryAfter: () => 60_000})
  expect(waits).toEqual([60_000])
})

test('what is there after a failure is the result', async () => {
  const {waits, wait, now} = clock()
  expect(await retry<number>(failing(9), {policy, isTransient, wait, now, settled: () => Promise.resolve(7)})).toBe(7)
  expect(waits).toEqual([])
})

test.each([
  [1, 0, 500],
  [1, 1, 1000],
  [2, 0.5, 1500],
  [9, 1, 3000],
])('after %d failures with chance %d: %d ms', (failures, chance, expected) => {
  expect(delayBefore(failures, policy, chance)).toBe(expected)
})
