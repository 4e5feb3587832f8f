import {mkdtemp, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect} from '@jest/globals'
import {type Forge, startForge} from '@mcp-release/forge'
import {
  type ReleaseRun,
  type ReleaseStand,
  type Sigstore,
  standBinaries,
  startReleaseStand,
  startSigstore,
} from '@mcp-release/test-stand'
import {planOf, publicRelease} from './release-download'
import {missingPrograms, releasePrograms, testWith} from './release-requirements'
import {callerInputs} from './release-workflow-file'

const source = join(dirname(fileURLToPath(import.meta.url)), '../../examples/python')
const [owner, name, tag] = ['mcp-release-examples', 'again', 'v0.1.0']
const repository = `${owner}/${name}`
const programs = [...releasePrograms, 'python3']
const complete = missingPrograms(programs).length === 0
const inputs = {image: 'never', bundles: 'never', 'verify-on': 'linux/amd64'}

let forge: Forge
let sigstore: Sigstore
let stand: ReleaseStand
let directory: string

beforeAll(async () => {
  if (!complete) return
  directory = await realpath(await mkdtemp(join(tmpdir(), 'release-again-')))
  forge = await startForge({repositories: [{owner, name, branches: {main: 'a'.repeat(40)}}]})
  sigstore = await startSigstore({binaries: standBinaries, directory: join(directory, 'sigstore')})
  stand = await startReleaseStand({forge, sigstore, logs: 'release-again'})
}, 180_000)

afterAll(async () => {
  if (!complete) return
  await stand.close()
  await sigstore.close()
  await forge.close()
  await rm(directory, {recursive: true, force: true, maxRetries: 3})
}, 60_000)

async function release(more: Readonly<Record<string, string | boolean>> = {}): Promise<ReleaseRun> {
  const run = await stand.release({repository, source, tag, edit: callerInputs({...inputs, ...more})})
  const errors = run.annotations.filter(each => each.level === 'error').map(each => `${each.job}: ${each.message}`)
  expect({exitCode: run.exitCode, errors}).toEqual({exitCode: 0, errors: []})
  return run
}

/** Names and digests of what the forge has, drafts among it. */
const assets = () =>
  forge
    .releases(repository)
    .flatMap(each => each.assets.map(asset => `${asset.name} ${asset.id}`))
    .sort()

testWith(
  programs,
  {
    name: 'a release stays a complete draft, is published by the next run, and left as it is by the one after',
    timeout: 1_260_000,
  },
  async () => {
    const draft = await release({publish: false})
    expect((await publicRelease({forge, repository, tag})).status).toBe(404)
    const names = (await planOf(draft)).artifacts.map(each => each.name).sort()
    expect(forge.releases(repository)).toMatchObject([{draft: true, tagName: tag}])
    expect(
      forge
        .releases(repository)
        .flatMap(each => each.assets.map(asset => asset.name))
        .sort(),
    ).toEqual(names)

    const published = await release()
    expect(forge.releases(repository)).toMatchObject([{draft: false, tagName: tag}])
    expect(published.text).toMatch(/published/i)

    const [before, calls] = [assets(), forge.requests.length]
    const again = await release()
    expect(again.commit).toBe(published.commit)
    expect(assets()).toEqual(before)
    expect(forge.requests.slice(calls).filter(({method}) => method !== 'GET')).toEqual([])
    expect(again.text).toMatch(/unchanged/)
  },
)
