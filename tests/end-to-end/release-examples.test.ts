import {mkdir, mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect} from '@jest/globals'
import {type Forge, startForge} from '@mcp-release/forge'
import {compatibilitySchema} from '@mcp-release/release-model'
import {
  type ReleaseStand,
  type Sigstore,
  standBinaries,
  startReleaseStand,
  startSigstore,
} from '@mcp-release/test-stand'
import {checkBundle, checkChecksums, checkManifest, checkSboms, signedFiles, verifySignature} from './release-checks'
import {type DownloadedRelease, downloadRelease, planOf, publicRelease} from './release-download'
import {missingPrograms, releasePrograms, testWith} from './release-requirements'
import {callTool, installTarball, installWheel, unpackArchive} from './release-servers'
import {callerInputs} from './release-workflow-file'

const examples = join(dirname(fileURLToPath(import.meta.url)), '../../examples')
const owner = 'mcp-release-examples'
const tag = 'v0.1.0'
// A release that is run three times; here, because one Sigstore at a time is enough for a machine.
const again = 'again'
// The default branch has gone on since the tag.
const branches = {main: 'a'.repeat(40)}

interface Example {
  readonly name: string
  readonly programs: readonly string[]
  readonly inputs: Readonly<Record<string, string>>
  /** What else is changed before it is tagged. */
  readonly edit?: (folder: string) => Promise<void>
  /** The files that builds make, as the user sees them. */
  readonly built: readonly string[]
  /** The bundles for desktop clients, and the one that a user on this machine would open. */
  readonly bundles: readonly string[]
  readonly bundle: string
  /** The file that a user on this machine would take, and what is in it. */
  readonly file: string
  readonly component: string
  readonly install: (file: string, directory: string, command: string) => Promise<string>
  readonly command: string
  readonly server: string
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
  readonly answer: object
}

const archives = (name: string, platforms: readonly string[]): readonly string[] =>
  platforms.map(platform => `${name}_0.1.0_${platform}.${platform.startsWith('windows') ? 'zip' : 'tar.gz'}`)
const sixPlatforms = ['linux', 'darwin', 'windows'].flatMap(os => [`${os}_amd64`, `${os}_arm64`])
const bundles = (name: string, platforms: readonly string[]): readonly string[] =>
  platforms.map(platform => `${name}_0.1.0_${platform}.mcpb`)
const here = process.arch === 'arm64' ? 'linux_arm64' : 'linux_amd64'

// As packages/test-stand/scripts/install-python.mjs installs it; runners of GitHub have such a folder of their own.
const python = join(examples, '../.cache/tool-cache/Python/3.14.6/x64/bin/python3')

