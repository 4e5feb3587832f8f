import {expect, test} from '@jest/globals'
import {commits, testForge} from './test-forge'

const readOnly = {token: 'reader', contents: 'read'} as const

const get = (url: string, token?: string) =>
  fetch(url, {headers: token === undefined ? {} : {authorization: `Bearer ${token}`}})

test('without a token what is published can be read, and nothing else', async () => {
  const {forge, create, upload} = await testForge({tokens: ['t']})
  const id = await create({tag_name: 'v1.0.0'})
  const draft = await create({tag_name: 'v2.0.0', draft: true})
  const {body: asset} = await upload(id, 'a.txt', 'alpha')
  const {body: hidden} = await upload(draft, 'b.txt')
  const url = `${forge.url}/repos/o/r`
  const read = async (path: string) => (await get(`${url}${path}`)).json()
  expect(await read('/releases')).toMatchObject([{id, draft: false}])
  expect(await read('/releases/tags/v1.0.0')).toMatchObject({id, assets: [{name: 'a.txt'}]})
  expect(await read('/releases/latest')).toMatchObject({id})
  expect(await read(`/releases/${id}/assets`)).toMatchObject([{name: 'a.txt', state: 'uploaded'}])
  expect(await read('/git/ref/tags/v1.0.0')).toMatchObject({ref: 'refs/tags/v1.0.0'})
  expect(await read('')).toMatchObject({full_name: 'o/r', private: false})
  expect(await read('')).not.toHaveProperty('permissions')
  const file = {headers: {accept: 'application/octet-stream'}}
  expect(await (await fetch(`${url}/releases/assets/${String(asset['id'])}`, file)).text()).toBe('alpha')
  const paths = [`/releases/${draft}`, `/releases/${draft}/assets`, `/releases/assets/${String(hidden['id'])}`]
  for (const path of paths) expect((await get(`${url}${path}`)).status).toBe(404)
})

test('without a token nothing can be changed, and neither GraphQL nor settings are answered', async () => {
  const {forge, create} = await testForge({tokens: ['t'], immutableReleases: true})
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const url = `${forge.url}/repos/o/r`
  const asked: [string, string][] = [
    ['POST', `${url}/releases`],
    ['PATCH', `${url}/releases/${id}`],
    ['DELETE', `${url}/releases/${id}`],
    ['POST', forge.graphqlUrl],
    ['GET', `${url}/immutable-releases`],
  ]
  for (const [method, address] of asked) {
    const refused = await fetch(address, {method})
    expect([method, address, refused.status]).toEqual([method, address, 401])
    expect(await refused.json()).toMatchObject({message: 'Requires authentication', status: '401'})
  }
  expect(forge.releases()).toMatchObject([{id, draft: true}])
})

test('a private repository does not exist for those without a token; a wrong token is refused', async () => {
  const {forge} = await testForge({
    tokens: ['t'],
    repositories: [{owner: 'o', name: 'r', private: true, tags: {'v1.0.0': commits.first}, releases: ['v1.0.0']}],
  })
  const url = `${forge.url}/repos/o/r`
  const statuses = async (token?: string) =>
    Promise.all(['', '/releases', '/releases/tags/v1.0.0'].map(async path => (await get(url + path, token)).status))
  expect(await statuses()).toEqual([404, 404, 404])
  expect(await statuses('t')).toEqual([200, 200, 200])
  expect(await (await get(url, 't')).json()).toMatchObject({private: true})
  const wrong = await get(url, 'other')
  expect([wrong.status, await wrong.json()]).toMatchObject([401, {message: 'Bad credentials'}])
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
  expect(new Set(results.map(one => one.status))).toEqual(new Set([201, 403]))
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
