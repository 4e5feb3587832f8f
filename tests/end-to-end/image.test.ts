import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {cpSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect} from '@jest/globals'
import {tarNames} from '@mcp-release/archives'
import {
  type BaseImagePlace,
  type Buildkit,
  type ImageRegistry,
  podmanEnvironment,
  pushDockerfileFrontend,
  pushGolang,
  pushNode,
  pushPython,
  pushRust,
  standBinaries,
  standCache,
  startBuildkit,
  startImageRegistry,
} from '@mcp-release/test-stand'
import {runBundle, temporaryFolder} from '../bundle/run-bundle'
import {missingPrograms, testWith} from './release-requirements'

const programs = ['buildx', 'buildkitd', 'buildctl', 'dockerfile-frontend', 'runc', 'docker-registry']
const checkout = join(dirname(fileURLToPath(import.meta.url)), '../..')
const index = 'application/vnd.oci.image.index.v1+json'
const image = 'application/vnd.oci.image.manifest.v1+json'
let registry: ImageRegistry
let buildkit: Buildkit

beforeAll(async () => {
  if (missingPrograms(programs).length > 0) return
  registry = await startImageRegistry()
  buildkit = await startBuildkit({binaries: standBinaries, registry: registry.address})
}, 120_000)

afterAll(async () => {
  if (missingPrograms(programs).length > 0) return
  await buildkit.close()
  await registry.close()
}, 60_000)

// The time of the files is that of a checkout, which differs each time.
function workspaceAt(time: number, greeting = 'hello'): string {
  const workspace = temporaryFolder()
  const containerfile = [
    'FROM scratch',
    'ARG TARGETARCH',
    'COPY program-$TARGETARCH /program',
    'USER 65532:65532',
    'ENTRYPOINT ["/program"]',
  ]
  const files = {
    Containerfile: `${containerfile.join('\n')}\n`,
    'program-amd64': `amd64 ${greeting}`,
    'program-arm64': `arm64 ${greeting}`,
    'server.json': '{"name": "io.github.o/n", "title": "N"}',
  }
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(workspace, name), content)
    utimesSync(join(workspace, name), time, time)
  }
  return workspace
}

function build(workspace: string, inputs: Readonly<Record<string, string>>) {
  const env = {...buildkit.env, GITHUB_SHA: 'c'.repeat(40)}
  return runBundle('buildx-image', {
    inputs: {'source-date': '1700000000', ...inputs},
    env,
    workspace,
    path: [standBinaries],
  })
}

async function manifest(
  name: string,
  reference: string,
): Promise<{readonly digest: string; readonly content: unknown}> {
  const url = `http://${registry.address}/v2/${name}/manifests/${reference}`
  const bytes = Buffer.from(await (await fetch(url, {headers: {accept: `${index}, ${image}`}})).arrayBuffer())
  return {digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, content: JSON.parse(bytes.toString())}
}

testWith(
  programs,
  {name: 'two platforms: the same bytes twice, without a cache between', timeout: 300_000},
  async () => {
    const run = async (time: number) => {
      const workspace = workspaceAt(time)
      const result = await build(workspace, {archive: 'n.oci.tar', version: '1.0.0'})
      expect([result.exitCode, result.stdout]).toEqual([0, expect.stringContaining('linux/arm64: ')])
      return {...result, path: join(workspace, 'built/n.oci.tar')}
    }
    const first = await run(1_750_000_000)
    const clean = {env: {...process.env, ...buildkit.env}, stdio: 'ignore'} as const
    execFileSync(join(standBinaries, 'buildx'), ['prune', '--all', '--force'], clean)
    const second = await run(1_760_000_000)
    expect(second.outputs).toEqual(first.outputs)
    expect(readFileSync(second.path).equals(readFileSync(first.path))).toBe(true)
    const files = await tarNames(first.path)
    const content = (digest: string) => {
      const file = files.find(({name}) => name === `blobs/${digest.replace(':', '/')}`)
      return Buffer.from(file?.content ?? []).toString()
    }
    expect(JSON.parse(content(first.outputs['digest'] ?? ''))).toMatchObject({
      manifests: [{platform: {architecture: 'amd64'}}, {platform: {architecture: 'arm64'}}],
      annotations: {
        'io.modelcontextprotocol.server.name': 'io.github.o/n',
        'org.opencontainers.image.created': '2023-11-14T22:13:20Z',
        'org.opencontainers.image.revision': 'c'.repeat(40),
        'org.opencontainers.image.title': 'N',
        'org.opencontainers.image.version': '1.0.0',
      },
    })
  },
)

