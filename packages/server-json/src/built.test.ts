import {createHash} from 'node:crypto'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {type ArchiveFile, tar, tarGz, zip} from '@mcp-release/archives'
import {
  type BuiltPackage,
  type ReleaseFacts,
  type ServerJson,
  checkServerJson,
  currentSchema,
  generate,
  ownershipProblems,
  readBuilt,
  readDraft,
  stamp,
} from './index'

const name = 'io.github.octo/server'
const encoded = (files: Readonly<Record<string, string>>): ArchiveFile[] =>
  Object.entries(files).map(([path, text]) => ({name: path, mode: 0o644, content: Buffer.from(text)}))
const time = {time: 0}
const metadata = (readme: string) =>
  `Metadata-Version: 2.4\nName: Octo_Server\nVersion: 1.2.0rc1\nSummary: Does things.\n\n# Octo\n${readme}\n`
const wheel = (readme: string) => zip(encoded({'octo_server-1.2.0rc1.dist-info/METADATA': metadata(readme)}), time)
const sdist = (readme: string) => tarGz(encoded({'octo_server-1.2.0rc1/PKG-INFO': metadata(readme)}), time)
const npm = (content: object) =>
  tarGz(
    encoded({'package/package.json': JSON.stringify({name: '@octo/server', version: '1.2.0-rc.1', ...content})}),
    time,
  )

/** An OCI archive with an image for each platform, each with such a label. */
function image(labels: Readonly<Record<string, string | undefined>>) {
  const blobs: Record<string, string> = {}
  const blob = (value: object) => {
    const text = JSON.stringify(value)
    const hex = createHash('sha256').update(text).digest('hex')
    blobs[`blobs/sha256/${hex}`] = text
    return {mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: `sha256:${hex}`, size: text.length}
  }
  const manifests = Object.entries(labels).map(([platform, label]) => {
    const [os, architecture] = platform.split('/')
    const Labels = label === undefined ? {} : {'io.modelcontextprotocol.server.name': label}
    return blob({config: blob({os, architecture, config: {Labels}}), layers: []})
  })
  const top = {...blob({manifests}), mediaType: 'application/vnd.oci.image.index.v1+json'}
  return tar(encoded({'oci-layout': '{}', ...blobs, 'index.json': JSON.stringify({manifests: [top]})}), time)
}

async function read(files: Readonly<Record<string, Uint8Array | Promise<Uint8Array>>>): Promise<BuiltPackage[]> {
  const host = new FakeHost()
  const found: BuiltPackage[] = []
  for (const [file, content] of Object.entries(files)) {
    const path = `${host.workspace}/${file}`
    await host.files.write(path, await content)
    const each = await readBuilt(host.files, path)
    if (each !== undefined) found.push(each)
  }
  return found
}

const good = {
  'octo_server-1.2.0rc1-py3-none-any.whl': wheel(`<!-- mcp-name: ${name} -->`),
  'octo_server-1.2.0rc1.tar.gz': sdist(`<!-- mcp-name: ${name}-->`),
  'octo-server-1.2.0-rc.1.tgz': npm({mcpName: name, description: 'Does things.'}),
  'octo_1.2.0-rc.1_linux_amd64.mcpb': Buffer.from('bundle for amd64'),
  'octo_1.2.0-rc.1_linux_arm64.mcpb': Buffer.from('bundle for arm64'),
  'server_1.2.0-rc.1_image.oci.tar': image({'linux/amd64': name, 'linux/arm64': name}),
  'octo_1.2.0-rc.1_linux_amd64.tar.gz': tarGz(encoded({octo: 'binary'}), time),
  SHA256SUMS: Buffer.from('x'),
}
const stdio = {type: 'stdio' as const}
const draft = {
  $schema: currentSchema,
  name,
  description: 'Does things.',
  version: '1.1.0',
  packages: [
    {registryType: 'pypi', identifier: 'octo-server', version: '1.1.0', transport: stdio},
    {registryType: 'npm', identifier: '@octo/server', version: '1.1.0', transport: stdio},
    {registryType: 'mcpb', identifier: 'https://github.com/octo/mcp/releases/download/v1.1.0/octo_1.1.0_linux_arm64.mcpb', fileSha256: 'f'.repeat(64), version: '1.1.0', transport: stdio},
    {registryType: 'oci', identifier: 'ghcr.io/octo/server:v1.1.0', transport: stdio},
  ],
} // prettier-ignore
const facts = (built: readonly BuiltPackage[], changes: Partial<ReleaseFacts> = {}): ReleaseFacts => ({
  version: '1.2.0-rc.1',
  downloads: 'https://github.com/octo/mcp/releases/download/v1.2.0-rc.1',
  built,
  pushed: [],
  ...changes,
})

