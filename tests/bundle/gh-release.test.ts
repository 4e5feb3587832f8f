import {mkdirSync, writeFileSync} from 'node:fs'
import {type Server, createServer} from 'node:http'
import {type AddressInfo, connect} from 'node:net'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {type Forge, type ForgeOptions, startForge} from '@mcp-release/forge'
import {runBundle, temporaryFolder} from './run-bundle'

const open: Forge[] = []
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

async function stand(options: Partial<ForgeOptions> = {}): Promise<Forge> {
  const tags = {'v1.2.3': 'c'.repeat(40)}
  const forge = await startForge({repositories: [{owner: 'acme', name: 'tool', tags}], ...options})
  open.push(forge)
  return forge
}

function workspace(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'dist/tool.tar.gz'), 'archive')
  writeFileSync(join(folder, 'dist/read me.txt'), 'text')
  writeFileSync(
    join(folder, 'CHANGELOG.md'),
    '# Changelog\n\n## [1.2.3] - 2026-01-02\n\n- A tool.\n\n## [1.2.2]\n\n- Older.\n',
  )
  return folder
}

const environment = (forge: Forge) => ({
  GITHUB_API_URL: forge.url,
  GITHUB_GRAPHQL_URL: forge.graphqlUrl,
  GITHUB_REPOSITORY: 'acme/tool',
  GITHUB_REF: 'refs/tags/v1.2.3',
  GITHUB_SHA: 'c'.repeat(40),
})
const inputs = {files: 'dist/*', changelog: 'CHANGELOG.md', checksums: 'true', concurrency: '1', token: 'hidden-token'}

test('a release, and the same again', async () => {
  const forge = await stand()
  const run = {inputs, env: environment(forge), workspace: workspace()}
  const first = await runBundle('gh-release', run)
  expect(first.stdout).toBe(`::add-mask::hidden-token
2 files are checked and hashed
Draft 1002 of v1.2.3 created
read.me.txt: 4 bytes uploaded
tool.tar.gz: 7 bytes uploaded
SHA256SUMS: 156 bytes uploaded
`)
  expect(first.exitCode).toBe(0)
  const {assets, checksums, ...outputs} = first.outputs
  expect(outputs).toEqual({
    id: '1002',
    url: `${forge.webUrl}/acme/tool/releases/tag/v1.2.3`,
    'upload-url': `${forge.url}/uploads/repos/acme/tool/releases/1002/assets{?name,label}`,
    tag: 'v1.2.3',
    draft: 'false',
    prerelease: 'false',
    immutable: 'false',
    state: 'created',
  })
  expect(
    (JSON.parse(assets ?? '') as {name: string; state: string}[]).map(({name, state}) => `${name} ${state}`),
  ).toEqual(['SHA256SUMS uploaded', 'read.me.txt uploaded', 'tool.tar.gz uploaded'])
  expect(
    checksums
      ?.trim()
      .split('\n')
      .map(line => line.slice(64)),
  ).toEqual(['  SHA256SUMS', '  read.me.txt', '  tool.tar.gz'])
  expect(forge.releases()[0]).toMatchObject({body: '- A tool.', draft: false, latest: true})
  expect(first.summary).toContain('### Release v1.2.3: created')

  const second = await runBundle('gh-release', run)
  expect(second.stdout).toBe(`::add-mask::hidden-token
2 files are checked and hashed
Published release 1002 of v1.2.3 is there
`)
  expect(second.outputs['state']).toBe('unchanged')
})

test('a release that cannot be made says why, and what to do', async () => {
  const forge = await stand({tokens: [{token: 'hidden-token', contents: 'read'}]})
  const {stdout, exitCode} = await runBundle('gh-release', {inputs, env: environment(forge), workspace: workspace()})
  expect(exitCode).toBe(1)
  expect(stdout.replace(/request [^)]+/, 'request <id>')).toBe(`::add-mask::hidden-token
2 files are checked and hashed
::error::gh-release [GITHUB_REFUSED]: POST /repos/acme/tool/releases answered 403: Resource not accessible by integration (request <id>)%0AThe token may not do this (POST), or the repository has another name. The job needs:%0Apermissions:%0A  contents: write%0AGitHub accepts the permissions contents=write.
`)
})

test('connections are kept: many files need no more of them than are sent at once', async () => {
  const forge = await stand()
  const folder = workspace()
  for (let at = 0; at < 30; at++) writeFileSync(join(folder, `dist/file-${at}.txt`), `text ${at}`)
  const {exitCode} = await runBundle('gh-release', {
    inputs: {...inputs, concurrency: '4'},
    env: environment(forge),
    workspace: folder,
  })
  expect(exitCode).toBe(0)
  // Four for files; what is JSON has its own, of which three are asked at the same time.
  expect(forge.connections()).toBeLessThanOrEqual(4 + 3)
})

/** A proxy that knows the way to a name that nobody else knows. */
async function startProxy(
  port: number,
): Promise<{readonly proxy: Server; readonly url: string; readonly asked: string[]}> {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', ({url = ''}, client) => {
    asked.push(url)
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    for (const each of [server, client]) each.on('error', () => undefined)
  })
  proxy.listen(0, '127.0.0.1')
  await new Promise(resolve => proxy.once('listening', resolve))
  return {proxy, asked, url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`}
}

test('a proxy that the runner names is used for calls and for files', async () => {
  const forge = await stand({hostname: 'forge.test'})
  const {proxy, asked, url} = await startProxy(forge.port)
  const env = {...environment(forge), http_proxy: url}
  const {stdout, exitCode} = await runBundle('gh-release', {inputs, env, workspace: workspace()})
  proxy.close()
  expect(stdout).toContain('tool.tar.gz: 7 bytes uploaded')
  expect(exitCode).toBe(0)
  expect(forge.releases()).toMatchObject([{draft: false}])
  expect(asked.length).toBeGreaterThan(2)
  expect(new Set(asked)).toEqual(new Set([`forge.test:${forge.port}`]))
})
