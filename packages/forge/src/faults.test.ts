import {expect, test} from '@jest/globals'
import {testForge} from './test-forge'

const uploadAsset = 'repos/upload-release-asset'

test('a status hits the nth matching request as often as told, and only that', async () => {
  const {forge, call} = await testForge()
  forge.faults.add({kind: 'status', status: 503, match: {operationId: 'repos/get', nth: 2}, times: 2})
  const seen: number[] = []
  for (let n = 0; n < 4; n += 1) seen.push((await call('GET', '')).status)
  expect((await call('GET', '/releases')).status).toBe(200)
  expect(seen).toEqual([200, 503, 503, 200])
})

test('requests are matched by method and path too, and faults can be cleared', async () => {
  const {forge, call} = await testForge()
  forge.faults.add({kind: 'status', match: {method: 'post', path: /releases$/}, times: Infinity})
  expect((await call('GET', '/releases')).status).toBe(200)
  expect((await call('POST', '/releases', {tag_name: 'v1'})).status).toBe(500)
  forge.faults.clear()
  expect((await call('POST', '/releases', {tag_name: 'v1'})).status).toBe(201)
})

test('a bad gateway answers with a page and may leave a starter, which blocks the name until deleted', async () => {
  const {forge, call, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  forge.faults.add({kind: 'status', status: 502, match: {operationId: uploadAsset}, leaves: 'starter'})
  const failed = await upload(id, 'a.txt')
  expect([failed.status, failed.headers.get('content-type')]).toEqual([502, 'text/html'])
  const [remnant] = (await call('GET', `/releases/${id}/assets`)).list
  expect(remnant).toMatchObject({name: 'a.txt', state: 'starter', size: 0, digest: null})
  expect((await upload(id, 'a.txt')).body['errors']).toMatchObject([{code: 'already_exists'}])
  await call('DELETE', `/releases/assets/${String(remnant?.['id'])}`)
  expect((await upload(id, 'a.txt')).status).toBe(201)
})

test('limits answer with their headers', async () => {
  const {forge, call} = await testForge({now: () => new Date(5000)})
  forge.faults.add({kind: 'rate-limit', retryAfterSeconds: 9})
  const quota = await call('GET', '')
  expect([quota.status, quota.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
  expect(quota.headers.get('x-ratelimit-reset')).toBe('14')
  forge.faults.add({kind: 'secondary-limit', status: 429, retryAfterSeconds: 3})
  const hasty = await call('GET', '')
  expect([hasty.status, hasty.headers.get('retry-after')]).toEqual([429, '3'])
})

test.each([
  ['reset-before', 0],
  ['reset-half-way', 0],
  ['answer-lost', 1],
  ['truncate-answer', 1],
] as const)('%s breaks the connection; releases afterwards: %i', async (kind, made) => {
  const {forge, call} = await testForge()
  forge.faults.add({kind})
  await expect(call('POST', '/releases', {tag_name: 'v1.0.0'})).rejects.toThrow()
  expect(forge.releases()).toHaveLength(made)
  expect(forge.requests).toMatchObject([{fault: kind, status: kind === 'truncate-answer' ? 201 : undefined}])
})

test.each(['starter', undefined] as const)('an upload reset half way leaves %s', async leaves => {
  const {forge, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const remnant = leaves === undefined ? {} : {leaves}
  forge.faults.add({kind: 'reset-half-way', match: {operationId: uploadAsset}, ...remnant})
  await expect(upload(id, 'a.bin', 'x'.repeat(4_000_000))).rejects.toThrow()
  expect(forge.release(id)?.assets.map(one => one.state)).toEqual(leaves === undefined ? [] : ['starter'])
  const sent = forge.requests.at(-1)?.bodyBytes ?? 0
  expect(sent).toBeGreaterThanOrEqual(2_000_000)
  expect(sent).toBeLessThan(4_000_000)
})

test('an upload whose answer is lost is there', async () => {
  const {forge, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  forge.faults.add({kind: 'answer-lost', match: {operationId: uploadAsset}})
  await expect(upload(id, 'a.bin')).rejects.toThrow()
  expect(forge.release(id)?.assets).toMatchObject([{name: 'a.bin', state: 'uploaded', size: 7}])
})

test.each([false, true])('a stalled request is never answered; with effect: %s', async effect => {
  const {forge} = await testForge()
  forge.faults.add({kind: 'stall', effect})
  const request = fetch(`${forge.url}/repos/o/r/releases`, {
    method: 'POST',
    headers: {authorization: 'token t'},
    body: '{"tag_name":"v1.0.0"}',
    signal: AbortSignal.timeout(200),
  })
  await expect(request).rejects.toThrow('timeout')
  expect(forge.releases()).toHaveLength(effect ? 1 : 0)
})

test('an error may hide that the request took effect', async () => {
  const {forge, call, create} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  forge.faults.add({kind: 'status', status: 502, match: {operationId: 'repos/update-release'}, effect: true})
  expect((await call('PATCH', `/releases/${id}`, {draft: false})).status).toBe(502)
  expect(forge.release(id)?.draft).toBe(false)
})

test('a truncated download ends early', async () => {
  const {forge, call, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  await upload(id, 'a.txt', 'hello world')
  await call('PATCH', `/releases/${id}`, {draft: false})
  const url = `${forge.webUrl}/o/r/releases/download/v1.0.0/a.txt`
  forge.faults.add({kind: 'truncate-answer', match: {operationId: 'download'}})
  await expect(fetch(url).then(response => response.text())).rejects.toThrow()
  expect(await (await fetch(url)).text()).toBe('hello world')
})
