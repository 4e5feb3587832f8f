import {expect, test} from '@jest/globals'
import {testForge} from './test-forge'

const readOnly = {token: 'reader', contents: 'read'} as const

const get = (url: string, token?: string) =>
  fetch(url, {headers: token === undefined ? {} : {authorization: `Bearer ${token}`}})

test('without a token or with a wrong one nothing is answered', async () => {
  const {forge} = await testForge({tokens: ['t']})
  const url = `${forge.url}/repos/o/r/releases`
  const [none, wrong] = [await get(url), await get(url, 'other')]
  expect([none.status, wrong.status]).toEqual([401, 401])
  expect(await none.json()).toMatchObject({message: 'Requires authentication', status: '401'})
  expect(await wrong.json()).toMatchObject({message: 'Bad credentials'})
})

test('a token that may only read sees no drafts, and its writes are refused with the missing permission', async () => {
  const {forge, create} = await testForge({tokens: ['t', readOnly]})
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const url = `${forge.url}/repos/o/r/releases`
  expect(await (await get(url, 'reader')).json()).toEqual([])
  expect((await get(`${url}/${id}`, 'reader')).status).toBe(404)
  const refused = await fetch(url, {
    method: 'POST',
    headers: {authorization: 'Bearer reader'},
    body: '{"tag_name":"v2"}',
  })
  expect(refused.status).toBe(403)
  expect(refused.headers.get('x-accepted-github-permissions')).toBe('contents=write')
  expect(await refused.json()).toMatchObject({message: 'Resource not accessible by integration'})
})

test('every answer has a request id, errors too', async () => {
  const {call} = await testForge()
  const [first, second] = [await call('GET', ''), await call('GET', '/releases/latest')]
  expect(first.headers.get('x-github-request-id')).toMatch(/^F0E6:[0-9A-F]+$/)
  expect(second.headers.get('x-github-request-id')).not.toBe(first.headers.get('x-github-request-id'))
})

test('an unknown repository or address is not found; names ignore case', async () => {
  const {forge} = await testForge()
  expect((await get(`${forge.url}/repos/o/other/releases`, 't')).status).toBe(404)
  expect((await get(`${forge.url}/user/emails`, 't')).status).toBe(404)
  expect((await get(`${forge.url}//repos/%zz`, 't')).status).toBe(404)
  expect((await get(`${forge.url}/repos/O/R/releases`, 't')).status).toBe(200)
})

test('a spent quota is refused until it returns', async () => {
  let time = 1_000_000
  const {call} = await testForge({rateLimit: {limit: 2, windowSeconds: 60}, now: () => new Date(time)})
  expect((await call('GET', '')).headers.get('x-ratelimit-remaining')).toBe('1')
  await call('GET', '')
  const refused = await call('GET', '')
  expect(refused.status).toBe(403)
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(refused.headers.get('x-ratelimit-reset')).toBe('1060')
  time += 60_000
  expect((await call('GET', '')).status).toBe(200)
})

test('too many mutations or too many requests at once meet the secondary limit', async () => {
  const hasty = await testForge({rateLimit: {secondary: {mutations: 1, retryAfterSeconds: 7, status: 429}}})
  await hasty.create({tag_name: 'v1', draft: true})
  const refused = await hasty.call('POST', '/releases', {tag_name: 'v2', draft: true})
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7'])
  expect(refused.body['message']).toContain('secondary rate limit')

  const crowded = await testForge({rateLimit: {secondary: {concurrent: 1}}, uploadBytesPerSecond: 100_000})
  const id = await crowded.create({tag_name: 'v1', draft: true})
  const results = await Promise.all(['a', 'b'].map(name => crowded.upload(id, name, 'x'.repeat(20_000))))
  expect(results.map(one => one.status).sort()).toEqual([201, 403])
})

test('requests are recorded, logged and announced before they are looked at', async () => {
  const [lines, seen]: [string[], string[]] = [[], []]
  const {forge, call} = await testForge({
    log: line => lines.push(line),
    onRequest: (n, info) => void seen.push(`${n} ${info.operationId ?? 'none'}`),
  })
  await call('POST', '/releases?x=1', {tag_name: 'v1.0.0'})
  expect(seen).toEqual(['1 repos/create-release'])
  expect(lines).toEqual(['POST /repos/o/r/releases 201'])
  expect(forge.requests).toMatchObject([
    {n: 1, method: 'POST', path: '/repos/o/r/releases', query: {x: '1'}, status: 201, bodyBytes: 21},
  ])
})

test('a failure of the forge itself is not hidden: close throws it', async () => {
  const stand = await testForge({onRequest: () => Promise.reject(new Error('boom'))})
  await expect(stand.call('GET', '')).rejects.toThrow()
  await expect(stand.forge.close()).rejects.toThrow('boom')
  stand.forget()
})
