import {spawnSync} from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import {type HostPlatform, realHost} from '@mcp-release/action-kit'
import {FakeHost, type FakeProgram} from '@mcp-release/action-kit/testing'
import {ensureTool, type ToolOptions} from './ensure-tool'
import type {ReleaseFile, ToolPin} from './pins'
import {content, sha256, startServer, status, type Answer, type ReleaseServer} from './testing/release-server'

const program = '#!/bin/sh\necho hammer\n'
const release = 'https://github.com/tools/hammer/releases/download/v1.2.3/hammer'
const servers: ReleaseServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

function pinned(file: Partial<ReleaseFile> = {}): ToolPin {
  return {
    version: '1.2.3',
    license: 'MIT',
    module: 'example.test/hammer',
    package: 'example.test/hammer/cmd/hammer',
    goVariables: {'main.version': '1.2.3'},
    platforms: {'linux/amd64': {url: release, sha256: sha256(program), ...file}},
  }
}

interface Scene {
  readonly answers?: readonly Answer[]
  readonly file?: Partial<ReleaseFile>
  readonly programs?: FakeProgram
  readonly platform?: HostPlatform
  readonly cache?: string
}

async function scene({answers = [content(program)], file = {}, programs, platform, cache}: Scene) {
  const server = await startServer(...answers)
  servers.push(server)
  const host = new FakeHost(programs, platform === undefined ? {} : {platform})
  const options: ToolOptions = {
    pins: {hammer: pinned(file)},
    cache: cache ?? mkdtempSync(join(tmpdir(), 'tool-cache-')),
    mirror: `${server.base}/hub/`,
    policy: {delay: 1},
  }
  return {server, host, options, tool: () => ensureTool('hammer', {host, options})}
}

const module = '\tmod\texample.test/hammer\tv1.2.3\th1:x=\n'

/** A Go that builds the program, or says what else `answers` say. */
function fakeGo(answers: Readonly<Record<string, string>> = {}): FakeProgram {
  return (argv, options) => {
    if (argv[0] !== 'go') return undefined
    const words = argv.slice(1).join(' ')
    if (words === 'env GOSUMDB') return {stdout: answers['GOSUMDB'] ?? 'sum.example.test\n'}
    if (words.startsWith('version -m'))
      return {stdout: `\tpath\texample.test/hammer/cmd/hammer\n${answers['version'] ?? module}`}
    if (words.startsWith('install')) {
      if (answers['install'] !== undefined) return {exitCode: 1, stderr: answers['install']}
      writeFileSync(join(options.env?.['GOBIN'] ?? '', 'hammer'), 'built by go')
    }
    return {}
  }
}

test('a release file is downloaded from the path it has on the mirror, verified and made executable', async () => {
  const {server, tool} = await scene({})
  const found = await tool()
  expect(found).toMatchObject({version: '1.2.3', source: 'download'})
  expect(server.requests).toEqual(['/hub/tools/hammer/releases/download/v1.2.3/hammer'])
  expect(readFileSync(found.path, 'utf8')).toBe(program)
  expect(statSync(found.path).mode & 0o111).toBe(0o111)
})

test('the second time the tool comes from the cache', async () => {
  const {server, tool, host} = await scene({})
  const first = await tool()
  await expect(tool()).resolves.toEqual({...first, source: 'cache'})
  expect(server.requests).toHaveLength(1)
  expect(readdirSync(host.temp)).toEqual([])
})

test('a cache that does not take the tool is named', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'tool-cache-'))
  mkdirSync(join(cache, 'mcp-release-hammer'))
  writeFileSync(join(cache, 'mcp-release-hammer', '1.2.3'), '')
  await expect((await scene({cache})).tool()).rejects.toMatchObject({
    code: 'TOOL_CACHE',
    message: `${cache}: hammer cannot be kept in the tool cache (ENOTDIR)`,
  })
})

