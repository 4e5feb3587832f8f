import {expect, test} from '@jest/globals'
import {failureOf} from './call-failure'

const now = Date.parse('2026-01-02T03:04:05Z')
const failure = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  failureOf({call: 'POST /repos/o/r/releases', status, headers, body}, now)

test.each([
  [500, 'unknown'],
  [503, 'unknown'],
  [408, 'unknown'],
  [429, 'limited'],
  [403, 'refused'],
  [404, 'refused'],
  [422, 'refused'],
])('status %i: %s', (status, outcome) => {
  expect(failure(status, {message: 'Text'}).outcome).toBe(outcome)
})

test('a limit is known by its headers or its words, and says when it ends', () => {
  expect(failure(403, {message: 'x'}, {'retry-after': '30'})).toMatchObject({outcome: 'limited', readyAt: now + 30_000})
  const reset = String(now / 1000 + 60)
  expect(failure(403, {message: 'x'}, {'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset})).toMatchObject({
    outcome: 'limited',
    readyAt: now + 61_000,
  })
  const words = failure(403, {message: 'You have exceeded a secondary rate limit.'})
  expect(words.outcome).toBe('limited')
  expect(words.readyAt).toBeUndefined()
  expect(words.hint).toContain('Run the job again later')
})

test('the message has status, errors and the id of the request', () => {
  const errors = [
    {resource: 'ReleaseAsset', field: 'name', code: 'already_exists'},
    'more',
    {code: 'custom', message: 'words'},
  ]
  const found = failure(422, {message: 'Validation Failed', errors}, {'x-github-request-id': 'F0:1'})
  expect(found.message).toBe(
    'POST /repos/o/r/releases answered 422: Validation Failed: ReleaseAsset.name already_exists; more; words (request F0:1)',
  )
  expect(found.reasons).toEqual(['already_exists', 'custom'])
})

test.each([
  [422, 'tag_name was used by an immutable release', 'release a new version'],
  [422, 'Cannot upload assets to an immutable release.', 'takes no changes'],
  [401, 'Bad credentials', 'Check the input `token`'],
  [403, 'Resource not accessible by integration', 'contents: write'],
  [404, 'Not Found', 'no such category'],
  [422, 'Validation Failed: Release.target_commitish invalid', 'correct `target-commitish`'],
  [422, 'Validation Failed: Release.previous_tag_name invalid', 'correct it, or leave it out'],
  [422, 'Latest release cannot be draft or prerelease.', 'leave `make-latest` at auto'],
  [422, 'body is too long (maximum is 125000 characters)', 'Shorten the notes'],
])('%i %s: the hint says what to do', (status, message, words) => {
  expect(failure(status, {message}).hint).toContain(words)
})

test('a commit that changes workflow files is explained', () => {
  const headers = {'x-accepted-github-permissions': 'contents=write,workflows=write'}
  expect(failure(403, {message: 'Resource not accessible by integration'}, headers).hint).toContain(
    'The commit changes workflow files',
  )
})
