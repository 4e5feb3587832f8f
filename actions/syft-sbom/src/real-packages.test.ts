import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {beforeAll, describe, expect, test} from '@jest/globals'
import {type Host, type InputsOf, realHost} from '@mcp-release/action-kit'
import {tar, tarGz, zip} from '@mcp-release/archives'
import type {contract} from './action.gen'
import type {CycloneDx} from './cyclonedx'
import {main} from './main'
import type {Spdx} from './spdx'

const tools = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const path = [tools, process.env['PATH'] ?? ''].join(delimiter)
const missing = ['syft', 'go', 'npm', 'python3'].filter(
  name => !path.split(delimiter).some(folder => existsSync(join(folder, name))),
)
if (missing.length > 0 && process.env['CI'] === 'true') throw new Error(`CI lacks ${missing.join(', ')}`)
const real = missing.length === 0 ? describe : describe.skip
const time = {time: 1_700_000_000}

function newWorkspace(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'syft-sbom-')))
}

function hostIn(workspace: string): Host {
  const {HOME = workspace} = process.env
  const repository = {GITHUB_REPOSITORY: 'acme/demo'}
  return realHost({PATH: path, HOME, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: newWorkspace(), ...repository})
}

function given(some: Partial<InputsOf<typeof contract>>): InputsOf<typeof contract> {
  return {
    files: ['in/*'],
    exclude: [],
    formats: ['spdx-json', 'cyclonedx-json'],
    outputDirectory: 'out',
    version: undefined,
    plan: undefined,
    sourceDate: 1_700_000_000,
    toolMirror: undefined,
    ...some,
  }
}

const text = (name: string, content: string) => ({name, mode: 0o644 as const, content: Buffer.from(content)})