const table: readonly Example[] = [
  {
    name: 'python',
    programs: ['python3'],
    inputs: {image: 'never', 'verify-on': 'linux/amd64', 'python-versions': `3.14=${python}`, 'sdk-versions': 'newest'},
    built: ['mcp_calendar_tools-0.1.0-py3-none-any.whl', 'mcp_calendar_tools-0.1.0.tar.gz'],
    bundles: ['mcp-calendar-tools_0.1.0.mcpb'],
    bundle: 'mcp-calendar-tools_0.1.0.mcpb',
    file: 'mcp_calendar_tools-0.1.0-py3-none-any.whl',
    component: 'mcp',
    install: installWheel,
    command: 'mcp-calendar-tools',
    server: 'mcp-calendar-tools',
    tool: 'describe_date',
    input: {date: '2026-12-28'},
    answer: {weekday: 'Monday', iso_week: '2026-W53'},
  },
  {
    name: 'typescript',
    programs: [],
    inputs: {image: 'never'},
    built: ['mcp-release-text-tools-0.1.0.tgz'],
    bundles: ['mcp-text-tools_0.1.0.mcpb'],
    bundle: 'mcp-text-tools_0.1.0.mcpb',
    file: 'mcp-release-text-tools-0.1.0.tgz',
    component: '@modelcontextprotocol/server',
    install: installTarball,
    command: 'mcp-text-tools',
    server: '@mcp-release/text-tools',
    tool: 'slugify',
    input: {text: 'One tag, every channel'},
    answer: {slug: 'one-tag-every-channel'},
  },
  {
    name: 'go',
    programs: ['go'],
    inputs: {image: 'never', 'verify-on': 'linux/amd64'},
    built: archives('mcp-json-tools', sixPlatforms),
    bundles: bundles('mcp-json-tools', sixPlatforms),
    bundle: `mcp-json-tools_0.1.0_${here}.mcpb`,
    file: `mcp-json-tools_0.1.0_${here}.tar.gz`,
    component: 'github.com/modelcontextprotocol/go-sdk',
    install: unpackArchive,
    command: 'mcp-json-tools',
    server: 'mcp-json-tools',
    tool: 'query_json',
    input: {document: '{"items": [{"name": 12345678901234567890}]}', pointer: '/items/0/name'},
    answer: {value: '12345678901234567890'},
  },
  {
    name: 'rust',
    programs: ['cargo'],
    inputs: {image: 'never', 'verify-on': 'linux/amd64', targets: here.replace('_', '/')},
    edit: withoutOptimizer,
    built: archives('mcp-hash-tools', [here]),
    bundles: bundles('mcp-hash-tools', [here]),
    bundle: `mcp-hash-tools_0.1.0_${here}.mcpb`,
    file: `mcp-hash-tools_0.1.0_${here}.tar.gz`,
    component: 'rmcp',
    install: unpackArchive,
    command: 'mcp-hash-tools',
    server: 'mcp-hash-tools',
    tool: 'digest_text',
    input: {text: 'abc', algorithm: 'crc32'},
    answer: {digest: '352441c2', bytes: 3},
  },
]

// It takes a third of the time, and nobody measures what is built here.
async function withoutOptimizer(folder: string): Promise<void> {
  await mkdir(join(folder, '.cargo'))
  await writeFile(join(folder, '.cargo/config.toml'), '[profile.release]\nopt-level = 0\nlto = "off"\n')
}

let forge: Forge
let sigstore: Sigstore
let stand: ReleaseStand
let directory: string
const complete = missingPrograms(releasePrograms).length === 0

beforeAll(async () => {
  if (!complete) return
  directory = await realpath(await mkdtemp(join(tmpdir(), 'release-examples-')))
  const names = [...table.map(({name}) => name), again]
  forge = await startForge({repositories: names.map(name => ({owner, name, branches}))})
  sigstore = await startSigstore({binaries: standBinaries, directory: join(directory, 'sigstore')})
  stand = await startReleaseStand({forge, sigstore, logs: 'release-examples'})
}, 180_000)

afterAll(async () => {
  if (!complete) return
  await stand.close()
  await sigstore.close()
  await forge.close()
  await rm(directory, {recursive: true, force: true, maxRetries: 3})
}, 60_000)

for (const example of table) {
  const name = `a v* tag of the ${example.name} example becomes a published release whose server answers`
  testWith([...releasePrograms, ...example.programs], {name, timeout: 1_260_000}, async () => {
    const repository = `${owner}/${example.name}`
    const source = join(examples, example.name)
    const edit = async (folder: string) => {
      await callerInputs(example.inputs)(folder)
      await example.edit?.(folder)
    }
    const run = await stand.release({repository, source, tag, edit})
    expect({exitCode: run.exitCode, errors: errorsOf(run)}).toEqual({exitCode: 0, errors: []})
    expect(new Set(Object.values(run.jobs))).toEqual(new Set(['success']))

    const release = await downloadRelease({forge, repository, tag}, join(directory, example.name))
    const plan = await planOf(run)
    expect(plan.commit).toBe(run.commit)
    expect(release.names).toEqual(plan.artifacts.map(each => each.name).sort())
    expect(release.names).toEqual(expect.arrayContaining([...example.built, ...example.bundles]))
    expect(plan.artifacts.filter(each => each.kind === 'mcpb').map(each => each.name)).toEqual(example.bundles)
    expect(plan.artifacts.filter(each => each.job !== undefined)).toHaveLength(example.built.length)
    await checkChecksums(release)
    await checkManifest(release, plan)
    for (const file of [example.file, example.bundle]) await checkSboms(release, file, example.component)
    await checkCompatibility(release, example)
    await checkBundle(run, example.bundle)
    await checkSignatures(release, example, {
      trustedRoot: sigstore.trustedRoot,
      identity: run.identity,
      repository,
    })
    const place = join(directory, `${example.name}-installed`)
    const command = await example.install(join(release.directory, example.file), place, example.command)
    const answer = await callTool(command, example.tool, example.input)
    expect(answer).toMatchObject({server: {name: example.server, version: '0.1.0'}, result: example.answer})
  })
}

