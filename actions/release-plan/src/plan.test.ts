import {expect, test} from '@jest/globals'
import {type ReleaseTag, parseTag, planSchema, platforms} from '@mcp-release/release-model'
import type {Options} from './inputs'
import {type Facts, plan} from './plan'

const options: Options = {
  targets: platforms,
  imagePlatforms: ['linux/amd64', 'linux/arm64'],
  image: 'auto',
  bundles: 'never',
  compatibility: false,
  toolchains: ['python', 'node', 'go', 'rust', 'buildx'],
  settings: {},
}
const tagged = (tag: string): Options => ({...options, tag: parseTag(tag) as ReleaseTag})
const facts = (texts: Record<string, string>, others: readonly string[] = []): Facts => ({
  tree: {files: [...Object.keys(texts), ...others].sort(), texts},
  root: '.',
  folder: 'server',
  sourceDate: 1_700_000_000,
})
// The MCP Registry compares the name of the server with that in the README.
const readme = `readme = {text = "mcp-name: io.github.octo/server\\nmcp-name: io.github.Octo/server", content-type = "text/markdown"}`
const python = (version: string) =>
  `[project]\nname = "My-Server"\nversion = "${version}"\nlicense = "MIT"\n${readme}\n[project.scripts]\nother = "a:b"\nmy-server = "a:b"\n`
const serverJson = (changes: object) =>
  JSON.stringify({
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: 'io.github.octo/server',
    description: 'A server.',
    version: '1.2.0',
    packages: [{registryType: 'pypi', identifier: 'my-server', transport: {type: 'stdio'}}],
    ...changes,
  })
const built = (result: ReturnType<typeof plan>) =>
  result.artifacts.filter(each => each.job !== undefined).map(each => each.name)

test('a Python server gives a wheel and an sdist, with all that proves them', () => {
  const result = plan({...facts({'pyproject.toml': python('1.2.3rc1')}), commit: 'c'.repeat(40)}, tagged('v1.2.3-rc.1'))
  expect(planSchema.parse(result)).toEqual(result)
  expect(result.artifacts.map(each => each.name)).toEqual([
    'my_server-1.2.3rc1-py3-none-any.whl',
    'my_server-1.2.3rc1.tar.gz',
    'my_server-1.2.3rc1-py3-none-any.whl.spdx.json',
    'my_server-1.2.3rc1-py3-none-any.whl.cdx.json',
    'my_server-1.2.3rc1.tar.gz.spdx.json',
    'my_server-1.2.3rc1.tar.gz.cdx.json',
    'tools.json',
    'release-manifest.json',
    'SHA256SUMS',
    'my_server-1.2.3rc1-py3-none-any.whl.sigstore.json',
    'my_server-1.2.3rc1.tar.gz.sigstore.json',
    'SHA256SUMS.sigstore.json',
  ])
  expect(result.packages).toEqual([
    {
      id: 'pypi:.',
      ecosystem: 'pypi',
      path: '.',
      name: 'My-Server',
      version: '1.2.3rc1',
      manifest: 'pyproject.toml',
      executables: ['my-server', 'other'],
      purl: 'pkg:pypi/my-server@1.2.3rc1',
      license: 'MIT',
      role: 'server',
      roleReason: 'installs a command',
      start: {
        args: [],
        env: {},
        transport: 'stdio',
        source: 'the command my-server of pyproject.toml; nothing says what it is given',
      },
    },
  ])
  expect(result.jobs).toEqual([
    {
      id: 'wheel',
      runner: 'ubuntu-24.04',
      toolchain: 'python',
      action: 'build-wheel',
      inputs: {'working-directory': '.', version: '1.2.3rc1', package: 'pypi:.'},
    },
  ])
})

test('an npm package with a Containerfile gives a tarball and an image', () => {
  const text = JSON.stringify({name: '@scope/tools', version: '2.0.0', bin: './dist/cli.js'})
  const result = plan(facts({'package.json': text, Containerfile: ''}), tagged('v2.0.0'))
  expect(built(result)).toEqual(['scope-tools-2.0.0.tgz', 'tools_2.0.0_image.oci.tar'])
  expect(result.packages.map(each => each.purl)).toEqual(['pkg:npm/%40scope/tools@2.0.0', 'pkg:oci/tools'])
})