function wheel(): Uint8Array {
  const info = 'demo_server-1.2.0.dist-info'
  return zip(
    [
      text('demo_server/__init__.py', ''),
      text(
        `${info}/METADATA`,
        'Metadata-Version: 2.1\nName: demo-server\nVersion: 1.2.0\nLicense: MIT\nRequires-Dist: idna==3.10\n',
      ),
      text(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: demo\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      text(`${info}/entry_points.txt`, '[console_scripts]\ndemo-server = demo_server:main\n'),
      text(`${info}/RECORD`, ''),
    ],
    time,
  )
}

function npmPackage(): Uint8Array {
  const manifest = {
    name: '@demo/server',
    version: '1.2.0',
    license: 'MIT',
    dependencies: {'is-odd': '3.0.1'},
    devDependencies: {'left-pad': '1.3.0'},
    scripts: {install: 'exit 1'},
  }
  return tarGz([text('package/package.json', JSON.stringify(manifest))], time)
}

function goProgram(architecture: 'amd64' | 'arm64'): Uint8Array {
  const folder = newWorkspace()
  writeFileSync(join(folder, 'go.mod'), 'module example.com/demo\n\ngo 1.21\n')
  writeFileSync(join(folder, 'main.go'), 'package main\n\nfunc main() { println("hi") }\n')
  const env = {...process.env, GOOS: 'linux', GOARCH: architecture, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false'}
  execFileSync('go', ['build', '-o', 'server', '.'], {cwd: folder, env})
  return readFileSync(join(folder, 'server'))
}

/** An OCI archive with an index inside the index, as buildx writes them. */
function image(programs: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blobs: {name: string; mode: 0o644; content: Uint8Array}[] = []
  const add = (content: Uint8Array, mediaType: string) => {
    const sha256 = createHash('sha256').update(content).digest('hex')
    blobs.push({name: `blobs/sha256/${sha256}`, mode: 0o644, content})
    return {mediaType, digest: `sha256:${sha256}`, size: content.length}
  }
  const json = (value: unknown, type: string) =>
    add(Buffer.from(JSON.stringify(value)), `application/vnd.oci.image.${type}.v1+json`)
  const manifests: object[] = []
  for (const [architecture, content] of Object.entries(programs)) {
    const bytes = tar([{name: 'server', mode: 0o755, content}], time)
    const layer = add(bytes, 'application/vnd.oci.image.layer.v1.tar')
    const rootfs = {type: 'layers', diff_ids: [layer.digest]}
    const config = json({architecture, os: 'linux', rootfs, config: {}}, 'config')
    const mediaType = 'application/vnd.oci.image.manifest.v1+json'
    const manifest = json({schemaVersion: 2, mediaType, config, layers: [layer]}, 'manifest')
    manifests.push({...manifest, platform: {os: 'linux', architecture}})
  }
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  const index = json({schemaVersion: 2, mediaType, manifests}, 'index')
  const top = JSON.stringify({schemaVersion: 2, manifests: [index]})
  return tar([text('oci-layout', '{"imageLayoutVersion":"1.0.0"}'), text('index.json', top), ...blobs], time)
}

function read(workspace: string, name: string): unknown {
  return JSON.parse(readFileSync(join(workspace, 'out', name), 'utf8'))
}

real('packages made here, described by syft', () => {
  const workspace = newWorkspace()
  const again = newWorkspace()
  let outputs: Awaited<ReturnType<typeof main>>

  beforeAll(async () => {
    const [amd64, arm64] = [goProgram('amd64'), goProgram('arm64')]
    const files = {
      'demo_server-1.2.0-py3-none-any.whl': wheel(),
      'demo_server-1.2.0.tar.gz': tarGz(
        [
          text(
            'demo_server-1.2.0/PKG-INFO',
            'Metadata-Version: 2.1\nName: demo-server\nVersion: 1.2.0\nLicense: MIT\n',
          ),
        ],
        time,
      ),
      'demo-server-1.2.0.tgz': npmPackage(),
      'demo_1.2.0_linux_amd64.tar.gz': tarGz([{name: 'server', mode: 0o755, content: amd64}], time),
      'demo_1.2.0_image.oci.tar': image({amd64, arm64}),
    }
    for (const [name, content] of Object.entries(files)) {
      for (const folder of [workspace, again]) {
        mkdirSync(join(folder, 'in'), {recursive: true})
        writeFileSync(join(folder, 'in', name), content)
      }
    }
    outputs = await main(given({version: 'v1.2.0'}), hostIn(workspace))
  }, 120_000)

  test('each file has an SBOM in each format, and the counts are reported', () => {
    expect(readdirSync(join(workspace, 'out'))).toHaveLength(10)
    expect(outputs.sboms.split('\n')).toHaveLength(10)
    expect(JSON.parse(outputs.components)).toEqual({
      'demo-server-1.2.0.tgz': 3,
      'demo_1.2.0_image.oci.tar': 3,
      'demo_1.2.0_linux_amd64.tar.gz': 2,
      'demo_server-1.2.0-py3-none-any.whl': 2,
      'demo_server-1.2.0.tar.gz': 1,
    })
  })

  test('a wheel has its dependencies, and they hang together', () => {
    const {components = [], dependencies = []} = read(
      workspace,
      'demo_server-1.2.0-py3-none-any.whl.cdx.json',
    ) as CycloneDx
    expect(components.map(({name}) => name)).toEqual(['demo-server', 'idna'])
    const [subject, server] = dependencies
    expect(subject?.dependsOn).toEqual([expect.stringMatching(/^pkg:pypi\/demo-server@1\.2\.0/)])
    expect(server?.dependsOn).toEqual([expect.stringMatching(/^pkg:pypi\/idna@3\.10/)])
  })

  test('an npm package has what users install, not what developers need; its scripts do not run', () => {
    const {packages} = read(workspace, 'demo-server-1.2.0.tgz.spdx.json') as Spdx
    expect(packages.map(({name}) => name)).toEqual(['demo-server-1.2.0.tgz', '@demo/server', 'is-number', 'is-odd'])
  })

  // https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom: supplier name, of every component.
  test('every component has a supplier and, where it says one, a licence', () => {
    for (const name of readdirSync(join(workspace, 'out'))) {
      const {packages = [], components = [], metadata} = read(workspace, name) as Partial<Spdx & CycloneDx>
      const parts = metadata === undefined ? packages : [metadata.component, ...components]
      const unknown = parts.filter(part => [undefined, 'NOASSERTION'].includes((part as {supplier?: string}).supplier))
      expect({name, unknown: unknown.map(part => part.name)}).toEqual({name, unknown: []})
    }
    const {packages} = read(workspace, 'demo-server-1.2.0.tgz.spdx.json') as Spdx
    expect(packages.map(each => [each.name, each['supplier'], each['licenseDeclared']])).toEqual([
      ['demo-server-1.2.0.tgz', 'Organization: acme', 'MIT'],
      ['@demo/server', 'Organization: acme', 'MIT'],
      ['is-number', 'Person: Jon Schlinkert', 'MIT'],
      ['is-odd', 'Person: Jon Schlinkert', 'MIT'],
    ])
    const {metadata, components} = read(workspace, 'demo_server-1.2.0-py3-none-any.whl.cdx.json') as CycloneDx
    expect(metadata).toMatchObject({supplier: {name: 'acme'}, component: {supplier: {name: 'acme'}}})
    expect(components?.map(each => each['supplier'])).toEqual([
      {name: 'acme'},
      {name: 'Kim Davies', contact: [{email: 'kim+pypi@gumleaf.org'}]},
    ])
  })

  test('an image has the programs of all its platforms', () => {
    const text = readFileSync(join(workspace, 'out/demo_1.2.0_image.oci.tar.cdx.json'), 'utf8')
    expect(text).toContain('"value": "amd64"')
    expect(text).toContain('"value": "arm64"')
  })

  test('the subject is the file with its digest, time and version', () => {
    const name = 'demo_1.2.0_linux_amd64.tar.gz'
    const sha256 = createHash('sha256')
      .update(readFileSync(join(workspace, 'in', name)))
      .digest('hex')
    const spdx = read(workspace, `${name}.spdx.json`) as Spdx
    expect(spdx.packages[0]).toMatchObject({
      SPDXID: 'SPDXRef-Subject',
      name,
      versionInfo: '1.2.0',
      checksums: [{algorithm: 'SHA256', checksumValue: sha256}],
    })
    expect(spdx.creationInfo.created).toBe('2023-11-14T22:13:20Z')
    expect(spdx.relationships).toContainEqual({
      spdxElementId: 'SPDXRef-DOCUMENT',
      relatedSpdxElement: 'SPDXRef-Subject',
      relationshipType: 'DESCRIBES',
    })
    const {metadata} = read(workspace, `${name}.cdx.json`) as CycloneDx
    expect(metadata.component).toMatchObject({name, hashes: [{alg: 'SHA-256', content: sha256}]})
    expect(metadata.timestamp).toBe('2023-11-14T22:13:20Z')
  })

  test('the same files in another folder give the same bytes, without a path of either', async () => {
    await main(given({version: '1.2.0'}), hostIn(again))
    for (const name of readdirSync(join(workspace, 'out'))) {
      const first = readFileSync(join(workspace, 'out', name), 'utf8')
      expect({name, same: readFileSync(join(again, 'out', name), 'utf8') === first}).toEqual({name, same: true})
      expect(first).not.toContain(tmpdir())
    }
  }, 120_000)
})
