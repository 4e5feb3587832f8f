import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {connect} from 'node:net'
import {expect, test} from '@jest/globals'
import {testForge} from './test-forge'

const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

test('an upload is stored with size, digest, type and label', async () => {
  const {forge, call, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const made = await upload(id, 'a.txt', 'hello', 'The label')
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    name: 'a.txt',
    label: 'The label',
    state: 'uploaded',
    size: 5,
    digest: digest('hello'),
    content_type: 'text/plain',
  })
  expect((await forge.assetBytes(Number(made.body['id']))).toString()).toBe('hello')
  expect((await call('GET', `/releases/${id}/assets`)).list).toEqual([made.body])
  expect((await call('GET', `/releases/${id}`)).body['assets']).toEqual([made.body])
})

test('a name is rewritten as GitHub does, and counts as taken under its new form', async () => {
  const {create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  expect((await upload(id, 'my file (1).txt')).body['name']).toBe('my.file.1.txt')
  const refused = await upload(id, 'my.file.1.txt')
  expect(refused.status).toBe(422)
  expect(refused.body['errors']).toEqual([{resource: 'ReleaseAsset', code: 'already_exists', field: 'name'}])
})

test('an upload goes to the upload address only', async () => {
  const {call, create} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  expect((await call('POST', `/releases/${id}/assets?name=a`, {})).status).toBe(404)
})

test('an empty upload, one without a name and one for no release are refused', async () => {
  const {forge, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  expect((await upload(id, 'a.txt', '')).body['errors']).toMatchObject([
    {field: 'size', message: 'size must be greater than or equal to 1'},
  ])
  const post = async (path: string) =>
    (
      await fetch(`${forge.url}/uploads/repos/o/r${path}`, {
        method: 'POST',
        headers: {authorization: 'token t'},
        body: 'x',
      })
    ).status
  expect(await post(`/releases/${id}/assets`)).toBe(422)
  expect(await post('/releases/1/assets?name=a')).toBe(404)
  expect(forge.release(id)?.assets).toEqual([])
})

// Speaks HTTP by hand, for what no client would send.
function raw(port: number, head: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n`))
    socket.once('data', data => {
      resolve(data.toString())
      socket.destroy()
    })
    socket.once('error', reject)
  })
}

test('an upload must declare its length, of at most 2 GiB', async () => {
  const {forge, create} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const head = [`POST /uploads/repos/o/r/releases/${id}/assets?name=a HTTP/1.1`, 'host: x', 'authorization: token t']
  const large = await raw(forge.port, [...head, `content-length: ${2 ** 31 + 1}`])
  expect(large).toMatch(/^HTTP\/1\.1 422 /)
  expect(large).toContain('size must be less than or equal to 2147483648')
  expect(await raw(forge.port, [...head, 'transfer-encoding: chunked'])).toMatch(
    /^HTTP\/1\.1 400 [^]*Bad Content-Length/,
  )
})

test.each([
  ['starter', [{name: 'a.bin', state: 'starter', size: 0, digest: null}]],
  ['nothing', []],
] as const)('an upload whose client goes away leaves %s', async (brokenUpload, left) => {
  const {forge, create} = await testForge({brokenUpload})
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const socket = connect(forge.port, '127.0.0.1')
  const head = [
    `POST /uploads/repos/o/r/releases/${id}/assets?name=a.bin HTTP/1.1`,
    'host: x',
    'authorization: token t',
  ]
  socket.write(`${[...head, 'content-length: 1000'].join('\r\n')}\r\n\r\npart`)
  await until(() => forge.release(id)?.assets.length === 1 && forge.requests.at(-1)?.bodyBytes === 4)
  socket.destroy()
  await until(() => forge.release(id)?.assets.length === left.length)
  expect(forge.release(id)?.assets).toMatchObject(left)
  expect(forge.requests.at(-1)).toMatchObject({
    operationId: 'repos/upload-release-asset',
    status: undefined,
    bodyBytes: 4,
  })
})

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited in vain')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

test('an asset is renamed, relabelled and deleted; its bytes go with it', async () => {
  const {forge, call, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const asset = Number((await upload(id, 'a.txt')).body['id'])
  await upload(id, 'b.txt')
  const changed = await call('PATCH', `/releases/assets/${asset}`, {name: 'c d.txt', label: 'C'})
  expect(changed.body).toMatchObject({name: 'c.d.txt', label: 'C'})
  const refused = await call('PATCH', `/releases/assets/${asset}`, {name: 'b.txt'})
  expect(refused.body['errors']).toMatchObject([{code: 'already_exists'}])
  expect(existsSync(forge.assetPath(asset))).toBe(true)
  expect((await call('DELETE', `/releases/assets/${asset}`)).status).toBe(204)
  expect(existsSync(forge.assetPath(asset))).toBe(false)
  expect((await call('GET', `/releases/assets/${asset}`)).status).toBe(404)
})

test('assets come in pages', async () => {
  const {call, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  for (let number = 0; number < 31; number += 1) await upload(id, `${number}.txt`)
  const page = await call('GET', `/releases/${id}/assets`)
  expect(page.list).toHaveLength(30)
  expect(page.headers.get('link')).toContain(`/releases/${id}/assets?per_page=30&page=2>; rel="next"`)
})

test('the public download works from publication on, also below latest and for tags with slashes', async () => {
  const {forge, call, create, upload} = await testForge()
  const id = await create({tag_name: 'rc/1', draft: true})
  const draftUrl = String((await upload(id, 'a.txt', 'hello')).body['browser_download_url'])
  expect(draftUrl).toContain('/releases/download/untagged-')
  const publicUrl = `${forge.webUrl}/o/r/releases/download/rc/1/a.txt`
  expect([(await fetch(draftUrl)).status, (await fetch(publicUrl)).status]).toEqual([404, 404])
  const published = await call('PATCH', `/releases/${id}`, {draft: false})
  expect(published.body['assets']).toMatchObject([{browser_download_url: publicUrl}])
  expect(await (await fetch(publicUrl)).text()).toBe('hello')
  expect(await (await fetch(`${forge.webUrl}/o/r/releases/latest/download/a.txt`)).text()).toBe('hello')
  expect((await fetch(draftUrl)).status).toBe(404)
  const head = await fetch(publicUrl, {method: 'HEAD'})
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '5'])
  expect(forge.release(id)?.assets[0]?.downloads).toBe(3)
})

test('bytes are given to those who accept an octet stream', async () => {
  const {forge, create, upload} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const url = String((await upload(id, 'a.txt', 'hello')).body['url'])
  const response = await fetch(url, {headers: {authorization: 'token t', accept: 'application/octet-stream'}})
  expect([await response.text(), response.headers.get('content-type')]).toEqual(['hello', 'text/plain'])
  expect(forge.release(id)?.assets[0]?.downloads).toBe(1)
})

test('an upload gets no more than the given bandwidth', async () => {
  const {create, upload} = await testForge({uploadBytesPerSecond: 500_000})
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const start = performance.now()
  const made = await upload(id, 'a.bin', 'x'.repeat(100_000))
  expect(made.body['digest']).toBe(digest('x'.repeat(100_000)))
  expect(performance.now() - start).toBeGreaterThan(150)
})

test('a name is taken from the start of its upload, and a release that becomes immutable meanwhile refuses it', async () => {
  const {forge, call, create, upload} = await testForge({immutableReleases: true, uploadBytesPerSecond: 200_000})
  const id = await create({tag_name: 'v1.0.0', draft: true})
  const slow = upload(id, 'a.bin', 'x'.repeat(150_000))
  await until(() => forge.release(id)?.assets.length === 1)
  expect((await upload(id, 'a.bin')).body['errors']).toMatchObject([{code: 'already_exists'}])
  await call('PATCH', `/releases/${id}`, {draft: false})
  const refused = await slow
  expect([refused.status, refused.body['message']]).toEqual([422, 'Cannot upload assets to an immutable release.'])
  expect(forge.release(id)?.assets).toEqual([])
})