test('every field is stamped from the files: versions as each ecosystem spells them, URL and digest of the bundle, the tag', async () => {
  const {server, problems} = stamp(draft, facts(await read(good)))
  expect(problems).toEqual([])
  expect(server).toEqual({
    ...draft,
    version: '1.2.0-rc.1',
    packages: [
      {registryType: 'pypi', identifier: 'octo-server', version: '1.2.0rc1', transport: stdio},
      {registryType: 'npm', identifier: '@octo/server', version: '1.2.0-rc.1', transport: stdio},
      {
        registryType: 'mcpb',
        identifier: 'https://github.com/octo/mcp/releases/download/v1.2.0-rc.1/octo_1.2.0-rc.1_linux_arm64.mcpb',
        fileSha256: createHash('sha256').update('bundle for arm64').digest('hex'),
        version: '1.2.0-rc.1',
        transport: stdio,
      },
      {registryType: 'oci', identifier: 'ghcr.io/octo/server:v1.2.0-rc.1', transport: stdio},
    ],
  })
  expect(checkServerJson(server).findings).toEqual([])
  expect(ownershipProblems(server as ServerJson, await read(good))).toEqual([])
})

test('a pushed image is named by its digest, too', () => {
  const digest = `sha256:${'d'.repeat(64)}`
  const pushed = [`ghcr.io/octo/server@${digest}`]
  const oci = {...draft, packages: draft.packages.slice(3)}
  expect(stamp(oci, facts([], {pushed})).server).toMatchObject({
    packages: [{identifier: `ghcr.io/octo/server:v1.2.0-rc.1@${digest}`}],
  })
})

test('an entry that means nothing that was built is a problem that lists what was', async () => {
  const built = (await read(good)).filter(({type}) => type === 'npm' || type === 'mcpb')
  const packages = [
    {registryType: 'pypi', identifier: 'octo-server', transport: stdio},
    {registryType: 'nuget', identifier: 'Octo', transport: stdio},
    {registryType: 'mcpb', identifier: 'https://github.com/octo/mcp/releases/download/v1/octo.mcpb', transport: stdio},
  ]
  const list =
    'built were mcpb octo_1.2.0-rc.1_linux_amd64.mcpb, mcpb octo_1.2.0-rc.1_linux_arm64.mcpb, npm @octo/server'
  expect(stamp({...draft, packages}, facts(built)).problems).toEqual([
    `packages[0].identifier: pypi "octo-server" is nothing that this release built; ${list}`,
    `packages[1].identifier: nuget "Octo" is nothing that this release built; ${list}`,
    `packages[2].identifier: mcpb "https://github.com/octo/mcp/releases/download/v1/octo.mcpb" is nothing that this release built; ${list}`,
  ])
  const remote = {...draft, packages: undefined, remotes: [{type: 'sse', url: 'https://example.com/sse'}]}
  expect(stamp(remote, facts(built)).problems).toEqual([])
})

test('lists and versions with names in other letters are stamped, too, and told', async () => {
  const {packages, version: _, ...rest} = draft
  const entries = packages.slice(1, 2).map(({version: old, ...each}) => ({...each, Version: old}))
  const given = readDraft(JSON.stringify({...rest, VERSION: '1.1.0', Packages: entries}))
  expect(stamp(given.draft, facts(await read(good))).server).toEqual({
    ...rest,
    version: '1.2.0-rc.1',
    packages: [{registryType: 'npm', identifier: '@octo/server', version: '1.2.0-rc.1', transport: stdio}],
  })
  expect(given.findings.map(({text}) => text)).toEqual([
    'server.json: VERSION: is read as "version"; write that',
    'server.json: Packages: is read as "packages"; write that',
    'server.json: Packages[0].Version: is read as "version"; write that',
  ])
})