test('the search leaves RUNNER_TOOL_CACHE as it was', async () => {
  const before = process.env['RUNNER_TOOL_CACHE']
  await (await scene({})).tool()
  expect(process.env['RUNNER_TOOL_CACHE']).toBe(before)
})

test('callers at the same time share one download', async () => {
  const {server, tool} = await scene({})
  const found = await Promise.all([tool(), tool(), tool()])
  expect(server.requests).toHaveLength(1)
  expect(found.map(({source}) => source).sort()).toEqual(['cache', 'cache', 'download'])
})

test('a wrong checksum is final: Go is not asked and nothing is kept', async () => {
  const other = '#!/bin/sh\necho evil\n'
  const {host, tool, options, server} = await scene({answers: [content(other)], programs: fakeGo()})
  await expect(tool()).rejects.toMatchObject({
    code: 'CHECKSUM',
    message: `${server.base}/hub/tools/hammer/releases/download/v1.2.3/hammer: expected sha256 ${sha256(program)}, got ${sha256(other)}`,
  })
  expect(host.commands.filter(({argv}) => argv[1] === 'install')).toEqual([])
  expect(existsSync(join(options.cache ?? '', 'mcp-release-hammer', '1.2.3'))).toBe(false)
  expect(readdirSync(host.temp)).toEqual([])
})

test('a file that is too short without a broken connection is a wrong checksum', async () => {
  const {tool} = await scene({answers: [content(program.slice(0, -3))]})
  await expect(tool()).rejects.toMatchObject({code: 'CHECKSUM'})
})

test('a dead mirror is named in a warning and Go builds the tool', async () => {
  const {server, host, tool} = await scene({programs: fakeGo()})
  await server.close()
  const found = await tool()
  expect(found).toMatchObject({version: '1.2.3', source: 'go'})
  expect(readFileSync(found.path, 'utf8')).toBe('built by go')
  const warning = host.lines.find(line => line.startsWith('warning'))
  expect(warning).toContain(`${server.base}/hub/tools/hammer/releases/download/v1.2.3/hammer`)
  expect(warning).toContain('ECONNREFUSED')
})

test('Go builds with the checksum database for every module and the version that the release build sets', async () => {
  const {host, tool} = await scene({answers: [status(404)], programs: fakeGo()})
  await tool()
  const install = host.commands.find(({argv}) => argv[1] === 'install')
  expect(install?.argv).toEqual([
    'go',
    'install',
    '-ldflags',
    '-s -w -X main.version=1.2.3',
    'example.test/hammer/cmd/hammer@v1.2.3',
  ])
  expect(install?.options.env).toMatchObject({
    GOFLAGS: '-buildvcs=false',
    GONOSUMDB: 'none.invalid',
    GOINSECURE: 'none.invalid',
    CGO_ENABLED: '0',
  })
  expect(install?.options.env).not.toHaveProperty('GOSUMDB')
  expect(install?.options.env).not.toHaveProperty('GOPROXY')
})

test('an unpinned platform is never downloaded', async () => {
  const {server, host, tool} = await scene({programs: fakeGo(), platform: {os: 'darwin', arch: 'arm64'}})
  await expect(tool()).resolves.toMatchObject({source: 'go'})
  expect(server.requests).toEqual([])
  expect(host.lines).toContainEqual(expect.stringContaining('hammer 1.2.3 for darwin/arm64 has no checksum'))
})

