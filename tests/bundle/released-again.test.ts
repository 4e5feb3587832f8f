import {execFileSync, spawnSync} from 'node:child_process'
import {copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from '@jest/globals'
import {type Forge, startForge} from '@mcp-release/forge'
import {runBundle, temporaryFolder} from './run-bundle'

// The last two jobs of the workflow as they stand: sign, verify once more, release; with the real cosign.

const found = spawnSync('cosign', ['version']).status === 0
if (!found && process.env['CI'] === 'true') throw new Error('CI lacks cosign')
const real = found ? describe : describe.skip

const forges: Forge[] = []
afterEach(async () => {
  for (const forge of forges.splice(0)) await forge.close()
})

const files = {'a.tgz': 'contents of a', SHA256SUMS: 'sums'}

function newKey(): string {
  const cwd = temporaryFolder()
  const env = {PATH: process.env['PATH'], HOME: cwd, COSIGN_PASSWORD: ''}
  execFileSync('cosign', ['generate-key-pair'], {cwd, env, stdio: 'pipe'})
  return readFileSync(join(cwd, 'cosign.key'), 'utf8')
}

async function stand(immutableReleases: boolean): Promise<Forge> {
  const tags = {'v1.0.0': 'c'.repeat(40)}
  const forge = await startForge({repositories: [{owner: 'o', name: 'r', tags, immutableReleases}]})
  forges.push(forge)
  return forge
}

/** A whole run on machines of its own; `tamper` is what somebody does between the jobs. */
async function release(forge: Forge, key: string, tamper: (signatures: string) => void = () => undefined) {
  const workspace = temporaryFolder()
  mkdirSync(join(workspace, 'files'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, 'files', name), text)
  const env = {
    ...{GITHUB_REPOSITORY: 'o/r', GITHUB_REF: 'refs/tags/v1.0.0', GITHUB_SHA: 'c'.repeat(40)},
    ...{GITHUB_API_URL: forge.url, GITHUB_GRAPHQL_URL: forge.graphqlUrl},
  }
  const common = {files: 'files/*', 'output-directory': 'signatures', 'published-tag': 'v1.0.0', 'read-token': 'reader'}
  const signed = await runBundle('cosign-sign', {workspace, env, inputs: {...common, key}})
  if (signed.exitCode !== 0) return {job: 'sign', stdout: signed.stdout}
  tamper(join(workspace, 'signatures'))
  const {signer = ''} = signed.outputs
  const verified = await runBundle('cosign-sign', {workspace, env, inputs: {...common, mode: 'verify', signer}})
  if (verified.exitCode !== 0) return {job: 'verify', stdout: verified.stdout}
  const inputs = {
    ...{files: 'files/*\nsignatures/*', expect: Object.keys(files).join('\n'), token: 'writer', body: 'notes'},
    ...{'target-commitish': 'c'.repeat(40), 'on-existing-asset': 'replace-in-draft'},
  }
  const {exitCode, stdout, outputs} = await runBundle('gh-release', {workspace, env, inputs})
  return {job: exitCode === 0 ? 'none' : 'release', stdout, state: outputs['state'], signed: signed.stdout}
}

const assetsOf = (forge: Forge) => forge.releases()[0]?.assets.map(({id, name, digest}) => [id, name, digest])

real('a finished release', () => {
  test.each([
    ['published', false],
    ['immutable', true],
  ])(
    'that is %s is run again as a whole: its signatures are fetched, verified and kept, and it ends unchanged',
    async (_, immutable) => {
      const [forge, key] = [await stand(immutable), newKey()]
      expect(await release(forge, key)).toMatchObject({job: 'none', state: 'created'})
      const before = assetsOf(forge)
      const sent = forge.requests.length
      const again = await release(forge, key)
      expect(again).toMatchObject({job: 'none', state: 'unchanged'})
      expect(again.signed).toContain('a.tgz: the published signature is good and stays')
      expect(again.signed).not.toContain('sign-blob')
      expect(assetsOf(forge)).toEqual(before)
      expect(forge.requests.slice(sent).filter(({method}) => method !== 'GET')).toEqual([])
    },
    90_000,
  )

  test('whose signature somebody replaced is not gone on with, and nothing is signed or sent', async () => {
    const [forge, key] = [await stand(false), newKey()]
    await release(forge, key)
    // Valid signatures of the same files, by another key, under the same names.
    const other = await stand(false)
    await release(other, newKey())
    const [ours] = forge.releases()
    const theirs = other.releases()[0]?.assets.find(({name}) => name === 'a.tgz.sigstore.json')
    const mine = ours?.assets.find(({name}) => name === 'a.tgz.sigstore.json')
    const headers = {authorization: 'token x'}
    const api = `${forge.url}/repos/o/r/releases`
    await fetch(`${api}/assets/${mine?.id ?? 0}`, {method: 'DELETE', headers})
    const upload = `${forge.webUrl}/uploads/repos/o/r/releases/${ours?.id ?? 0}/assets?name=a.tgz.sigstore.json`
    const body = new Uint8Array(readFileSync(other.assetPath(theirs?.id ?? 0)))
    await fetch(upload, {method: 'POST', headers: {...headers, 'content-type': 'application/json'}, body})
    const refused = await release(forge, key)
    expect(refused.job).toBe('sign')
    expect(refused.stdout).toContain('has signatures that this workflow did not make for it')
  }, 90_000)

  test('gets no signature that is changed between the jobs', async () => {
    const [forge, key] = [await stand(false), newKey()]
    const ended = await release(forge, key, folder => {
      const [first = '', second = ''] = readdirSync(folder)
      copyFileSync(join(folder, first), join(folder, second))
    })
    expect(ended.job).toBe('verify')
    expect(ended.stdout).toContain('these are not the signatures of `signer`')
    expect(forge.releases()).toEqual([])
  }, 60_000)
})
