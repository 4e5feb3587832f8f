import {expect, test} from '@jest/globals'
import {CallFailure} from './call-failure'
import {Persistence, patience} from './persistence'

const policy = {...patience, attempts: 3, limits: 2, delay: 1, pause: 1}
const lines: string[] = []
const persistence = () => new Persistence(policy, line => lines.push(line))
const failing = (outcome: CallFailure['outcome'], readyAt?: number) =>
  new CallFailure({outcome, message: outcome}, readyAt === undefined ? {} : {readyAt})

test('what is refused is not repeated', async () => {
  let calls = 0
  const call = () => Promise.reject(++calls > 0 ? failing('refused') : new Error())
  await expect(persistence().until(call)).rejects.toMatchObject({outcome: 'refused'})
  expect(calls).toBe(1)
})

test('after an unknown outcome the truth decides whether the call is repeated', async () => {
  const truths = [undefined, 'there']
  let calls = 0
  const call = () => Promise.reject(++calls > 0 ? failing('unknown') : new Error())
  expect(await persistence().until<string>(call, () => Promise.resolve(truths.shift()))).toBe('there')
  expect(calls).toBe(2)
  expect(lines).toContain('unknown; attempt 2 of 3 follows')
})

test('trouble that does not end is thrown', async () => {
  await expect(persistence().until(() => Promise.reject(failing('unknown')))).rejects.toMatchObject({
    code: 'GITHUB_UNREACHABLE',
  })
  await expect(persistence().until(() => Promise.reject(failing('limited')))).rejects.toMatchObject({
    code: 'GITHUB_LIMIT',
  })
  const late = failing('limited', Date.now() + policy.longestPause + 60_000)
  await expect(persistence().until(() => Promise.reject(late))).rejects.toBe(late)
})

test('a limit that one call meets makes the others wait', async () => {
  const shared = persistence()
  const ready = Date.now() + 100
  let first = true
  const limited = shared.until(() => {
    if (!first) return Promise.resolve(Date.now())
    first = false
    return Promise.reject(failing('limited', ready))
  })
  await new Promise(resolve => setTimeout(resolve, 5))
  const other = shared.until(() => Promise.resolve(Date.now()))
  expect(await limited).toBeGreaterThanOrEqual(ready - 2)
  expect(await other).toBeGreaterThanOrEqual(ready - 2)
})
