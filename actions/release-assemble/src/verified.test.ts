import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import type {Host} from '@mcp-release/action-kit'
import {type VerifiedServer, formatJson} from '@mcp-release/release-model'
import {main} from './main'
import {archive, handOverAll, inputs as common, machineIn, plan, tarball} from './testing/release'
import {takeListings} from './verified'

const inputs = {...common, verified: 'verified', verification: 'verification.json', notes: 'notes.md'}

const server = (file: string, status: VerifiedServer['status'], reason?: string): VerifiedServer => ({
  file,
  status,
  ...(reason === undefined ? {} : {reason}),
  checks: [],
})
const report = (host: Host, id: string, servers: readonly VerifiedServer[]) =>
  host.files.write(`verified/verified-${id}/verification.json`, formatJson({schemaVersion: 1, servers: [...servers]}))

/** Sealed files with their SBOM, and reports of the three platforms of the plan. */
async function verified(): Promise<Host> {
  const host = await machineIn(mkdtempSync(join(tmpdir(), 'release-assemble-')), process.env)
  await handOverAll(host)
  await main({...inputs, stage: 'sealed'}, host)
  await host.files.write(`files/${tarball}.spdx.json`, '{}')
  const elsewhere = server(archive, 'skipped', 'is for linux/amd64 | here')
  await report(host, 'linux-amd64', [server(tarball, 'verified'), server(archive, 'verified')])
  await report(host, 'darwin-arm64', [server(tarball, 'verified'), elsewhere])
  await report(host, 'windows-amd64', [server(tarball, 'skipped', 'x'), elsewhere])
  return host
}

test('the reports of all platforms become one, and the notes say what was started where', async () => {
  const host = await verified()
  await main({...inputs, stage: 'complete'}, host)
  const {servers} = JSON.parse(await host.files.readText('verification.json')) as {servers: readonly VerifiedServer[]}
  expect(servers.map(({file, status, startedOn}) => [file, status, startedOn])).toEqual([
    [tarball, 'verified', ['linux/amd64', 'darwin/arm64']],
    [archive, 'verified', ['linux/amd64']],
  ])
  expect(await host.files.readText('notes.md')).toBe(`<details>
<summary>2 of 2 files were started before this release was published</summary>

| file | started on |
| --- | --- |
| ${tarball} | linux/amd64, darwin/arm64 |
| ${archive} | linux/amd64 |

</details>
`)
})

test('a file that was started nowhere is named with the reason', async () => {
  const host = await verified()
  await report(host, 'linux-amd64', [
    server(tarball, 'verified'),
    server(archive, 'unverified', 'needs | <b>an account</b>'),
  ])
  await main({...inputs, stage: 'complete'}, host)
  const notes = await host.files.readText('notes.md')
  expect(notes).toContain('1 of 2 files')
  expect(notes).toContain('not verified: needs \\| &lt;b>an account&lt;/b>')
})

const faults: Readonly<Record<string, readonly [(host: Host) => Promise<void>, string]>> = {
  'a platform without a report': [
    host => host.files.remove('verified/verified-windows-amd64'),
    'verified-windows-amd64/verification.json: is not there, so nothing says what was started on windows/amd64',
  ],
  'a report that nobody planned': [
    host => report(host, 'other', []),
    '"verified-other": the plan starts nothing there',
  ],
  'a text that is no report': [
    host => host.files.write('verified/verified-darwin-arm64/compatibility.md', '[text](https://example.com)'),
    'verified-darwin-arm64: holds "compatibility.md", which is no report',
  ],
  'a report that cannot be read': [
    host => host.files.write('verified/verified-darwin-arm64/verification.json', '[]'),
    'verified-darwin-arm64/verification.json',
  ],
  'a file that no report names': [
    async host => {
      for (const id of ['linux-amd64', 'darwin-arm64', 'windows-amd64'])
        await report(host, id, [server(tarball, 'verified')])
    },
    `${archive}: no report says what became of it`,
  ],
  'a file that nobody planned': [
    host => report(host, 'darwin-arm64', [server('other.tgz', 'verified')]),
    'other.tgz: was started on darwin/arm64, but the plan has no such file',
  ],
  'a failure': [
    host => report(host, 'darwin-arm64', [server(tarball, 'failed', 'handshake: why')]),
    `${tarball}: failed on darwin/arm64: handshake: why`,
  ],
}

test.each(Object.entries(faults))('%s keeps a release from being complete', async (_, [change, problem]) => {
  const host = await verified()
  await change(host)
  await expect(main({...inputs, stage: 'complete'}, host)).rejects.toMatchObject({
    message: expect.stringContaining(problem),
  })
  expect(await host.files.stat('files/SHA256SUMS')).toBeUndefined()
})

test('of what lies beside a report as tools.json, only what is known is published', async () => {
  const host = await machineIn(mkdtempSync(join(tmpdir(), 'release-assemble-')), process.env)
  const planned = {...plan, artifacts: [...plan.artifacts, {name: 'tools.json', kind: 'tools' as const}]}
  const tool = {description: 'Adds', inputSchema: {properties: {a: {}}, type: 'object'}, name: 'add'}
  const own = {schemaVersion: 1, servers: [{name: 'x', version: '1.0.0', tools: [tool], files: [tarball]}]}
  const take = async (value: unknown) => {
    await host.files.write('verified/verified-linux-amd64/tools.json', formatJson(value))
    await takeListings(host, planned, {folder: 'verified', directory: 'files'})
    return host.files.readText('files/tools.json')
  }
  expect(await take(own)).toBe(formatJson(own))
  const [server] = own.servers
  const more = {...own, html: '<b>', servers: [{...server, html: '<b>', tools: [{...tool, _meta: {html: '<b>'}}]}]}
  expect(await take(more)).toBe(formatJson(own))
  await expect(take({...own, schemaVersion: 2})).rejects.toMatchObject({
    problems: ['tools.json: is not what mcp-verify writes'],
  })
})