test('the Go program at the root is built for every target, others in cmd/ when the settings name them', () => {
  const go = {
    'go.mod': 'module example.com/tools/v2\n',
    'main.go': 'package main\n',
    'lib.go': 'package main\n',
    'cmd/extra/main.go': '// x\npackage main\n',
    'cmd/lib/l.go': 'package lib\n',
  }
  const alone = plan(facts(go), tagged('v2.1.0'))
  expect(alone.jobs.map(job => job.id)).toEqual(['go'])
  expect(alone.skipped.map(({subject}) => subject)).toEqual(['extra (cmd/extra)'])
  const result = plan(facts(go), {...tagged('v2.1.0'), settings: {programs: ['*']}})
  expect(result.jobs.map(job => [job.id, job.inputs['main'], job.inputs['binary']])).toEqual([
    ['go-extra', './cmd/extra', 'extra'],
    ['go', '.', 'tools'],
  ])
  expect(built(result)).toHaveLength(2 * platforms.length)
})

test('Rust binaries take the version of their workspace and have a job for each target', () => {
  const cargo = {
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n[workspace.package]\nversion = "0.3.0"\nlicense = "Apache-2.0"\n',
    'a/Cargo.toml': '[package]\nname = "alpha"\nversion.workspace = true\nlicense.workspace = true\n',
    'b/Cargo.toml': '[package]\nname = "beta-lib"\nversion = "9.9.9"\n',
  }
  const result = plan(facts(cargo, ['a/src/main.rs', 'b/src/lib.rs']), {
    ...tagged('v0.3.0'),
    targets: ['linux/amd64', 'windows/amd64'],
  })
  expect(built(result)).toEqual(['alpha_0.3.0_linux_amd64.tar.gz', 'alpha_0.3.0_windows_amd64.zip'])
  expect(result.jobs.map(job => job.id)).toEqual(['rust-a-alpha-linux-amd64', 'rust-a-alpha-windows-amd64'])
  expect(result.skipped).toEqual([{subject: 'b/Cargo.toml', reason: 'the crate has no binary'}])
})

test('where the tag means nothing, every version is named with its file and the remedy', () => {
  const texts = {
    'pyproject.toml': python('1.0.0'),
    'package.json': '{"name": "x", "version": "1.0.2"}',
    'server.json': serverJson({version: '1.0.0', packages: []}),
  }
  expect(() => plan(facts(texts), tagged('v1.0.1'))).toThrow(
    [
      '- pyproject.toml: version is "1.0.0", but the tag v1.0.1 says 1.0.1; set it to "1.0.1", or tag v1.0.0 or My-Server-v1.0.0',
      '- package.json: version is "1.0.2", but the tag v1.0.1 says 1.0.1; set it to "1.0.1", or tag v1.0.2 or x-v1.0.2',
    ].join('\n'),
  )
})

test('what has another version than the tag is skipped, and a server.json is stamped, with a notice', () => {
  const texts = {
    'pyproject.toml': python('1.0.0'),
    'package.json': '{"name": "x", "version": "1.0.1"}',
    'server.json': serverJson({version: '0.9.0', packages: [], remotes: [{type: 'sse', url: 'https://example.org/'}]}),
  }
  const result = plan(facts(texts), tagged('v1.0.1'))
  expect(result.packages.map(({name}) => name)).toEqual(['x'])
  expect(result.skipped).toContainEqual({
    subject: 'My-Server (pyproject.toml)',
    reason: 'its version is 1.0.0, and the tag means 1.0.1',
    hint: 'The tag My-Server-v1.0.0 releases it.',
  })
  expect(result.findings).toContainEqual({
    level: 'notice',
    subject: 'server.json',
    text: 'its version is 0.9.0; the file of the release says 1.0.1',
  })
})

test('without a tag the version is that of the server at the root, and others are skipped', () => {
  expect(plan(facts({'pyproject.toml': python('1.0.0b2')}), options).version.tag).toBe('v1.0.0-beta.2')
  const texts = {'pyproject.toml': python('1.0.0'), 'package.json': '{"name": "x", "version": "2.0.0"}'}
  const result = plan(facts(texts), options)
  expect(result.version.text).toBe('1.0.0')
  expect(result.skipped).toContainEqual({
    subject: 'x (package.json)',
    reason: 'its version is 2.0.0, and the release is 1.0.0',
    hint: 'The tag x-v2.0.0 releases it.',
  })
})

