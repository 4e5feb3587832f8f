import {createHash} from 'node:crypto'
import {join} from 'node:path'
import {beforeEach, expect, test} from '@jest/globals'
import {readInputs} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {readTar} from '@mcp-release/archives'
import {contract} from './action.gen'
import {main} from './main'
import {type FakeBuildx, fakeBuildx} from './testing/fake-buildx'

const archive = 'server_1.0.0_image.oci.tar'
const serverLabel = 'io.modelcontextprotocol.server.name'
let fake: FakeBuildx
let host: FakeHost

beforeEach(async () => {
  fake = fakeBuildx()
  host = new FakeHost(fake.program, {env: {GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/n'}})
  await host.files.write('Containerfile', 'FROM scratch\nARG VERSION\nLABEL org.opencontainers.image.title="mine"\n')
  await host.files.write('server.json', '{"name": "io.github.o/n", "description": "Does things"}')
})

const given = {version: 'v1.0.0', 'source-date': '1000000000', archive}

function run(inputs: Readonly<Record<string, string>> = {}) {
  const env = Object.entries({...given, ...inputs}).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return main(readInputs(contract, Object.fromEntries(env) as Record<string, string>), host)
}

const firstBuild = () => host.commands.map(({argv}) => argv).find(argv => argv[2] === 'build') ?? []
const flagged = (flag: string) => firstBuild().filter((_, at, argv) => argv[at - 1] === flag)
const warnings = () => host.lines.filter(line => line.startsWith('warning: ')).map(line => line.slice(9))

test('an archive holds the layout, and the fragment describes it', async () => {
  const outputs = await run({fragment: 'fragment.json', package: 'oci:.'})
  const bytes = await host.files.readBytes(join('built', archive))
  const names = (await readTar(bytes)).map(({name}) => name)
  expect(names.slice(-2)).toEqual(['index.json', 'oci-layout'])
  expect(names).toHaveLength(8)
  expect(outputs).toMatchObject({archive: `built/${archive}`, references: ''})
  const artifact = {
    name: archive,
    kind: 'image',
    package: 'oci:.',
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
  expect(JSON.parse(outputs.artifacts)).toEqual([artifact])
  expect(JSON.parse(await host.files.readText('fragment.json'))).toEqual({schemaVersion: 1, artifacts: [artifact]})
})

test('a second run gives the same bytes, though BuildKit writes the time of its run', async () => {
  await run({'output-directory': 'a'})
  await run({'output-directory': 'b'})
  expect(await host.files.sha256(join('a', archive))).toBe(await host.files.sha256(join('b', archive)))
})

test('labels come from the checkout; the Containerfile keeps its own words', async () => {
  await run({labels: 'team=tools'})
  expect(flagged('--label')).toEqual([
    `${serverLabel}=io.github.o/n`,
    'org.opencontainers.image.created=2001-09-09T01:46:40Z',
    'org.opencontainers.image.description=Does things',
    'org.opencontainers.image.source=https://github.com/o/n',
    'org.opencontainers.image.version=1.0.0',
    'team=tools',
  ])
  expect(flagged('--annotation')).toContain('index,manifest:org.opencontainers.image.title=mine')
  expect(flagged('--build-arg')).toEqual(['SOURCE_DATE_EPOCH=1000000000', 'VERSION=1.0.0'])
})

test('a server name that the registry would refuse is a warning', async () => {
  await run({labels: `${serverLabel}=io.github.O/n`})
  expect(warnings()).toEqual([
    `labels: ${serverLabel} is "io.github.O/n", but server.json says "io.github.o/n"; the MCP Registry will refuse the image`,
  ])
})

test('a platform that got lost and a label that is not there stop the action, together', async () => {
  fake.lost = ['linux/arm64']
  fake.unlabelled = [serverLabel]
  await expect(run()).rejects.toMatchObject({
    code: 'IMAGE',
    message: [
      '- linux/arm64: is not in the image',
      '  Look in the log whether the builder left it out, or take it out of `platforms`.',
      `- linux/amd64: the label ${serverLabel} is missing, not "io.github.o/n"`,
      '  The builder did not take the --label of this build: use BuildKit 0.13 or newer.',
    ].join('\n'),
  })
  expect(await host.files.stat(join('built', archive))).toBeUndefined()
})

test.each(['', 'root', '0:0'])('the user %j is a warning', async user => {
  fake.user = user
  await run({platforms: 'linux/amd64'})
  expect(warnings()).toEqual([
    'linux/amd64: the server runs as root; end the Containerfile with USER 65532:65532 or another user',
  ])
})

test('build arguments that look like secrets or are not read are warnings', async () => {
  await run({'build-args': 'NPM_TOKEN=x\nVERSION=2.0.0'})
  expect(warnings().map(text => text.split(/[;,]/)[0])).toEqual([
    'build-args: NPM_TOKEN looks like a secret',
    'build-args: NPM_TOKEN is not used',
  ])
  expect(flagged('--build-arg')).toContain('VERSION=2.0.0')
})

test('foreign processors: the error says how to get emulation', async () => {
  fake.failures.push('#9 ERROR: process "/bin/sh -c ls" did not complete: exec /bin/sh: exec format error')
  const hint: unknown = expect.stringContaining('qemu-user-static')
  await expect(run()).rejects.toMatchObject({code: 'BUILD', hint})
})

test('temporary files are removed, also after a failure', async () => {
  fake.failures.push('ERROR: no')
  await expect(run()).rejects.toMatchObject({code: 'BUILD'})
  expect(await host.files.list(host.temp)).toEqual([])
})

test('without buildx nothing is built', async () => {
  host = new FakeHost(() => undefined)
  await host.files.write('Containerfile', 'FROM scratch\n')
  await expect(run()).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: 'buildx: neither `docker buildx` nor `buildx` works here',
    hint: expect.stringContaining('docker/setup-buildx-action'),
  })
})
