import {expect, test} from '@jest/globals'
import {readInputs} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {platforms} from '@mcp-release/release-model'
import {contract} from './action.gen'
import {refine} from './inputs'
import {chooseBinary, readRustProject} from './rust-project'
import {moduleName} from './go'
import {findRevision} from './revision'

const raw = (given: Record<string, string> = {}) =>
  readInputs(
    contract,
    Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  )

async function goHost(env: Record<string, string> = {}): Promise<FakeHost> {
  const host = new FakeHost(() => undefined, {env})
  await host.files.write('go.mod', 'module example.org/me/server\n')
  return host
}

test('the defaults are six platforms and the language of the package', async () => {
  const inputs = await refine(raw(), await goHost())
  expect(inputs).toMatchObject({language: 'go', main: '.', include: ['LICENSE*', 'README*', 'CHANGELOG*']})
  expect(inputs.targets).toHaveLength(6)
})

test('what Rust has no target for is refused for Rust alone', async () => {
  const host = await goHost()
  const given = {targets: 'linux/s390x\nlinux/arm/v7\ndarwin/universal'}
  expect((await refine(raw(given), host)).targets).toHaveLength(3)
  await host.files.write('Cargo.toml', '')
  await expect(refine(raw({...given, language: 'rust'}), host)).rejects.toThrow(
    'targets: Rust has no target that is built on one machine for "linux/s390x"',
  )
})

test('every wrong input is named in one message', async () => {
  const given = {
    version: 'latest',
    targets: 'linux/amd64\nplan9/amd64\nlinux/amd64',
    binary: '../x',
    main: './a/../../b',
    include: '/etc/passwd\n../x',
    commit: '-n',
    'output-directory': '../out',
  }
  await expect(refine(raw(given), await goHost())).rejects.toMatchObject({
    code: 'INPUT',
    problems: [
      'output-directory: "../out" lies outside the workspace',
      'version: "latest" is neither SemVer nor PEP 440',
      'binary: "../x" is no plain file name (letters, digits and . _ + @ - only)',
      'commit: "-n" is no commit id',
      'main: "./a/../../b" is no folder of the module such as ./cmd/server',
      `targets: "plan9/amd64" is none of ${platforms.join(', ')}`,
      'targets: "linux/amd64" is there twice',
      'include: "/etc/passwd" is no pattern below the package (relative, with /, without ..)',
      'include: "../x" is no pattern below the package (relative, with /, without ..)',
    ],
  })
})

test('a package of no language or of two is refused', async () => {
  const host = new FakeHost()
  await expect(refine(raw(), host)).rejects.toThrow('"." has neither go.mod nor Cargo.toml')
  await host.files.write('go.mod', '')
  await host.files.write('Cargo.toml', '')
  await expect(refine(raw(), host)).rejects.toThrow('both go.mod and Cargo.toml; say go or rust')
  expect((await refine(raw({language: 'rust'}), host)).language).toBe('rust')
})

test('what stands in the place of cargo and prints something else is told', async () => {
  const host = new FakeHost(() => ({stdout: 'using cargo 1.92\n{}'}))
  await host.files.write('Cargo.toml', '')
  await expect(readRustProject(host, await refine(raw(), host))).rejects.toMatchObject({
    code: 'TOOL',
    message: 'cargo metadata printed "using cargo 1.92\\n{}", which is no JSON',
    hint: expect.stringContaining('such as a wrapper on PATH'),
  })
})

test('a Go version comes from the input, else from the tag', async () => {
  const host = await goHost({GITHUB_REF: 'refs/tags/v2.0.0-rc.1', GITHUB_SHA: 'a'.repeat(40)})
  const time = {'source-date': '7'}
  const tagged = await findRevision(host, await refine(raw(time), host), undefined)
  expect(tagged).toMatchObject({version: {semver: '2.0.0-rc.1'}, commit: 'a'.repeat(40), time: 7})
  const given = await findRevision(
    host,
    await refine(raw({...time, version: 'v1.0.0', commit: 'ABCDEF1'}), host),
    undefined,
  )
  expect(given).toMatchObject({version: {semver: '1.0.0'}, commit: 'abcdef1'})
  const branch = await goHost({GITHUB_REF: 'refs/heads/main'})
  await expect(findRevision(branch, await refine(raw(time), branch), undefined)).rejects.toThrow(
    'is no tag of a version',
  )
})

test('a wanted version that differs from Cargo.toml is refused', async () => {
  const host = await goHost()
  const inputs = await refine(raw({version: '1.2.4', 'source-date': '7'}), host)
  await expect(findRevision(host, inputs, '1.2.3')).rejects.toThrow('1.2.4 is wanted, but Cargo.toml says 1.2.3')
})

test.each([
  ['module example.org/me/server\n', 'server'],
  ['// comment\nmodule "example.org/me/server/v2" // x\n\ngo 1.26\n', 'server'],
  ['module gopkg.in/server.v3', 'server'],
  ['go 1.26', undefined],
])('the name in %j is %j', (text, name) => {
  expect(moduleName(text)).toBe(name)
})

const cargoPackage = (name: string, bins: readonly string[], defaultRun: string | null = null) => ({
  name,
  version: '1.0.0',
  manifest_path: `/w/${name}/Cargo.toml`,
  default_run: defaultRun,
  targets: [{name, kind: ['lib']}, ...bins.map(bin => ({name: bin, kind: ['bin']}))],
})
const workspace = (...packages: ReturnType<typeof cargoPackage>[]) => ({workspace_root: '/w', packages})
const own = (main: string) => ({manifest: '/w/one/Cargo.toml', main})

test('the only binary, the default one or the named one is built', () => {
  expect(chooseBinary(workspace(cargoPackage('one', ['a'])), own('.')).binary).toBe('a')
  expect(chooseBinary(workspace(cargoPackage('one', ['a', 'b'], 'b')), own('.')).binary).toBe('b')
  expect(chooseBinary(workspace(cargoPackage('one', ['a', 'b'])), own('a')).binary).toBe('a')
  const bare = {manifest: '/w/Cargo.toml', main: 'b'}
  expect(chooseBinary(workspace(cargoPackage('one', ['a']), cargoPackage('two', ['b'])), bare).package).toBe('two')
})

test('an unclear binary is a problem that lists the binaries', () => {
  expect(() => chooseBinary(workspace(cargoPackage('one', ['a', 'b'])), own('.'))).toThrow(
    'main: "." could be more than one binary; Cargo.toml has a, b',
  )
  expect(() => chooseBinary(workspace(cargoPackage('one', ['a'])), own('c'))).toThrow('is no binary of the package')
  expect(() => chooseBinary(workspace(cargoPackage('one', [])), own('.'))).toThrow('Cargo.toml has no binary')
})
