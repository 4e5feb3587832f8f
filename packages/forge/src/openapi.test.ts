import {expect, test} from '@jest/globals'
import {handlers} from './dispatch'
import {answerProblem, matchOperation, operationIds} from './openapi'
import {commits, testForge} from './test-forge'

test('every described operation has a handler, and no handler is without a description', () => {
  expect(Object.keys(handlers).sort()).toEqual([...operationIds].sort())
})

test('a literal path wins over a release id, and a tag may hold slashes', () => {
  expect(matchOperation('GET', '/repos/o/r/releases/latest')?.operation.operationId).toBe('repos/get-latest-release')
  expect(matchOperation('GET', '/repos/o/r/releases/tags/a%2Fb/c')?.params).toEqual({
    owner: 'o',
    repo: 'r',
    tag: 'a/b/c',
  })
  expect(matchOperation('PUT', '/repos/o/r/releases/latest')).toBeUndefined()
})

test('an answer that is not described is found out', () => {
  const match = matchOperation('GET', '/repos/o/r/git/ref/tags/v1')
  if (match === undefined) throw new Error('no match')
  expect(answerProblem(match, 200, {ref: 'refs/tags/v1'})).toContain("must have required property 'node_id'")
  expect(answerProblem(match, 202, {})).toContain('the description has no such answer')
})

test('a body of the wrong shape is refused with all problems in GitHub’s words', async () => {
  const {call} = await testForge()
  const refused = await call('POST', '/releases', {draft: 'yes', make_latest: 'maybe'})
  expect(refused.status).toBe(422)
  expect(refused.body['message']).toBe(
    [
      'Invalid request.\n',
      '"tag_name" wasn\'t supplied.',
      'For \'properties/draft\', "yes" is not a boolean.',
      'For \'properties/make_latest\', "maybe" is not a member of ["true","false","legacy"].',
    ].join('\n'),
  )
  expect(refused.body['status']).toBe('422')
})

test('parameters are checked: a page must be a number, an id that is none leads nowhere', async () => {
  const {call} = await testForge()
  expect((await call('GET', '/releases?page=two')).status).toBe(422)
  expect((await call('GET', '/releases/abc')).status).toBe(404)
})

test('a body that is no JSON object is a bad request', async () => {
  const {forge} = await testForge()
  const send = async (body: string) =>
    (await fetch(`${forge.url}/repos/o/r/releases`, {method: 'POST', headers: {authorization: 'token t'}, body})).status
  expect(await send('{')).toBe(400)
  expect(await send('[]')).toBe(400)
})

test('a repository, its refs and its settings are shown as described', async () => {
  const {call} = await testForge({immutableReleases: true})
  expect((await call('GET', '')).body).toMatchObject({full_name: 'o/r', default_branch: 'main'})
  const ref = await call('GET', '/git/ref/tags/v1.0.0')
  expect(ref.body).toMatchObject({ref: 'refs/tags/v1.0.0', object: {type: 'commit', sha: commits.first}})
  expect((await call('GET', '/git/ref/tags/v9')).status).toBe(404)
  expect((await call('GET', '/git/matching-refs/tags/v1')).list.map(one => one['ref'])).toEqual(['refs/tags/v1.0.0'])
  expect((await call('GET', '/immutable-releases')).body).toEqual({enabled: true, enforced_by_owner: false})
})

test('an annotated tag is an object of its own, which names the commit', async () => {
  const object = 'e'.repeat(40)
  const {call, forge} = await testForge({tagObjects: {[object]: {name: 'v2', target: commits.first}}})
  forge.pushTag('o/r', 'v2', object)
  expect((await call('GET', '/git/ref/tags/v2')).body).toMatchObject({object: {type: 'tag', sha: object}})
  expect((await call('GET', `/git/tags/${object}`)).body).toMatchObject({
    tag: 'v2',
    object: {type: 'commit', sha: commits.first},
  })
  expect((await call('GET', `/git/tags/${commits.first}`)).status).toBe(404)
})

test('a repository without immutable releases says so with 404', async () => {
  const {call} = await testForge()
  expect((await call('GET', '/immutable-releases')).status).toBe(404)
})
