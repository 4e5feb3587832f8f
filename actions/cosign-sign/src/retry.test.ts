import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {isTransient, retries, withRetries} from './retry'

const failed = (stderr: string) => ({exitCode: 1, stdout: '', stderr})
const good = {exitCode: 0, stdout: '', stderr: ''}

test.each([
  ['signing: [POST /api/v1/log/entries][502] createLogEntryDefault', true],
  ['Error: got status code 503', true],
  ['Post "https://rekor.example": context deadline exceeded', true],
  ['net/http: TLS handshake timeout', true],
  ['read tcp: connection reset by peer', true],
  ['429 Too Many Requests', true],
  ['Fulcio returned 400, error processing the identity token', false],
  ['could not verify message: invalid signature', false],
  ['expected SAN value "a502", got "b"', false],
])('%s: transient %s', (stderr, expected) => {
  expect(isTransient(failed(stderr))).toBe(expected)
})

test('a service that comes back is waited for', async () => {
  const answers = [failed('status 503'), failed('timeout'), good]
  const waited: number[] = []
  const wait = (milliseconds: number) => Promise.resolve(waited.push(milliseconds))
  const run = () => Promise.resolve(answers.shift() ?? failed('asked too often'))
  expect(await withRetries(new FakeHost(), run, wait)).toBe(good)
  const [first = 0, second = 0] = waited
  expect(waited).toHaveLength(2)
  expect(first >= 2_000 && first <= 4_000 && second >= 4_000 && second <= 8_000).toBe(true)
})

test('a service that stays away is given up, and a refusal is final at once', async () => {
  let calls = 0
  const run = (stderr: string) => () => Promise.resolve((calls++, failed(stderr)))
  expect((await withRetries(new FakeHost(), run('status 503'), () => Promise.resolve())).exitCode).toBe(1)
  expect(calls).toBe(retries.attempts)
  calls = 0
  await withRetries(new FakeHost(), run('Fulcio returned 400'), () => Promise.resolve())
  expect(calls).toBe(1)
})