test('a changelog is found by its section, or the notes are generated; a setting asks for it', () => {
  const files = {'pyproject.toml': python('1.0.0'), 'CHANGELOG.md': '## [0.9.0]\n\n- Old.\n'}
  const found = plan(facts(files), tagged('v1.0.0'))
  expect(found.changelog).toBeUndefined()
  expect(found.findings).toContainEqual({
    level: 'notice',
    subject: 'CHANGELOG.md',
    text: 'has no section for 1.0.0, so the notes of the release are generated',
    hint: 'To have it in the notes, add "## [1.0.0]" with what changed.',
  })
  const required = {...tagged('v1.0.0'), settings: {changelog: 'required' as const}}
  expect(() => plan(facts(files), required)).toThrow('CHANGELOG.md: has no section for 1.0.0; add "## [1.0.0]"')
  const written = {...files, 'CHANGELOG.md': '## [1.0.0]\n\n- New.\n'}
  expect(plan(facts(written), required).changelog).toBe('CHANGELOG.md')
  expect(plan(facts(written), {...required, settings: {changelog: 'never'}}).changelog).toBeUndefined()
  const empty = {...files, 'CHANGELOG.md': '## [1.0.0]\n\n## [0.9.0]\n\n- Old.\n'}
  expect(plan(facts(empty), tagged('v1.0.0')).findings.map(({text}) => text)).toEqual([
    'has an empty section for 1.0.0, so the notes of the release are generated',
  ])
})

test('with strict, what would be skipped is an error', () => {
  const files = {'pyproject.toml': python('1.0.0'), Dockerfile: 'FROM scratch\n'}
  const strict = {...options, toolchains: ['python'], settings: {strict: true}} as const
  expect(() => plan(facts(files), strict)).toThrow(
    'strict: my-server_1.0.0_image.oci.tar: no builder of buildx answers on this machine',
  )
})

test('jobs of packages whose folders give the same words have ids of their own', () => {
  const npm = (name: string) => JSON.stringify({name, version: '1.0.0', bin: 'cli.js'})
  const files = {'a-b/package.json': npm('one'), 'a/b/package.json': npm('two'), 'A/b/package.json': npm('three')}
  const {jobs, artifacts} = plan(facts(files), tagged('v1.0.0'))
  expect(new Set(jobs.map(({id}) => id.toLowerCase())).size).toBe(3)
  for (const {id, inputs} of jobs) expect(artifacts.find(({job}) => job === id)?.package).toBe(inputs['package'])
})

test('a dynamic Python version is the tag', () => {
  const result = plan(facts({'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n'}), tagged('v3.0.0'))
  expect(built(result)).toEqual(['a-3.0.0-py3-none-any.whl', 'a-3.0.0.tar.gz'])
})

test('a missing toolchain skips what needs it, with reason and hint', () => {
  const result = plan(facts({'pyproject.toml': python('1.0.0'), Dockerfile: ''}), {...options, toolchains: ['python']})
  expect(result.skipped).toEqual([
    {
      subject: 'my-server_1.0.0_image.oci.tar',
      reason: 'no builder of buildx answers on this machine',
      hint: 'Start Docker, with buildx installed, or point BUILDX_BUILDER at a BuildKit builder that answers.',
    },
  ])
})

test('an empty plan is an error that tells what was passed over', () => {
  const empty = () => plan(facts({'package.json': '{"private": true, "name": "x", "version": "1.0.0"}'}), options)
  expect(empty).toThrow('no package to release in server\n- package.json: private: true')
  expect(empty).toThrow(
    expect.objectContaining({code: 'EMPTY', hint: expect.stringContaining('a package.json with name and version')}),
  )
})

test('packages that this machine cannot build are an error of its own, with the hint', () => {
  const unbuildable = () => plan(facts({'pyproject.toml': python('1.0.0')}), {...options, toolchains: ['go']})
  expect(unbuildable).toThrow('python is not on this machine; nothing of server can be built without it')
  expect(unbuildable).toThrow(
    expect.objectContaining({code: 'TOOLCHAIN', hint: 'Install Python 3.10 or newer with venv.'}),
  )
})

test('unreadable manifests and clashing names are all reported at once', () => {
  const texts = {
    'pyproject.toml': 'not toml [',
    'a/package.json': '{"name": "x", "version": "1.0.0"}',
    'b/package.json': '{"name": "x", "version": "1.0.0"}',
  }
  expect(() => plan(facts(texts), options)).toThrow(
    /pyproject\.toml: cannot be read[\s\S]*x-1\.0\.0\.tgz: both x \(a\/package\.json\) and x \(b\/package\.json\) make it/,
  )
})

test('a tag of another part is refused before anything else is said', () => {
  const files = {
    'package.json': '{"name": "x", "version": "3.0.0", "bin": "x.js"}',
    'lib/go.mod': 'module example.org/lib\n',
    'lib/lib.go': 'package lib\n',
  }
  expect(() => plan(facts(files), tagged('lib/v1.0.0'))).toThrow(
    /^tag: lib\/v1\.0\.0 means lib\/go\.mod, which is not released \(no package main .*\), so that nothing else is released for it, either; to release x, tag x-v3\.0\.0$/,
  )
})

