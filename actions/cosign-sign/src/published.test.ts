import {execFileSync} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type InputsOf, realHost} from '@mcp-release/action-kit'
import {type Forge, startForge} from '@mcp-release/forge'
import type {contract} from './action.gen'
import {main} from './main'

const tools = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const path = [tools, process.env['PATH'] ?? ''].join(delimiter)
const found = path.split(delimiter).some(folder => existsSync(join(folder, 'cosign')))
const real = found ? describe : describe.skip
const newFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'cosign-published-')))

function newKey(): string {
  const cwd = newFolder()
  execFileSync('cosign', ['generate-key-pair'], {cwd, env: {PATH: path, HOME: cwd, COSIGN_PASSWORD: ''}, stdio: 'pipe'})
  return readFileSync(join(cwd, 'cosign.key'), 'utf8')
}

const names = ['a.tgz', 'b [1].zip']

function newWorkspace(texts: Readonly<Record<string, string>> = {}): string {
  const workspace = newFolder()
  for (const name of names) writeFileSync(join(workspace, name), texts[name] ?? `contents of ${name}`)
  return workspace
}

real('a published release', () => {
  const forges: Forge[] = []
  const [ours, theirs] = [newKey(), newKey()]

  afterAll(async () => {
    for (const forge of forges) await forge.close()
  })

  const inputs = (key: string): InputsOf<typeof contract> => ({
    ...{files: ['*.tgz', '*.zip'], exclude: [], outputDirectory: undefined},
    ...{key, keyPassword: undefined, publicKey: undefined, mode: 'sign', signer: undefined},
    ...{publishedTag: 'v1.0.0', publishedCommit: undefined, readToken: 'token-of-the-job'},
    ...{verify: true, transparencyLog: 'auto', toolMirror: undefined},
  })
  const hostIn = (workspace: string, forge: Forge) =>
    realHost({
      ...{PATH: path, HOME: newFolder(), GITHUB_WORKSPACE: workspace, RUNNER_TEMP: newFolder()},
      ...{GITHUB_REPOSITORY: 'o/r', GITHUB_API_URL: forge.url, GITHUB_GRAPHQL_URL: forge.graphqlUrl},
    })
  const bundleOf = (workspace: string, name: string) => readFileSync(join(workspace, `${name}.sigstore.json`))

  /** A forge with a release of these files. */
  async function forgeWith(files: Readonly<Record<string, string | Buffer>>, options: object = {}): Promise<Forge> {
    const forge = await startForge({
      repositories: [{owner: 'o', name: 'r', tags: {'v1.0.0': 'c'.repeat(40)}, releases: ['v1.0.0'], ...options}],
    })
    forges.push(forge)
    const [release] = forge.releases()
    const headers = {authorization: 'token t', 'content-type': 'application/json'}
    for (const [name, body] of Object.entries(files)) {
      const url = `${forge.webUrl}/uploads/repos/o/r/releases/${release?.id ?? 0}/assets?name=${encodeURIComponent(name)}`
      expect((await fetch(url, {method: 'POST', headers, body: new Uint8Array(Buffer.from(body))})).status).toBe(201)
    }
    return forge
  }

  const signed: Record<string, Buffer> = {}
  beforeAll(async () => {
    const workspace = newWorkspace()
    await main(inputs(ours), hostIn(workspace, await forgeWith({})))
    for (const name of names) signed[`${name}.sigstore.json`] = bundleOf(workspace, name)
  }, 60_000)

  test('keeps its signatures, which are verified; what it lacks is signed', async () => {
    const forge = await forgeWith({
      ...Object.fromEntries(names.map(name => [name, `contents of ${name}`])),
      'a.tgz.sigstore.json': signed['a.tgz.sigstore.json'] ?? '',
    })
    const workspace = newWorkspace()
    await main(inputs(ours), hostIn(workspace, forge))
    expect(bundleOf(workspace, 'a.tgz')).toEqual(signed['a.tgz.sigstore.json'])
    expect(bundleOf(workspace, 'b [1].zip')).not.toEqual(signed['b [1].zip.sigstore.json'])
  }, 60_000)

  test('is found by the names that GitHub gives', async () => {
    const forge = await forgeWith({
      'b [1].zip': 'contents of b [1].zip',
      'b [1].zip.sigstore.json': signed['b [1].zip.sigstore.json'] ?? '',
    })
    const workspace = newWorkspace()
    await main(inputs(ours), hostIn(workspace, forge))
    expect(bundleOf(workspace, 'b [1].zip')).toEqual(signed['b [1].zip.sigstore.json'])
  }, 60_000)

  test('of other bytes is left to the step that compares them, also where no digest is told', async () => {
    for (const digests of [true, false]) {
      const files = {'a.tgz': 'other contents', 'a.tgz.sigstore.json': 'x'}
      const workspace = newWorkspace()
      await main(inputs(ours), hostIn(workspace, await forgeWith(files, {digests})))
      expect(bundleOf(workspace, 'a.tgz')).not.toEqual(signed['a.tgz.sigstore.json'])
    }
  }, 60_000)

  test('with a signature that somebody else made is refused before anything is signed', async () => {
    const foreign = newWorkspace()
    await main(inputs(theirs), hostIn(foreign, await forgeWith({})))
    const forge = await forgeWith({
      'a.tgz': 'contents of a.tgz',
      'a.tgz.sigstore.json': bundleOf(foreign, 'a.tgz'),
      'b [1].zip': 'contents of b [1].zip',
      'b [1].zip.sigstore.json': bundleOf(foreign, 'a.tgz'),
    })
    const workspace = newWorkspace()
    await expect(main(inputs(ours), hostIn(workspace, forge))).rejects.toMatchObject({
      code: 'IDENTITY',
      message: expect.stringMatching(
        /^the published release of v1\.0\.0 has signatures that this workflow did not make for it:\n- a\.tgz\.sigstore\.json: it does not verify\n[^]*\n- b\.1\.zip\.sigstore\.json: it is for sha256 \w{64}, the file has \w{64}$/,
      ),
    })
    expect(names.filter(name => existsSync(join(workspace, `${name}.sigstore.json`)))).toEqual([])
  }, 60_000)

  test.each([
    ['no bundle', '{}', 'it is not a signature bundle'],
    ['far too long', '[]'.padEnd(2 ** 20 + 1), 'it has 1048577 bytes, which no signature has'],
  ])(
    'with a signature that is %s is refused',
    async (_, text, words) => {
      const forge = await forgeWith({'a.tgz': 'contents of a.tgz', 'a.tgz.sigstore.json': text})
      await expect(main(inputs(ours), hostIn(newWorkspace(), forge))).rejects.toThrow(`a.tgz.sigstore.json: ${words}`)
    },
    60_000,
  )

  test('that is a draft counts for nothing, and needs no more than a token that reads', async () => {
    const forge = await startForge({
      repositories: [{owner: 'o', name: 'r', tags: {'v1.0.0': 'c'.repeat(40)}}],
      tokens: [{token: 'token-of-the-job', contents: 'read'}],
    })
    forges.push(forge)
    await main(inputs(ours), hostIn(newWorkspace(), forge))
  }, 60_000)
})