testWith(
  [...releasePrograms, 'python3'],
  {
    name: 'a release stays a complete draft, is published by the next run, and left as it is by the one after',
    timeout: 1_260_000,
  },
  async () => {
    const repository = `${owner}/${again}`
    const source = join(examples, 'python')
    const release = async (more: Readonly<Record<string, boolean>> = {}) => {
      const inputs = {image: 'never', bundles: 'never', 'verify-on': 'linux/amd64', ...more}
      const run = await stand.release({repository, source, tag, edit: callerInputs(inputs)})
      expect({exitCode: run.exitCode, errors: errorsOf(run)}).toEqual({exitCode: 0, errors: []})
      return run
    }
    const assets = () => forge.releases(repository).flatMap(each => each.assets)

    const draft = await release({publish: false})
    expect((await publicRelease({forge, repository, tag})).status).toBe(404)
    const names = (await planOf(draft)).artifacts.map(each => each.name).sort()
    expect(forge.releases(repository)).toMatchObject([{draft: true, tagName: tag}])
    expect(
      assets()
        .map(({name}) => name)
        .sort(),
    ).toEqual(names)

    const published = await release()
    expect(forge.releases(repository)).toMatchObject([{draft: false, tagName: tag}])

    const before = assets().map(({name, id}) => `${name} ${id}`)
    const calls = forge.requests.length
    const last = await release()
    expect(last.commit).toBe(published.commit)
    expect(assets().map(({name, id}) => `${name} ${id}`)).toEqual(before)
    expect(forge.requests.slice(calls).filter(({method}) => method !== 'GET')).toEqual([])
    expect(last.text).toMatch(/unchanged/)
  },
)

// What was asked for is in the release and in its notes; what was not is in neither.
async function checkCompatibility(release: DownloadedRelease, {inputs, file}: Example): Promise<void> {
  const asked = 'python-versions' in inputs
  expect(release.names.includes('compatibility.json')).toBe(asked)
  expect(release.notes.includes('| MCP SDK |')).toBe(asked)
  if (!asked) return
  const {servers} = compatibilitySchema.parse(await release.json('compatibility.json'))
  expect(servers).toMatchObject([
    {file, combinations: [{runtime: '3.14', runtimeVersion: '3.14.6', result: 'works', sdk: {selections: ['newest']}}]},
  ])
}

type Signer = Parameters<typeof verifySignature>[2]

async function checkSignatures(release: DownloadedRelease, example: Example, signer: Signer): Promise<void> {
  const signed = signedFiles(release)
  expect(signed).toEqual(expect.arrayContaining([...example.built, ...example.bundles, 'SHA256SUMS']))
  for (const file of signed) await verifySignature(release, file, signer)
  const other = {
    ...signer,
    identity: `https://github.com/${owner}/other/.github/workflows/release.yml@refs/tags/${tag}`,
  }
  await expect(verifySignature(release, 'SHA256SUMS', other)).rejects.toThrow('expected SAN value')
  const sums = join(release.directory, 'SHA256SUMS')
  const genuine = await readFile(sums)
  await writeFile(sums, `${genuine.toString()}\n`)
  await expect(verifySignature(release, 'SHA256SUMS', signer)).rejects.toThrow('invalid signature')
  await writeFile(sums, genuine)
}

function errorsOf(run: Awaited<ReturnType<ReleaseStand['release']>>): readonly string[] {
  return run.annotations.filter(each => each.level === 'error').map(each => `${each.job}: ${each.message}`)
}