test('when nothing serves, one error lists every attempt', async () => {
  const programs: FakeProgram = (argv, options) =>
    argv[0]?.endsWith('hammer')
      ? {}
      : fakeGo({install: 'no such module', version: '\tmod\texample.test/hammer\tv1.0.0\n'})(argv, options)
  const {tool, options} = await scene({answers: [status(404)], programs})
  const error: unknown = await tool().catch((reason: unknown) => reason)
  expect(error).toMatchObject({code: 'TOOL_UNAVAILABLE', hint: expect.stringContaining('hammer 1.2.3 on PATH')})
  const lines = (error as Error).message.split('\n')
  expect(lines.slice(0, 4)).toEqual([
    'hammer 1.2.3 is not available:',
    '- PATH: /usr/bin/hammer is version 1.0.0',
    `- cache: nothing in ${options.cache ?? ''}`,
    expect.stringMatching(/^- mirror: .*the server answered 404$/),
  ])
  expect(lines.slice(4).join('\n')).toContain('no such module')
})

test('without a checksum database Go builds nothing', async () => {
  const {host, tool} = await scene({answers: [status(404)], programs: fakeGo({GOSUMDB: 'off\n'})})
  await expect(tool()).rejects.toMatchObject({
    code: 'TOOL_UNAVAILABLE',
    message: expect.stringMatching(/GOSUMDB is off, .*\n.*Unset GOSUMDB/),
  })
  expect(host.commands.filter(({argv}) => argv[1] === 'install')).toEqual([])
})

test('a program of another version that Go built is refused', async () => {
  const programs = fakeGo({version: '\tmod\texample.test/hammer\tv9.9.9\th1:x=\n'})
  const {tool} = await scene({answers: [status(404)], programs})
  await expect(tool()).rejects.toMatchObject({
    message: expect.stringContaining('hammer@v1.2.3: it built version 9.9.9'),
  })
})

test('a program on PATH that Go installed is recognised by its build information, without being started', async () => {
  const programs: FakeProgram = (argv, options) => (argv[0] === 'hammer' ? {} : fakeGo()(argv, options))
  const {tool, host} = await scene({programs})
  await expect(tool()).resolves.toEqual({path: '/usr/bin/hammer', version: '1.2.3', source: 'path'})
  expect(host.commands.map(({argv}) => argv)).toEqual([['go', 'version', '-m', '/usr/bin/hammer']])
})

/** A real machine whose PATH begins with a folder that holds these programs. */
async function machineWith(programs: Readonly<Record<string, string>>, more: Partial<Scene> = {}) {
  const {options, server} = await scene(more)
  const folder = mkdtempSync(join(tmpdir(), 'on-path-'))
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text, {mode: 0o755})
  const env = {PATH: `${folder}:/usr/bin:/bin`, GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp')}
  return {path: join(folder, 'hammer'), server, tool: () => ensureTool('hammer', {host: realHost(env), options})}
}

test('a program on PATH that is the release file is taken as it is', async () => {
  const {path, server, tool} = await machineWith({hammer: program})
  await expect(tool()).resolves.toEqual({path, version: '1.2.3', source: 'path'})
  expect(server.requests).toEqual([])
})

const goSays = (text: string) => `#!/bin/sh\nprintf '${text}'\n`
const liar = `#!/bin/sh\ntouch "$(dirname "$0")/was-started"\necho '{"version": "1.2.3"}'\n`

test.each([
  ['says that it is of the pinned version', {}],
  [
    'was built from another module',
    {go: goSays('\\tpath\\texample.test/nail/cmd/hammer\\n\\tmod\\texample.test/nail\\tv1.2.3\\n')},
  ],
  [
    'is another program of the module',
    {go: goSays('\\tpath\\texample.test/hammer/cmd/saw\\n\\tmod\\texample.test/hammer\\tv1.2.3\\n')},
  ],
  [
    'was built from changed sources',
    {go: goSays('\\tpath\\texample.test/hammer/cmd/hammer\\n\\tmod\\texample.test/hammer\\t(devel)\\n')},
  ],
  [
    'was built from a checkout with changes',
    {go: goSays('\\tpath\\texample.test/hammer/cmd/hammer\\n\\tmod\\texample.test/hammer\\tv1.2.3+dirty\\n')},
  ],
  [
    'depends on the module',
    {go: goSays('\\tpath\\tother.test/x\\n\\tmod\\tother.test/x\\tv1.0.0\\n\\tdep\\texample.test/hammer\\tv1.2.3\\n')},
  ],
  ['stands in the name of the file alone', {go: goSays('mod example.test/hammer v1.2.3: could not read\\n')}],
])('a program on PATH that %s is passed over, and never started', async (_, more) => {
  const {path, tool} = await machineWith({hammer: liar, ...more})
  await expect(tool()).resolves.toMatchObject({source: 'download'})
  expect(existsSync(join(path, '..', 'was-started'))).toBe(false)
})

