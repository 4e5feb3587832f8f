import {appendFile, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, expect} from '@jest/globals'
import {type Forge, startForge} from '@mcp-release/forge'
import {type ReleaseRun, type ReleaseStand, startReleaseStand} from '@mcp-release/test-stand'
import {publicRelease} from './release-download'
import {missingPrograms, testWith} from './release-requirements'
import {callerInputs, replaceIn} from './release-workflow-file'

const examples = join(dirname(fileURLToPath(import.meta.url)), '../../examples')
const owner = 'mcp-release-examples'
const names = ['noisy-server', 'other-version', 'other-file', 'lost-file'] as const
const programs = ['act', 'git', 'node', 'npm']
const complete = missingPrograms(programs).length === 0
const withoutImage = callerInputs({image: 'never', 'verify-on': 'linux/amd64'})

let forge: Forge
let stand: ReleaseStand
let directory: string

beforeAll(async () => {
  if (!complete) return
  directory = await realpath(await mkdtemp(join(tmpdir(), 'release-refusals-')))
  // With a branch, so that nothing but the refusal keeps a release from being made.
  forge = await startForge({repositories: names.map(name => ({owner, name, branches: {main: 'a'.repeat(40)}}))})
  stand = await startReleaseStand({forge, logs: 'release-refusals'})
}, 180_000)

afterAll(async () => {
  if (!complete) return
  await stand.close()
  await forge.close()
  await rm(directory, {recursive: true, force: true, maxRetries: 3})
}, 60_000)

/** Nothing was made on the forge, not even a draft, and no one asked for it. */
async function expectNothingPublic(repository: string, tag: string): Promise<void> {
  expect((await publicRelease({forge, repository, tag})).status).toBe(404)
  expect(forge.releases(repository)).toEqual([])
  const changes = forge.requests.filter(({method, path}) => method !== 'GET' && path.includes(repository))
  expect(changes).toEqual([])
}

function errors(run: ReleaseRun, job: string): string {
  return run.annotations
    .filter(each => each.level === 'error' && each.job === job)
    .map(each => each.message)
    .join('\n')
}

testWith(programs, {name: 'a server that writes a log line to stdout is not released', timeout: 300_000}, async () => {
  const repository = `${owner}/noisy-server`
  const run = await stand.release({
    repository,
    source: join(examples, 'typescript'),
    tag: 'v0.1.0',
    edit: async folder => {
      await withoutImage(folder)
      await appendFile(join(folder, 'src/server.ts'), "\nconsole.log('text tools are ready')\n")
    },
  })
  expect(run.exitCode).toBe(1)
  expect(run.jobs).toEqual({
    plan: 'success',
    'build (npm)': 'success',
    bundle: 'success',
    seal: 'success',
    'verify (linux-amd64)': 'failure',
  })
  const message = errors(run, 'verify (linux-amd64)')
  expect(message).toContain('mcp-release-text-tools-0.1.0.tgz')
  expect(message).toContain('text tools are ready')
  expect(message).toContain('stderr')
  await expectNothingPublic(repository, 'v0.1.0')
})

testWith(
  programs,
  {name: "a tag that differs from pyproject's version is not released, and nothing is built", timeout: 120_000},
  async () => {
    const repository = `${owner}/other-version`
    const source = join(examples, 'python')
    const run = await stand.release({repository, source, tag: 'v0.2.0', edit: withoutImage})
    expect(run.exitCode).toBe(1)
    expect(run.jobs['plan']).toBe('failure')
    expect(Object.values(run.jobs)).not.toContain('success')
    const message = errors(run, 'plan')
    expect(message).toContain('pyproject.toml')
    expect(message).toContain('0.1.0')
    expect(message).toContain('v0.2.0')
    expect(message).toContain('set it to "0.2.0"')
    await expectNothingPublic(repository, 'v0.2.0')
  },
)

const buildHook = `from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Tag(BuildHookInterface):
    def initialize(self, version, build_data):
        build_data["tag"] = "py2.py3-none-any"
`

testWith(
  [...programs, 'python3'],
  {name: 'a build that makes another file than the planned one is not released', timeout: 300_000},
  async () => {
    const repository = `${owner}/other-file`
    const run = await stand.release({
      repository,
      source: join(examples, 'python'),
      tag: 'v0.1.0',
      edit: async folder => {
        await withoutImage(folder)
        await writeFile(join(folder, 'hatch_build.py'), buildHook)
        await appendFile(join(folder, 'pyproject.toml'), '\n[tool.hatch.build.targets.wheel.hooks.custom]\n')
      },
    })
    expect(run.exitCode).toBe(1)
    expect(run.jobs['plan']).toBe('success')
    expect(run.jobs).not.toHaveProperty('sign')
    const message = Object.keys(run.jobs)
      .map(job => errors(run, job))
      .join('\n')
    expect(message).toContain('mcp_calendar_tools-0.1.0-py2.py3-none-any.whl')
    expect(message).toContain('mcp_calendar_tools-0.1.0-py3-none-any.whl')
    expect(message).toContain('pyproject.toml')
    await expectNothingPublic(repository, 'v0.1.0')
  },
)

testWith(
  programs,
  {name: 'a planned file that is lost between build and release stops it', timeout: 300_000},
  async () => {
    const repository = `${owner}/lost-file`
    const run = await stand.release({
      repository,
      source: join(examples, 'typescript'),
      tag: 'v0.1.0',
      edit: withoutImage,
      editSuite: async suite => {
        const seal = '      - id: seal\n'
        const loss = '      - run: rm ${{ runner.temp }}/handovers/*/files/*.tgz\n'
        await replaceIn(join(suite, '.github/workflows/release.yml'), seal, `${loss}${seal}`)
      },
    })
    expect(run.exitCode).toBe(1)
    expect(run.jobs).toEqual({plan: 'success', 'build (npm)': 'success', bundle: 'success', seal: 'failure'})
    const message = errors(run, 'seal')
    expect(message).toContain('mcp-release-text-tools-0.1.0.tgz')
    expect(message).toMatch(/job npm did not make it/)
    expect(message).toContain('Look at the build job')
    await expectNothingPublic(repository, 'v0.1.0')
  },
)
