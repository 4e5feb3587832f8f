import {existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {tarGz, zip} from '@mcp-release/archives'
import type {Plan} from '@mcp-release/release-model'
import type {CycloneDx} from './cyclonedx'
import {main} from './main'
import type {Spdx} from './spdx'

const tools = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const path = [tools, process.env['PATH'] ?? ''].join(delimiter)
const missing = ['syft', 'npm', 'python3'].filter(
  name => !path.split(delimiter).some(folder => existsSync(join(folder, name))),
)
if (missing.length > 0 && process.env['CI'] === 'true') throw new Error(`CI lacks ${missing.join(', ')}`)
const real = missing.length === 0 ? describe : describe.skip
const time = {time: 1_700_000_000}
const limit = 180_000

const text = (name: string, content: string) => ({name, mode: 0o644 as const, content: Buffer.from(content)})

function wheel(requirements: readonly string[]): Uint8Array {
  const info = 'demo_server-1.2.0.dist-info'
  const needs = requirements.map(each => `Requires-Dist: ${each}\n`).join('')
  return zip(
    [
      text('demo_server/__init__.py', ''),
      text(`${info}/METADATA`, `Metadata-Version: 2.1\nName: demo-server\nVersion: 1.2.0\n${needs}`),
      text(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: demo\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      text(`${info}/RECORD`, ''),
    ],
    time,
  )
}

/** A package that exists only where `--find-links` points, and there only as a source distribution. */
function sourceOnly(folder: string): void {
  const root = 'only_source-2.1'
  const broken = 'raise SystemExit("code of a dependency ran")\n'
  const files = [
    text(`${root}/PKG-INFO`, 'Metadata-Version: 2.1\nName: only-source\nVersion: 2.1\n'),
    text(`${root}/setup.py`, broken),
  ]
  mkdirSync(folder)
  writeFileSync(join(folder, `${root}.tar.gz`), tarGz(files, time))
}

function npmPackage(manifest: object): Uint8Array {
  const all = {name: 'demo-server', version: '1.2.0', license: 'MIT', ...manifest}
  return tarGz([text('package/package.json', JSON.stringify(all))], time)
}

function bundle(dependencies: readonly string[]): Uint8Array {
  const project = `[project]\nname = "demo-server"\nversion = "1.2.0"\ndependencies = ${JSON.stringify(dependencies)}\n`
  return zip(
    [text('manifest.json', '{"manifest_version": "0.4", "server": {"type": "uv"}}'), text('pyproject.toml', project)],
    time,
  )
}

function plan(strict: boolean): Plan {
  const version = {tag: 'v1.2.0', text: '1.2.0', prerelease: false, channel: 'stable'} as const
  return {
    ...{schemaVersion: 1, name: 'demo', version, sourceDate: time.time, jobs: [], bundles: []},
    ...{skipped: [], findings: [], settings: {strict}},
    packages: [
      {
        ...{id: 'go:.', ecosystem: 'go', path: '.', name: 'notes', version: '1.2.0', manifest: 'go.mod'},
        ...{executables: ['notes'], purl: 'pkg:golang/example.org/notes@v1.2.0', license: 'Apache-2.0 OR MIT'},
        ...{role: 'server', roleReason: 'is named like the module'},
      },
    ],
    artifacts: [{name: 'notes.zip', kind: 'archive', package: 'go:.'}],
  }
}

interface Answer {
  readonly warnings: readonly string[]
  readonly cyclonedx: CycloneDx
  readonly spdx: Spdx
}

async function sbomsOf(name: string, content: Uint8Array, strict = false): Promise<Answer> {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'syft-sbom-')))
  for (const folder of ['in', 'temp']) mkdirSync(join(workspace, folder))
  sourceOnly(join(workspace, 'links'))
  writeFileSync(join(workspace, 'in', name), content)
  writeFileSync(join(workspace, 'plan.json'), JSON.stringify(plan(strict)))
  const {HOME = workspace} = process.env
  const ours = {GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(workspace, 'temp'), GITHUB_STEP_SUMMARY: ''}
  const host = realHost({...process.env, PATH: path, HOME, PIP_FIND_LINKS: join(workspace, 'links'), ...ours})
  const warnings: string[] = []
  const inputs = {
    ...{files: ['in/*'], exclude: [], formats: ['spdx-json', 'cyclonedx-json'], outputDirectory: 'out'},
    ...{version: '1.2.0', plan: 'plan.json', sourceDate: time.time, toolMirror: undefined},
  }
  await main(inputs, {...host, warning: said => warnings.push(said)})
  const read = (suffix: string) => readFileSync(join(workspace, 'out', `${name}.${suffix}`), 'utf8')
  for (const suffix of ['cdx.json', 'spdx.json']) expect(read(suffix)).not.toContain(workspace)
  return {
    warnings,
    cyclonedx: JSON.parse(read('cdx.json')) as CycloneDx,
    spdx: JSON.parse(read('spdx.json')) as Spdx,
  }
}

const names = ({cyclonedx}: Answer) => cyclonedx.components?.map(({name}) => name)

/** What the SPDX document says of the incomplete parts, by their names. */
function annotated({spdx}: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    spdx.packages.flatMap(each => {
      const [first] = (each['annotations'] ?? []) as readonly {readonly comment: string}[]
      return first === undefined ? [] : [[each.name, first.comment]]
    }),
  )
}

