import {createHash} from 'node:crypto'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {type ServerJson, type ServerPackage, imageReference, nameLabel, registryHost} from '@mcp-release/server-json'
import {type ImageRegistry, startImageRegistry} from '@mcp-release/test-stand'
import {pullAnonymously} from './anonymous-pull'
import {awaitPackages} from './await-packages'

const name = 'io.github.octo/server'

describe('images in a real registry', () => {
  let registry: ImageRegistry
  beforeAll(async () => {
    registry = await startImageRegistry()
  })
  afterAll(() => registry.close())

  async function push(repository: string, labels: Readonly<Record<string, string | undefined>>): Promise<string> {
    const base = `http://${registry.address}/v2/${repository}`
    const blob = async (value: object) => {
      const text = JSON.stringify(value)
      const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`
      const place = (await fetch(`${base}/blobs/uploads/`, {method: 'POST'})).headers.get('location') ?? ''
      await fetch(`${place}&digest=${digest}`, {
        method: 'PUT',
        body: text,
        headers: {'content-type': 'application/octet-stream'},
      })
      return {mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: text.length}
    }
    const put = async (reference: string, content: object, mediaType: string) => {
      const body = JSON.stringify({schemaVersion: 2, mediaType, ...content})
      const answer = await fetch(`${base}/manifests/${reference}`, {
        method: 'PUT',
        body,
        headers: {'content-type': mediaType},
      })
      expect(answer.status).toBe(201)
      return {mediaType, digest: answer.headers.get('docker-content-digest') ?? '', size: body.length}
    }
    const manifests: object[] = []
    for (const [platform, label] of Object.entries(labels)) {
      const [os, architecture] = platform.split('/')
      const Labels = label === undefined ? null : {[nameLabel]: label}
      const config = await blob({os, architecture, rootfs: {type: 'layers', diff_ids: []}, config: {Labels}})
      manifests.push({
        ...(await put(architecture ?? '', {config, layers: []}, 'application/vnd.oci.image.manifest.v1+json')),
        platform: {os, architecture},
      })
    }
    await put('1.0.0', {manifests}, 'application/vnd.oci.image.index.v1+json')
    return `${registry.address}/${repository}`
  }
  const pull = (image: string) => pullAnonymously(imageReference(image), registry.address, name)

  test('the label of the linux/amd64 image counts, found through the index, by tag and by digest', async () => {
    const image = await push('octo/good', {'linux/arm64': undefined, 'linux/amd64': name})
    expect(await pull(`${image}:1.0.0`)).toEqual({isVisible: true})
    expect(await pull(`${image}:amd64`)).toEqual({isVisible: true})
    expect(await pull(`${image}:2.0.0`)).toEqual({isVisible: false, reason: 'the registry of the image answers 404'})
  })

  test('no label, another name and no amd64 image are final', async () => {
    const final = async (labels: Readonly<Record<string, string | undefined>>) => {
      const visibility = await pull(`${await push(`octo/bad-${Object.keys(labels).length}`, labels)}:1.0.0`)
      return visibility.isVisible ? '' : `${visibility.isFinal === true ? 'final' : 'passing'}: ${visibility.reason}`
    }
    expect(await final({'linux/amd64': undefined})).toContain(`final: has no label ${nameLabel}`)
    expect(await final({'linux/amd64': 'io.github.Octo/server'})).toContain(
      'final: has "io.github.Octo/server" in the label',
    )
    expect(await final({'linux/arm64': name})).toContain('final: has no image for linux/amd64')
  })
})

test('a private image is final, and a token for everybody is asked for where the registry says', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url?.startsWith('/token') === true) return response.end('{"token":"anonymous"}')
    const allowed = request.headers.authorization === 'Bearer anonymous'
    const challenge = `Bearer realm="http://${host}/token",service="images",scope="repository:octo/private:pull"`
    return response.writeHead(allowed ? 403 : 401, allowed ? {} : {'www-authenticate': challenge}).end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await pullAnonymously(imageReference(`${host}/octo/private:1`), host, name)).toEqual({
    isVisible: false,
    isFinal: true,
    reason: 'cannot be read without a login; make the package public, or check its name',
  })
  expect(asked[1]).toBe('/token?service=images&scope=repository%3Aocto%2Fprivate%3Apull')
  server.close()
  server.closeAllConnections()
})

test('a host that is no registry leaves the question to the MCP Registry', async () => {
  const server = createServer((_, response) => response.writeHead(404).end('<html>Not here</html>'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await pullAnonymously(imageReference(`${host}/octo/server:1`), host, name)).toEqual({
    isVisible: true,
    note: 'left to the registry',
  })
  server.close()
  server.closeAllConnections()
})

test.each([
  ['example.org/octo/server:1', 'example.org'],
  ['localhost:5000/server', 'localhost:5000'],
  ['octo/server:1', undefined],
  ['server', undefined],
])('the registry of %s is %s', (image, host) => {
  expect(registryHost(imageReference(image))).toBe(host)
})

const stdio = {type: 'stdio' as const}
const npm: ServerPackage = {registryType: 'npm', identifier: '@octo/server', version: '1.0.0', transport: stdio}
const server = (...packages: ServerPackage[]): ServerJson => ({name, description: 'd', version: '1.0.0', packages})

test('what appears while one waits is seen; what does not is left to the registry with a warning', async () => {
  let looks = 0
  const host = new FakeHost(argv => {
    if (argv[1] === '--version') return {}
    if (argv[0] === 'npm')
      return ++looks < 2 ? {exitCode: 1, stderr: 'E404'} : {stdout: JSON.stringify({mcpName: name})}
    return argv[0] === 'python3' ? {stdout: 'Available versions: 0.9.0'} : undefined
  })
  const pypi: ServerPackage = {registryType: 'pypi', identifier: 'octo-server', version: '1.0.0', transport: stdio}
  await awaitPackages(host, server(npm, pypi), {visibility: 2_500})
  expect(looks).toBe(2)
  expect(host.lines.filter(line => !line.includes('waiting'))).toEqual([
    'npm @octo/server 1.0.0: is public',
    'warning: pypi octo-server 1.0.0: pip does not find version 1.0.0; the registry is asked all the same',
  ])
  expect(host.lines.filter(line => line.includes('waiting'))).toHaveLength(2)
})

// Run with npm 11.19.1, which answers with an object, and with npm 12.2.2, which always answers with a list.
test.each([{mcpName: name}, [{mcpName: name}]])('npm says %j of a package that is public', async answer => {
  const host = new FakeHost(() => ({stdout: JSON.stringify(answer)}))
  await awaitPackages(host, server(npm), {visibility: 0})
  expect(host.lines).toEqual(['npm @octo/server 1.0.0: is public'])
})

test('a package that was published with another name can never be accepted, so nobody waits', async () => {
  const host = new FakeHost(() => ({stdout: '{"name":"@octo/server","version":"1.0.0"}'}))
  await expect(awaitPackages(host, server(npm), {visibility: 60_000})).rejects.toMatchObject({
    code: 'NOT_PUBLIC',
    message: `- npm @octo/server 1.0.0: was published with no mcpName; it must be "${name}"`,
  })
})

test('a machine without the client of an ecosystem leaves the question to the registry', async () => {
  const host = new FakeHost()
  await awaitPackages(host, server(npm), {visibility: 0})
  expect(host.lines).toEqual(['npm @octo/server 1.0.0: npm is not on this machine'])
})
