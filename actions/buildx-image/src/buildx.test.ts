import {expect, test} from '@jest/globals'
import {FakeHost, type FakeProgram} from '@mcp-release/action-kit/testing'
import {findBuildx, withBuilder} from './buildx'

const used = (host: FakeHost, given?: string) =>
  withBuilder(host, {buildx: ['docker', 'buildx'], given}, tool => Promise.resolve(tool.builder))
const inspect =
  (driver: string): FakeProgram =>
  argv =>
    argv[2] === 'inspect' ? {stdout: `Name:          current\nDriver:        ${driver}\n`} : {}

test('buildx alone serves where docker has no buildx', async () => {
  const host = new FakeHost(argv => (argv[0] === 'docker' ? {exitCode: argv[1] === 'buildx' ? 1 : 0} : {stdout: 'v0'}))
  expect(await findBuildx(host)).toEqual(['buildx'])
})

test('the builder of the input, else of BUILDX_BUILDER, else the current one', async () => {
  const program = inspect('remote')
  expect(await used(new FakeHost(program, {env: {BUILDX_BUILDER: 'b'}}), 'a')).toBe('a')
  expect(await used(new FakeHost(program, {env: {BUILDX_BUILDER: 'b'}}))).toBe('b')
  expect(await used(new FakeHost(program))).toBe('current')
})

test("docker's own builder is not used; a new one is made and removed", async () => {
  const host = new FakeHost(inspect('docker'))
  const builder = await used(host)
  expect(builder).toMatch(/^mcp-release-/)
  expect(host.commands.map(({argv}) => argv.slice(2))).toEqual([
    ['inspect'],
    ['create', `--name=${builder}`, '--driver=docker-container', '--bootstrap'],
    ['rm', '--force', builder],
  ])
})

test('a builder that is not there is named', async () => {
  const host = new FakeHost(() => ({exitCode: 1, stderr: 'ERROR: no builder "x" found'}))
  const message = 'builder "x": ERROR: no builder "x" found'
  await expect(used(host, 'x')).rejects.toMatchObject({code: 'BUILDER', message})
})
