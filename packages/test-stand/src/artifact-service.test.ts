import {createHash, randomBytes} from 'node:crypto'
import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {type ArtifactService, startArtifactService} from './artifact-service'

let service: ArtifactService

beforeAll(async () => {
  service = await startArtifactService(await mkdtemp(join(tmpdir(), 'artifact-service-')))
})
afterAll(() => service.close())

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function call(method: string, body: object, run = 'run'): Promise<Answer> {
  const url = `${service.url}twirp/github.actions.results.api.v1.ArtifactService/${method}`
  const ids = {workflow_run_backend_id: run, workflow_job_run_backend_id: 'job'}
  const response = await fetch(url, {method: 'POST', body: JSON.stringify({...ids, ...body})})
  return {status: response.status, body: (await response.json()) as Record<string, unknown>}
}

const sha256 = (content: Uint8Array): string => `sha256:${createHash('sha256').update(content).digest('hex')}`
const put = (url: string, body: Uint8Array<ArrayBuffer> | string): Promise<Response> =>
  fetch(url, {method: 'PUT', body})

async function upload(name: string, content: Uint8Array<ArrayBuffer>, run = 'run'): Promise<Answer> {
  const {body} = await call('CreateArtifact', {name, mime_type: 'application/zip', version: 7}, run)
  await put(String(body['signed_upload_url']), content)
  return call('FinalizeArtifact', {name, hash: sha256(content), size: String(content.length)}, run)
}

const bytes = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from(randomBytes(size))

test('blocks that arrive in another order make up the content in the order of the list', async () => {
  const {body} = await call('CreateArtifact', {name: 'blocks'})
  const url = String(body['signed_upload_url'])
  const parts = [bytes(300), bytes(200), bytes(100)]
  const ids = ['AAAA', 'AAAB', 'AAAC']
  for (const at of [2, 0, 1]) await put(`${url}&comp=block&blockid=${ids[at] ?? ''}`, parts[at] ?? '')
  const list = ids.map(id => `<Latest>${id}</Latest>`).join('')
  await put(`${url}&comp=blocklist`, `<?xml version="1.0"?><BlockList>${list}</BlockList>`)
  const whole = Buffer.concat(parts)
  expect((await call('FinalizeArtifact', {name: 'blocks', hash: sha256(whole)})).status).toBe(200)
  expect(await service.zip('run', 'blocks')).toEqual(whole)
})

test('what was finished is listed with its digest and comes back as it was', async () => {
  const content = bytes(1000)
  await upload('listed', content)
  const {body} = await call('ListArtifacts', {name_filter: 'listed'})
  expect(body['artifacts']).toMatchObject([{name: 'listed', size: '1000', digest: sha256(content)}])
  const signed = await call('GetSignedArtifactURL', {name: 'listed'})
  const download = await fetch(String(signed.body['signed_url']))
  expect(download.headers.get('content-disposition')).toBe('attachment; filename="listed.zip"')
  expect(Buffer.from(await download.arrayBuffer())).toEqual(Buffer.from(content))
})

test('a name is taken once it was finished, and free again after it was deleted', async () => {
  await upload('twice', bytes(10))
  const again = await call('CreateArtifact', {name: 'twice'})
  expect(again).toMatchObject({status: 409, body: {code: 'already_exists'}})
  expect((await call('DeleteArtifact', {name: 'twice'})).status).toBe(200)
  expect((await upload('twice', bytes(20))).status).toBe(200)
  expect(service.names('run').filter(name => name === 'twice')).toHaveLength(1)
})

test('an upload with another digest is refused and stays invisible', async () => {
  const {body} = await call('CreateArtifact', {name: 'damaged'})
  await put(String(body['signed_upload_url']), bytes(5))
  const finalized = await call('FinalizeArtifact', {name: 'damaged', hash: sha256(bytes(5))})
  expect(finalized).toMatchObject({status: 400, body: {code: 'invalid_argument'}})
  expect(service.names('run')).not.toContain('damaged')
  await expect(service.zip('run', 'damaged')).rejects.toThrow('no artifact damaged')
})

test('runs do not see the artifacts of each other', async () => {
  await upload('mine', bytes(5), 'first')
  expect((await call('ListArtifacts', {}, 'second')).body['artifacts']).toEqual([])
  expect((await call('GetSignedArtifactURL', {name: 'mine'}, 'second')).status).toBe(404)
})

test('the token tells the client its run', () => {
  const claims: unknown = JSON.parse(Buffer.from(service.token('42').split('.')[1] ?? '', 'base64url').toString())
  expect(claims).toMatchObject({scp: 'Actions.Results:42:job'})
})