test.each([
  ['', 'py2.py3'],
  ['requires-python = ">=3.10"\n', 'py3'],
])('a plan expects the wheel as hatchling names it: with %j %s', (line, pythons) => {
  const text = `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "a"\nversion = "1.0.0"\n${line}`
  const {artifacts} = plan(facts({'pyproject.toml': text}), tagged('v1.0.0'))
  expect(artifacts.filter(({kind}) => kind === 'wheel').map(({name}) => name)).toEqual([
    `a-1.0.0-${pythons}-none-any.whl`,
  ])
})

test('a version without a PEP 440 spelling is refused for Python only', () => {
  expect(() =>
    plan(facts({'pyproject.toml': '[project]\nname = "a"\ndynamic = ["version"]\n'}), tagged('v1.0.0-nightly.1')),
  ).toThrow('has no PEP 440 spelling')
  expect(
    plan(facts({'package.json': '{"name": "x", "version": "1.0.0-nightly.1"}'}), tagged('v1.0.0-nightly.1')).version
      .channel,
  ).toBe('other')
})

test('server.json is checked as it will be once it is stamped, and is a file of the release', () => {
  const texts = {'pyproject.toml': python('1.2.0'), 'server.json': serverJson({version: '1.2.0'})}
  const result = plan({...facts(texts), repository: 'octo/server'}, tagged('v1.2.0'))
  expect(result.artifacts).toContainEqual({name: 'server.json', kind: 'server-json'})
  expect(planSchema.parse(result)).toEqual(result)
})

test('what the MCP Registry would refuse is told before anything is built', () => {
  const texts = {
    'pyproject.toml': python('1.2.0'),
    'server.json': serverJson({
      name: 'io.github.Octo/server',
      description: 'x'.repeat(132),
      packages: [
        {
          registryType: 'pypi',
          identifier: 'my-server',
          transport: {type: 'stdio'},
          environmentVariables: [{name: 'PORT', default: 8080}],
        },
        {registryType: 'npm', identifier: '@octo/server', transport: {type: 'stdio'}},
      ],
    }),
  }
  const error = (changes: object) => {
    try {
      plan({...facts({...texts, ...changes}), repository: 'octo/server'}, tagged('v1.2.0'))
      return ''
    } catch (thrown) {
      return (thrown as Error).message
    }
  }
  expect(error({})).toBe(
    [
      '- server.json: description: has 132 characters, at most 100 are allowed; shorten it',
      '- server.json: packages[0].environmentVariables[0].default: is the number 8080; the registry takes only texts: write "8080"',
      '- server.json: packages[1].version: is missing',
      '- server.json: packages[1].identifier: npm "@octo/server" is nothing that this release built; built were pypi My-Server',
    ].join('\n'),
  )
  expect(error({'server.json': serverJson({name: 'io.github.Octo/server'})})).toBe(
    'server.json: name: "io.github.Octo/server" must be spelled "io.github.octo/server": the registry tells upper from lower case',
  )
})

test('a server.json that lists an image which is not built stays out of the release, with the reason', () => {
  const packages = [{registryType: 'oci', identifier: 'ghcr.io/octo/server:1.2.0', transport: {type: 'stdio'}}]
  const files = {'pyproject.toml': python('1.2.0'), 'server.json': serverJson({packages})}
  for (const changes of [{image: 'never'}, {toolchains: ['python']}] as const) {
    const result = plan(facts(files, ['Containerfile']), {...tagged('v1.2.0'), ...changes})
    expect(result.artifacts.map(({name}) => name)).not.toContain('server.json')
    expect(result.skipped).toContainEqual({
      subject: 'server.json',
      reason: 'it lists oci ghcr.io/octo/server:1.2.0, which is not built',
      hint: 'Build everything that server.json lists, or publish it with mcp-publish once all is public.',
    })
  }
  expect(plan(facts(files, ['Containerfile']), tagged('v1.2.0')).artifacts.map(({name}) => name)).toContain(
    'server.json',
  )
})

test.each([
  ['a wheel', {'pyproject.toml': python('1.0.0')}, true],
  ['an npm package', {'package.json': '{"name": "a", "version": "1.0.0", "bin": "a.js"}'}, true],
  ['binaries alone', {'go.mod': 'module example.org/a\n\ngo 1.24\n', 'main.go': 'package main\n'}, false],
])('with %s, compatibility.json is planned when it is asked for', (_, texts, planned) => {
  const names = (compatibility: boolean) =>
    plan(facts(texts), {...tagged('v1.0.0'), compatibility}).artifacts.map(({name}) => name)
  expect(names(true).includes('compatibility.json')).toBe(planned)
  expect(names(false)).not.toContain('compatibility.json')
})
