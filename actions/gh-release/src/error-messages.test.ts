import {afterEach, expect, test} from '@jest/globals'
import type {Forge, ForgeOptions, RequestInfo} from '@mcp-release/forge'
import {contents, haste, machine, published, release, startStand} from './testing/release-scene'

// What other jobs, the machine and the server can do to a release while it is made; each message as a user reads it.

const open: Forge[] = []
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

/** A forge on which something else happens before the requests of one operation are looked at. */
async function meanwhile(operationId: string, happen: (forge: Forge) => unknown): Promise<Forge> {
  let busy = false
  const onRequest: NonNullable<ForgeOptions['onRequest']> = async (_, info: RequestInfo) => {
    if (busy || info.operationId !== operationId) return
    busy = true
    await happen(forge)
    busy = false
  }
  const forge = await startStand({onRequest})
  open.push(forge)
  return forge
}

const headers = {authorization: 'token other', 'content-type': 'text/plain'}
const base = (forge: Forge) => `${forge.url}/repos/acme/tool/releases`

/** What another job does that uploads its own bytes under the same name. */
async function otherJob(forge: Forge, name: string): Promise<void> {
  const [view] = forge.releases()
  const asset = view?.assets.find(each => each.name === name)
  if (asset !== undefined) await fetch(`${base(forge)}/assets/${asset.id}`, {method: 'DELETE', headers})
  const shown = (await (await fetch(`${base(forge)}/${view?.id ?? 0}`, {headers})).json()) as {upload_url: string}
  const address = shown.upload_url.replace(/\{.*$/, `?name=${name}`)
  expect((await fetch(address, {method: 'POST', headers, body: 'of another job'})).status).toBe(201)
}

const one = {'dist/a.txt': 'alpha'}

test('another job that is faster under the same name is told', async () => {
  const forge = await meanwhile('repos/upload-release-asset', stand => otherJob(stand, 'a.txt'))
  await expect(release(await machine(forge, one))).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'a.txt: another job has uploaded different bytes under this name meanwhile',
    hint: 'Give the files different names, or let one job alone upload them.',
  })
  expect(published(forge)).toEqual([])
})

test('another job that changes the files again and again is told', async () => {
  const forge = await meanwhile('repos/list-release-assets', stand => otherJob(stand, 'a.txt'))
  await expect(release(await machine(forge, one))).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/^release \d+ still lacks the right bytes of\n- a\.txt$/),
    hint: 'Another job keeps changing the same release. Let one job at a time upload these files.',
  })
  expect(published(forge)).toEqual([])
})

test('a file that is written to after it was hashed is not published', async () => {
  const forge = await meanwhile('repos/create-release', () => host.files.write('dist/a.txt', 'other'))
  const host = await machine(forge, one)
  await expect(release(host)).rejects.toMatchObject({
    code: 'DAMAGED',
    message: expect.stringMatching(
      /^a\.txt: GitHub has 5 bytes with sha256 \w{64} under "a\.txt"; the file had 5 bytes with sha256 \w{64}$/,
    ),
    hint: expect.stringContaining('Let no other step write the file'),
  })
  expect(published(forge)).toEqual([])
})

test('a file whose digest the server does not tell is named, and comes in when it is sent again', async () => {
  const tags = {'v1.2.3': 'c'.repeat(40)}
  const forge = await startStand({repositories: [{owner: 'acme', name: 'tool', tags, digests: false}]})
  open.push(forge)
  const host = await machine(forge, {...one, 'dist/b.txt': 'beta'})
  await release(host, {files: 'dist/a.txt', publish: 'false'})
  const inputs = {checksums: 'true'}
  await expect(release(host, {...inputs, files: 'dist/b.txt'})).rejects.toMatchObject({
    code: 'NO_DIGEST',
    message: 'the server does not tell the digest of\n- a.txt',
    hint: 'List these files under `files`, or write SHA256SUMS in the workflow and list it.',
  })
  expect(published(forge)).toEqual([])
  await release(host, inputs)
  expect(Object.keys(await contents(forge, published(forge)[0]))).toEqual(['SHA256SUMS', 'a.txt', 'b.txt'])
})

test('a commit that is not pushed yet is told', async () => {
  const forge = await startStand()
  open.push(forge)
  const inputs = {'tag-name': 'v9.0.0', 'target-commitish': 'no-such-branch'}
  await expect(release(await machine(forge, one), inputs)).rejects.toMatchObject({
    code: 'GITHUB_REFUSED',
    message: expect.stringContaining(' answered 422: Validation Failed: Release.target_commitish invalid'),
    hint: expect.stringMatching(/^The tag is not on GitHub, and neither is the commit or branch/),
  })
})

test('a limit that lasts too long is told with the time of its end', async () => {
  const forge = await startStand()
  open.push(forge)
  forge.faults.add({kind: 'rate-limit', retryAfterSeconds: 7200, times: Infinity})
  await expect(release(await machine(forge, one), {}, haste)).rejects.toMatchObject({
    code: 'GITHUB_LIMIT',
    message: expect.stringContaining(' answered 403: API rate limit exceeded'),
    hint: expect.stringMatching(
      /^The rate limit did not end in time\. Run the job again after \d{4}-\d\d-\d\dT[\d:]+Z: /,
    ),
  })
})
