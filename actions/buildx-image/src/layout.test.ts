import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {blobName} from './digest'
import {readLayout} from './layout'
import {writeLayout} from './testing/fake-buildx'

const content = {platforms: ['linux/amd64', 'linux/arm64'], user: 'u', labels: {a: 'b'}, epoch: 0}

async function written() {
  const host = new FakeHost()
  return {host, digest: await writeLayout(host.workspace, content)}
}

test('a layout gives each platform with its user and labels', async () => {
  const {host, digest} = await written()
  const {root, images, blobs} = await readLayout(host, host.workspace)
  expect(root.digest).toBe(digest)
  expect(images).toMatchObject([{platform: 'linux/amd64', user: 'u', size: 5}, {platform: 'linux/arm64'}])
  expect([...(images[0]?.labels ?? [])]).toEqual([['a', 'b']])
  expect(blobs).toHaveLength(6)
})

test('a blob that was changed is found', async () => {
  const {host, digest} = await written()
  const path = join(host.workspace, blobName(digest))
  await host.files.write(path, (await host.files.readText(path)).replace('2', '3'))
  const message: unknown = expect.stringContaining(`blob ${digest} has the digest`)
  await expect(readLayout(host, host.workspace)).rejects.toMatchObject({code: 'IMAGE', message})
})

test('a blob that is not there is found', async () => {
  const {host, digest} = await written()
  await host.files.remove(join(host.workspace, blobName(digest)))
  await expect(readLayout(host, host.workspace)).rejects.toThrow(`blob ${digest} has no file`)
})

test.each(['sha256:../../../../etc/passwd', 'md5:00'])('the digest %j is not a place of a blob', async digest => {
  const {host} = await written()
  const manifests = [{mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 1}]
  await host.files.write('index.json', JSON.stringify({manifests}))
  await expect(readLayout(host, host.workspace)).rejects.toMatchObject({
    code: 'IMAGE',
    message: expect.stringMatching(/^the image that was built: manifests: .*is not a descriptor$/),
  })
})

test.each([
  ['is missing', undefined],
  ['is no JSON', 'x'],
])('an index.json that %s is a damaged image', async (_, text) => {
  const {host} = await written()
  if (text === undefined) await host.files.remove('index.json')
  else await host.files.write('index.json', text)
  await expect(readLayout(host, host.workspace)).rejects.toMatchObject({
    code: 'IMAGE',
    message: expect.stringMatching(/^the image that was built: index\.json cannot be read: /),
    hint: 'Run the job again; if it fails again, remove the cache of the builder (buildx prune).',
  })
})