real('what cannot be complete is told in the document, and does not fail', () => {
  const file = 'demo_server-1.2.0-py3-none-any.whl'

  test(
    'dependencies without wheels have name and version; all others are there, and nothing is built',
    async () => {
      const answer = await sbomsOf(file, wheel(['Only.Source>=2', 'docopt==0.6.2', 'idna==3.10']))
      expect(names(answer)?.sort()).toEqual(['demo-server', 'docopt', 'idna', 'only-source'])
      expect(annotated(answer)).toEqual({
        'only-source': 'incomplete: only-source 2.1 has no wheel, so what it depends on is not known',
        docopt: 'incomplete: docopt 0.6.2 has no wheel, so what it depends on is not known',
      })
      // https://cyclonedx.org/docs/1.6/json/#compositions
      expect(answer.cyclonedx['compositions']).toEqual([
        {
          aggregate: 'incomplete',
          dependencies: [
            expect.stringMatching(/^pkg:pypi\/docopt@0\.6\.2/),
            expect.stringMatching(/^pkg:pypi\/only-source@2\.1/),
          ],
        },
      ])
      expect(answer.warnings).toHaveLength(2)
    },
    limit,
  )

  test.each([
    ['does not exist', ['no-such-package-of-demo-server>=1'], /no-such-package-of-demo-server>=1/],
    ['exists in no such version', ['docopt>=7'], /docopt>=7/],
    ['contradicts another', ['idna==3.10', 'idna==3.9'], /Cannot install demo-server==1\.2\.0/],
  ])(
    'a wheel with a requirement that %s is described alone',
    async (_, requirements, said) => {
      const answer = await sbomsOf(file, wheel(requirements))
      expect(names(answer)).toEqual(['demo-server'])
      expect(annotated(answer)[file]).toMatch(/^incomplete: its dependencies could not be resolved: /)
      expect(answer.warnings).toEqual([expect.stringMatching(said)])
      expect(answer.cyclonedx['compositions']).toEqual([{aggregate: 'incomplete', dependencies: ['subject']}])
    },
    limit,
  )

  test(
    'so is a bundle of type uv',
    async () => {
      const answer = await sbomsOf('demo.mcpb', bundle(['idna==3.10', 'no-such-package-of-demo-server>=1']))
      expect(names(answer)).toEqual(['demo-server'])
      expect(answer.warnings).toEqual([expect.stringContaining('no-such-package-of-demo-server>=1')])
    },
    limit,
  )

  test.each([
    ['whose protocol only workspaces know', {b: 'workspace:*'}, 'Unsupported URL Type "workspace:": workspace:*'],
    ['that exists in no such version', {'is-odd': '99.0.0'}, 'No matching version found for is-odd@99.0.0.'],
  ])(
    'an npm package with a dependency %s is described alone',
    async (_, dependencies, said) => {
      const answer = await sbomsOf('demo-server-1.2.0.tgz', npmPackage({dependencies}))
      expect(names(answer)).toEqual(['demo-server'])
      expect(answer.warnings).toEqual([
        `demo-server-1.2.0.tgz: its dependencies could not be resolved: ${said}; its SBOM says that it is incomplete`,
      ])
    },
    limit,
  )

  // https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os: a component of a set is published from one machine.
  test.each([
    ['its own', {os: ['darwin'], cpu: ['arm64'], dependencies: {'is-number': '7.0.0'}}, ['is-number']],
    ['all but this one', {os: [`!${process.platform}`], dependencies: {'is-number': '7.0.0'}}, ['is-number']],
    ['those of a dependency', {dependencies: {fsevents: '2.3.3'}}, ['fsevents']],
  ])(
    'an npm package that installs only on other platforms, %s, is complete',
    async (_, manifest, dependencies) => {
      const answer = await sbomsOf('demo-server-1.2.0.tgz', npmPackage(manifest))
      expect(names(answer)).toEqual(['demo-server', ...dependencies])
      expect(answer.warnings).toEqual([])
    },
    limit,
  )

  test(
    'a file without any component is described by name, version and licence',
    async () => {
      const answer = await sbomsOf('notes.zip', zip([text('notes.txt', 'nothing')], time))
      expect(answer.spdx.packages).toEqual([
        expect.objectContaining({name: 'notes.zip', versionInfo: '1.2.0', licenseDeclared: 'Apache-2.0 OR MIT'}),
      ])
      expect(answer.cyclonedx.metadata.component).toMatchObject({
        ...{name: 'notes.zip', version: '1.2.0', licenses: [{expression: 'Apache-2.0 OR MIT'}]},
      })
      expect(annotated(answer)).toEqual({'notes.zip': 'incomplete: syft recognises no component in it'})
      expect(answer.warnings).toEqual([
        'notes.zip: syft recognises no component in it; its SBOM says that it is incomplete',
      ])
    },
    limit,
  )
})

real('with `strict` what is incomplete is an error', () => {
  test.each([
    ['notes.zip', () => zip([text('notes.txt', 'nothing')], time), '- notes.zip: syft recognises no component in it'],
    [
      'demo_server-1.2.0-py3-none-any.whl',
      () => wheel(['docopt==0.6.2']),
      '- demo_server-1.2.0-py3-none-any.whl: docopt 0.6.2 has no wheel, so what it depends on is not known',
    ],
  ])(
    '%s',
    async (name, content, message) => {
      await expect(sbomsOf(name, content(), true)).rejects.toMatchObject({code: 'SBOM', message})
    },
    limit,
  )
})