test('what the registry would miss in a published package is found in the built file', async () => {
  const built = await read({
    'octo_server-1.2.0rc1-py3-none-any.whl': wheel('no token'),
    'octo_server-1.2.0rc1.tar.gz': sdist(`mcp-name: ${name}-pro`),
    'octo-server-1.2.0-rc.1.tgz': npm({mcpName: 'io.github.Octo/server', private: true}),
    'server_1.2.0-rc.1_image.oci.tar': image({'linux/arm64': undefined}),
    'octo-1.2.0.crate': tarGz(encoded({'octo-1.2.0/README.md': `<!-- mcp-name: ${name} -->`}), time),
  })
  const packages = [...draft.packages, {registryType: 'cargo', identifier: 'octo', version: '1.2.0', transport: stdio}]
  expect(ownershipProblems({...draft, packages}, built)).toEqual([
    `octo_server-1.2.0rc1-py3-none-any.whl: the readme that is packed does not name the server, by which the MCP Registry knows the owner; add the line <!-- mcp-name: ${name} -->`,
    `octo_server-1.2.0rc1.tar.gz: the readme that is packed has "mcp-name: ${name}-pro", but server.json has the name "${name}"; write "mcp-name: ${name}" in its place, or set the name in server.json`,
    'octo-server-1.2.0-rc.1.tgz: package.json says "private": true; remove it',
    `octo-server-1.2.0-rc.1.tgz: package.json has the mcpName "io.github.Octo/server", but server.json has the name "${name}"; set "mcpName" to that, or the name in server.json`,
    'server_1.2.0-rc.1_image.oci.tar: has no image for linux/amd64, which is the one that the registry reads',
    `server_1.2.0-rc.1_image.oci.tar: the image for linux/arm64 has no label io.modelcontextprotocol.server.name; add LABEL io.modelcontextprotocol.server.name="${name}" to the Containerfile`,
    `octo-1.2.0.crate: the readme that is packed has "mcp-name: ${name}" in a comment, which is not shown on the crate's page; make it visible`,
  ])
})

test('a repository without server.json gets one that passes', async () => {
  const built = await read(good)
  const made = stamp(generate(facts(built), {repository: 'octo/mcp'}), facts(built))
  expect(made.problems).toEqual([])
  const {server, findings} = checkServerJson(made.server)
  expect(findings).toEqual([])
  expect(server).toMatchObject({
    name,
    description: 'Does things.',
    repository: {url: 'https://github.com/octo/mcp', source: 'github'},
    version: '1.2.0-rc.1',
  })
  expect(server?.packages?.map(({registryType, runtimeHint}) => [registryType, runtimeHint])).toEqual([
    ['pypi', 'uvx'],
    ['npm', 'npx'],
    ['mcpb', undefined],
    ['mcpb', undefined],
  ])
})

test('a tarball whose package.json cannot be read is refused with its name', async () => {
  const broken = tarGz(encoded({'package/package.json': '{"name": '}), time)
  await expect(read({'x-1.0.0.tgz': broken})).rejects.toMatchObject({
    code: 'ARCHIVE',
    message: expect.stringMatching(/^x-1\.0\.0\.tgz: package\/package\.json cannot be read: \S/),
    hint: 'Build the file anew, and give it as it was written.',
  })
})

test('a damaged image archive is refused with the place', async () => {
  const image = (text?: string) =>
    read({'x.oci.tar': tar(encoded(text === undefined ? {'oci-layout': '{}'} : {'index.json': text}), time)})
  const hint = 'Build the image anew, and give its archive as it was written.'
  await expect(image()).rejects.toMatchObject({code: 'ARCHIVE', message: 'x.oci.tar: index.json is missing', hint})
  for (const text of ['{}', 'no JSON']) {
    await expect(image(text)).rejects.toMatchObject({
      code: 'ARCHIVE',
      message: 'x.oci.tar: index.json is not what an OCI image layout has there',
      hint,
    })
  }
})