testWith(
  programs,
  {name: 'a push: digest first, tags last, twice the same, never another', timeout: 300_000},
  async () => {
    const name = `${registry.address}/o/n`
    const inputs = {push: 'true', tags: `${name}:1.0.0\n${name}:latest`, version: '1.0.0'}
    const first = await build(workspaceAt(1_750_000_000), inputs)
    expect([first.exitCode, first.stdout]).toEqual([0, expect.stringContaining(`Tag ${name}:latest`)])
    const digest = first.outputs['digest'] ?? ''
    expect(first.outputs['references']).toBe(`${name}@${digest}`)
    for (const tag of ['1.0.0', 'latest', digest]) expect((await manifest('o/n', tag)).digest).toBe(digest)

    const second = await build(workspaceAt(1_760_000_000), inputs)
    expect([second.exitCode, second.outputs]).toEqual([0, first.outputs])
    expect(second.stdout).toContain(`${name}:latest: is there already, with the same bytes`)
    expect(second.stdout).not.toContain('::group::Push')

    const other = await build(workspaceAt(1_750_000_000, 'bye'), inputs)
    expect([other.exitCode, other.stdout]).toEqual([1, expect.stringContaining('buildx-image [PUBLISHED]')])
    expect((await manifest('o/n', 'latest')).digest).toBe(digest)
  },
)

testWith(
  programs,
  {name: 'an image for one platform is pushed as it is, without an index', timeout: 300_000},
  async () => {
    const name = `${registry.address}/o/single:1.0.0`
    const inputs = {push: 'true', tags: name, platforms: 'linux/arm64', archive: 'n.oci.tar'}
    const {exitCode, outputs, stdout} = await build(workspaceAt(1_750_000_000), inputs)
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('linux/arm64: ')])
    const {digest, content} = await manifest('o/single', '1.0.0')
    expect(digest).toBe(outputs['digest'])
    expect(content).toMatchObject({mediaType: image, annotations: {'org.opencontainers.image.title': 'N'}})
  },
)

const here = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64'

interface Example {
  readonly name: string
  readonly base: (place: BaseImagePlace) => Promise<void>
  readonly toolchain: readonly string[]
  /** The base images of the stand are for this machine; what comes from scratch is built for both. */
  readonly platforms: string
  readonly server: string
}

const both = ['linux/amd64', 'linux/arm64']

const examples: readonly Example[] = [
  {
    name: 'go',
    base: place =>
      pushGolang(place, '1.26', {folder: join(checkout, 'examples/go'), platforms: both, cache: standCache}),
    toolchain: ['go'],
    platforms: both.join('\n'),
    server: 'mcp-json-tools 0.1.0',
  },
  {
    name: 'python',
    base: place => pushPython(place, '3.12-slim'),
    toolchain: ['python3'],
    platforms: here,
    server: 'mcp-calendar-tools 0.1.0',
  },
  {
    name: 'typescript',
    base: place => pushNode(place, '22-slim'),
    toolchain: ['npm'],
    platforms: here,
    server: '@mcp-release/text-tools 0.1.0',
  },
  {
    name: 'rust',
    base: place => pushRust(place, '1.95-slim'),
    toolchain: ['rustup', 'gcc'],
    platforms: here,
    server: 'mcp-hash-tools 0.1.0',
  },
]

for (const {name, base, toolchain, platforms, server} of examples) {
  testWith(
    [...programs, ...toolchain, 'podman', 'catatonit'],
    {name: `the Containerfile of examples/${name} builds unchanged, and the image speaks MCP`, timeout: 1_200_000},
    async () => {
      const place = {buildkit, binaries: standBinaries, registry: registry.address}
      await pushDockerfileFrontend(place)
      await base(place)
      const workspace = temporaryFolder()
      cpSync(join(checkout, 'examples', name), workspace, {recursive: true})
      const archive = `${name}_0.1.0_image.oci.tar`
      const built = await build(workspace, {archive, platforms, version: '0.1.0'})
      // What the build printed is shown when it failed.
      expect([built.exitCode, built.exitCode === 0 ? '' : built.stdout]).toEqual([0, ''])
      for (const platform of platforms.split('\n')) expect(built.stdout).toContain(`${platform}: `)
      expect(built.stdout).not.toContain('::warning::')

      const home = temporaryFolder()
      mkdirSync(join(home, 'run'))
      const verified = await runBundle('mcp-verify', {
        workspace,
        inputs: {files: 'built/*.tar'},
        env: await podmanEnvironment(home),
      })
      expect([verified.exitCode, verified.stdout]).toEqual([
        0,
        expect.stringContaining(`verified  ${archive}: ${server}`),
      ])
      rmSync(home, {recursive: true, force: true})
    },
  )
}