test.each([
  ['was changed', (path: string) => writeFileSync(path, '#!/bin/sh\necho evil\n')],
  ['was emptied', (path: string) => writeFileSync(path, '')],
  ['is gone', (path: string) => rmSync(path)],
  [
    'was changed with the digest beside it',
    (path: string) => {
      writeFileSync(path, '#!/bin/sh\necho evil\n')
      writeFileSync(`${dirname(path)}.sha256`, `${sha256('#!/bin/sh\necho evil\n')}\n`)
    },
  ],
  [
    'is a link now',
    (path: string) => {
      rmSync(path)
      symlinkSync('/bin/true', path)
    },
  ],
])('a cached tool that %s is brought anew', async (_, change) => {
  const {server, tool} = await scene({answers: [content(program), content(program)]})
  const {path} = await tool()
  change(path)
  await expect(tool()).resolves.toEqual({path, version: '1.2.3', source: 'download'})
  expect(readFileSync(path, 'utf8')).toBe(program)
  expect(server.requests).toHaveLength(2)
})

test('a cached tool that is the release file needs no digest beside it', async () => {
  const {tool} = await scene({})
  const {path} = await tool()
  writeFileSync(`${dirname(path)}.sha256`, 'x')
  await expect(tool()).resolves.toMatchObject({path, source: 'cache'})
})

test('what Go built is built again where the release file is pinned, because nobody vouches for the cached one', async () => {
  const {tool} = await scene({answers: [status(404), status(404)], programs: fakeGo()})
  await tool()
  await expect(tool()).resolves.toMatchObject({source: 'go'})
})

test('a program is taken out of a tar archive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'))
  writeFileSync(join(folder, 'hammer'), program)
  writeFileSync(join(folder, 'README.md'), 'text')
  spawnSync('tar', ['-czf', join(folder, 'hammer.tar.gz'), '-C', folder, 'README.md', 'hammer'])
  const archive = readFileSync(join(folder, 'hammer.tar.gz'))
  const file = {url: `${release}.tar.gz`, sha256: sha256(archive), member: 'hammer'}
  const {tool} = await scene({answers: [content(archive), content(archive)], file})
  const found = await tool()
  expect(readFileSync(found.path, 'utf8')).toBe(program)
  expect(readdirSync(join(found.path, '..'))).toEqual(['hammer'])
  await expect(tool()).resolves.toMatchObject({source: 'cache'})
  rmSync(`${dirname(found.path)}.sha256`)
  await expect(tool()).resolves.toMatchObject({source: 'download'})
})

test.each(['ftp://mirror.example', 'mirror.example', 'https://mirror.example/?a=b'])(
  'the mirror "%s" is refused',
  async mirror => {
    const host = new FakeHost()
    const done = ensureTool('hammer', {host, options: {pins: {hammer: pinned()}, mirror}})
    await expect(done).rejects.toMatchObject({code: 'INPUT', message: expect.stringContaining(mirror)})
  },
)

test('a tool that nobody pinned is refused', async () => {
  await expect(ensureTool('toString', {host: new FakeHost()})).rejects.toMatchObject({
    code: 'UNPINNED',
    message: 'toString is not in the table of tools',
    hint: expect.stringMatching(/^The table has .*\bcosign\b.*; add toString to packages\/tools\/src\/pins\.json\.$/),
  })
})
