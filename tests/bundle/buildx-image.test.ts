import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {runBundle, stubProgram, temporaryFolder} from './run-bundle'

// Answers as docker does with a builder of its own; an image has one configuration per platform and no layers.
const docker = stubProgram(
  'docker',
  `const {mkdirSync, writeFileSync} = require('node:fs')
  const {createHash} = require('node:crypto')
  const args = process.argv.slice(3)
  if (args[0] === 'version') { console.log('github.com/docker/buildx v0.38.2'); process.exit() }
  if (args[0] === 'inspect') { console.log('Name:   ci\\nDriver: docker-container'); process.exit() }
  const value = name => args.find(arg => arg.startsWith('--' + name + '=')).slice(name.length + 3)
  const labels = Object.fromEntries(args.filter((_, at) => args[at - 1] === '--label').map(pair => pair.split('=')))
  const folder = /dest=([^,]+)/.exec(value('output'))[1]
  mkdirSync(folder + '/blobs/sha256', {recursive: true})
  const blob = (kind, content) => {
    const text = JSON.stringify(content)
    const hex = createHash('sha256').update(text).digest('hex')
    writeFileSync(folder + '/blobs/sha256/' + hex, text)
    return {mediaType: 'application/vnd.oci.image.' + kind + '.v1+json', digest: 'sha256:' + hex, size: text.length}
  }
  const manifests = value('platform').split(',').map(platform => {
    const [os, architecture] = platform.split('/')
    const created = new Date(process.env.SOURCE_DATE_EPOCH * 1000).toISOString().replace('.000Z', 'Z')
    const config = blob('config', {os, architecture, created, config: {User: '', Labels: labels}})
    return blob('manifest', {config, layers: []})
  })
  const root = blob('index', {manifests})
  writeFileSync(folder + '/index.json', JSON.stringify({manifests: [{...root, annotations: {time: String(process.hrtime.bigint())}}]}))
  writeFileSync(value('metadata-file'), JSON.stringify({'containerimage.digest': root.digest}))
  console.error('::add-path::/evil')
  console.log('::add-path::/evil')`,
)

function workspaceWith(files: Readonly<Record<string, string>>): string {
  const workspace = temporaryFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(workspace, name), content)
  return workspace
}

const env = {GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/n', GITHUB_SHA: 'c'.repeat(40)}
const given = {'source-date': '0', version: 'v1.0.0', archive: 'n_1.0.0_image.oci.tar', platforms: 'linux/amd64'}
const files = {Containerfile: 'FROM scratch\nARG VERSION\n', 'server.json': '{"name": "io.github.o/n"}'}

test('an archive of an image: the whole transcript', async () => {
  const result = await runBundle('buildx-image', {inputs: given, env, workspace: workspaceWith(files), path: [docker]})
  const digests: string[] = []
  const transcript = result.stdout
    .replaceAll(docker, '<tools>')
    .replaceAll(/image-\w{6}/g, 'image-XXXXXX')
    .replaceAll(
      /[0-9a-f]{64}/g,
      digest => `<${digests.includes(digest) ? digests.indexOf(digest) : digests.push(digest) - 1}>`,
    )
  expect(transcript).toBe(`docker buildx: github.com/docker/buildx v0.38.2
Builder: ci (docker-container)
::group::Build for linux/amd64
::stop-commands::<mark>
$ <tools>/docker buildx build --builder=ci --progress=plain --file=<workspace>/Containerfile --platform=linux/amd64 --provenance=false --sbom=false --build-arg SOURCE_DATE_EPOCH=0 --build-arg VERSION=1.0.0 --label io.modelcontextprotocol.server.name=io.github.o/n --label org.opencontainers.image.created=1970-01-01T00:00:00Z --label org.opencontainers.image.revision=cccccccccccccccccccccccccccccccccccccccc --label org.opencontainers.image.source=https://github.com/o/n --label org.opencontainers.image.title=n --label org.opencontainers.image.version=1.0.0 --annotation manifest:io.modelcontextprotocol.server.name=io.github.o/n --annotation manifest:org.opencontainers.image.created=1970-01-01T00:00:00Z --annotation manifest:org.opencontainers.image.revision=cccccccccccccccccccccccccccccccccccccccc --annotation manifest:org.opencontainers.image.source=https://github.com/o/n --annotation manifest:org.opencontainers.image.title=n --annotation manifest:org.opencontainers.image.version=1.0.0 --metadata-file=<temp>/image-XXXXXX/metadata.json --output=type=oci,dest=<temp>/image-XXXXXX/layout,tar=false,rewrite-timestamp=true,oci-mediatypes=true,compression=gzip <workspace>
::add-path::/evil
::add-path::/evil
::<mark>::
::endgroup::
::warning::linux/amd64: the server runs as root; end the Containerfile with USER 65532:65532 or another user
linux/amd64: 0 bytes, sha256:<0>
image: sha256:<1>
`)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toMatchObject({digest: `sha256:${digests[1] ?? ''}`, archive: `built/${given.archive}`})
  expect(result.outputs['references']).toBe('')
  expect(result.summary).toContain('| linux/amd64 | 0 | root |')
})

test('a second run gives the same bytes', async () => {
  const run = async () => {
    const workspace = workspaceWith(files)
    expect((await runBundle('buildx-image', {inputs: given, env, workspace, path: [docker]})).exitCode).toBe(0)
    return readFileSync(join(workspace, 'built', given.archive))
  }
  expect((await run()).equals(await run())).toBe(true)
})

test('wrong inputs stop the action before anything runs, all in one message', async () => {
  const inputs = {platforms: 'amd64', tags: 'ghcr.io/O/n:1', push: 'true'}
  const result = await runBundle('buildx-image', {inputs, path: [docker]})
  expect(result.exitCode).toBe(1)
  expect(result.stdout).toBe(
    '::error::buildx-image [INPUT]:%0A- tags: "ghcr.io/O/n:1" has upper case letters; registries want ghcr.io/o/n:1%0A' +
      '- platforms: "amd64" lacks the operating system: linux/amd64%0A' +
      '- containerfile: there is no Containerfile or Dockerfile in "."\n',
  )
})
