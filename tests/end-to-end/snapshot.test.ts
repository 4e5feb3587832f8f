import {execFile, spawn} from 'node:child_process'
import {createHash} from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {expect, test} from '@jest/globals'
import {parseChecksums} from '@mcp-release/release-model'

const run = promisify(execFile)
const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const minutes = 60_000

interface Report {
  readonly status: string
  readonly reason?: string
  readonly seconds: number
  readonly files: readonly {readonly name: string; readonly sha256: string; readonly signature?: string}[]
  readonly servers: readonly {
    readonly file: string
    readonly status: string
    readonly reason?: string
    readonly tools?: readonly {readonly name: string}[]
  }[]
  readonly steps: readonly {readonly action: string; readonly seconds: number}[]
  readonly release?: {
    readonly tag: string
    readonly draft: boolean
    readonly downloaded: number
    readonly assets: number
  }
}

const folder = () => realpathSync(mkdtempSync(join(tmpdir(), 'snapshot-test-')))

/** Runs the committed command line bundle on a folder. */
async function snapshot(
  directory: string,
  options: {readonly args?: readonly string[]; readonly env?: Record<string, string>; readonly out?: string} = {},
) {
  const out = options.out ?? join(folder(), 'out')
  const command = [
    join(root, 'dist/mcp-release/index.js'),
    'snapshot',
    directory,
    '--no-image',
    '--out',
    out,
    ...(options.args ?? []),
  ]
  const {stdout, code} = await run(process.execPath, command, {
    env: {...process.env, ...options.env},
    maxBuffer: 64e6,
  }).then(
    result => ({stdout: result.stdout, code: 0}),
    (error: unknown) => {
      const ended = error as {stdout: string; stderr: string; code: number}
      return {stdout: ended.stdout + ended.stderr, code: ended.code}
    },
  )
  const reportFile = [out, `${out}.failed`].map(each => join(each, 'report.json')).find(existsSync)
  const report = reportFile === undefined ? undefined : (JSON.parse(readFileSync(reportFile, 'utf8')) as Report)
  return {out, stdout, code, report}
}

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Everything that a user can check in the folder of a snapshot. */
async function expectComplete(out: string, report: Report | undefined) {
  expect(report).toMatchObject({status: 'released', release: {draft: false}})
  const sums = parseChecksums(readFileSync(join(out, 'SHA256SUMS'), 'utf8'))
  for (const line of sums) expect(digest(join(out, line?.name ?? ''))).toBe(line?.sha256)
  const signed = report?.files.filter(file => file.signature !== undefined) ?? []
  expect(signed.map(file => file.name)).toContain('SHA256SUMS')
  for (const {name, signature} of signed) {
    await run(
      'cosign',
      ['verify-blob', '--key', 'cosign.pub', '--insecure-ignore-tlog', '--bundle', signature ?? '', name],
      {cwd: out},
    )
  }
  expect(report?.release?.downloaded).toBe(report?.files.length)
  expect(readdirSync(out)).toEqual(
    expect.arrayContaining(['report.html', 'release-manifest.json', 'cosign.pub', 'logs']),
  )
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(sums[0]?.sha256 ?? 'no checksum')
}

test(
  'a snapshot of the TypeScript example is complete, verified and signed, and the same twice',
  async () => {
    const first = await snapshot(join(root, 'examples/typescript'))
    await expectComplete(first.out, first.report)
    expect(first.report?.servers.find(server => server.status === 'verified')?.tools?.length).toBeGreaterThan(2)
    const second = await snapshot(join(root, 'examples/typescript'))
    expect(readFileSync(join(second.out, 'SHA256SUMS'), 'utf8')).toBe(
      readFileSync(join(first.out, 'SHA256SUMS'), 'utf8'),
    )
  },
  6 * minutes,
)

test(
  'a published Python server is released from its source distribution, unchanged',
  async () => {
    const download = folder()
    await run('python3', [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--no-deps',
      '--no-binary',
      ':all:',
      '--dest',
      download,
      'mcp-server-time==2026.10.19',
    ])
    await run('tar', ['-xzf', join(download, readdirSync(download)[0] ?? ''), '-C', download])
    const source = join(download, readdirSync(download).find(name => !name.endsWith('.gz')) ?? '')
    const {out, report} = await snapshot(source)
    await expectComplete(out, report)
    const tools = report?.servers.flatMap(server => server.tools?.map(tool => tool.name) ?? [])
    expect(tools).toEqual(expect.arrayContaining(['get_current_time', 'convert_time']))
  },
  6 * minutes,
)

test(
  'a published Node server is released from its tarball, unchanged',
  async () => {
    const download = folder()
    await run(
      'npm',
      ['pack', '--silent', '--pack-destination', download, '@modelcontextprotocol/server-filesystem@2026.8.31'],
      {cwd: download},
    )
    await run('tar', ['-xzf', join(download, readdirSync(download)[0] ?? ''), '-C', download])
    const {out, report} = await snapshot(join(download, 'package'), {args: ['--server-arg', tmpdir()]})
    await expectComplete(out, report)
    expect(report?.servers.flatMap(server => server.tools?.map(tool => tool.name) ?? [])).toContain('list_directory')
  },
  6 * minutes,
)

test(
  'without the toolchain a server is skipped with the reason and the install hint',
  async () => {
    const programs = folder()
    for (const name of ['node', 'git']) {
      const path = (process.env['PATH'] ?? '')
        .split(delimiter)
        .map(each => join(each, name))
        .find(existsSync)
      symlinkSync(path ?? '', join(programs, name))
    }
    const {code, stdout, report} = await snapshot(join(root, 'examples/go'), {env: {PATH: programs}})
    expect(code).toBe(1)
    expect(report?.status).toBe('skipped')
    expect(stdout).toContain('go is not on this machine')
    expect(stdout).toContain('Install Go')
  },
  minutes,
)

test(
  'an interrupted snapshot leaves nothing under its final name, and no remnants',
  async () => {
    const parent = folder()
    const out = join(parent, 'out')
    const child = spawn(process.execPath, [
      join(root, 'dist/mcp-release/index.js'),
      'snapshot',
      join(root, 'examples/typescript'),
      '--no-image',
      '--out',
      out,
    ])
    await new Promise<void>(resolve => child.stdout.on('data', (text: Buffer) => text.includes('✓ plan') && resolve()))
    child.kill('SIGINT')
    const code = await new Promise(resolve => child.on('close', resolve))
    expect(code).not.toBe(0)
    expect(readdirSync(parent)).toEqual([])
  },
  minutes,
)

test(
  'a folder that no snapshot made is never replaced',
  async () => {
    const out = folder()
    writeFileSync(join(out, 'thesis.txt'), 'mine')
    const {code, stdout} = await snapshot(join(root, 'examples/typescript'), {out})
    expect(code).toBe(2)
    expect(stdout).toContain('holds files that no snapshot made')
    expect(readdirSync(out)).toEqual(['thesis.txt'])
  },
  minutes,
)

test(
  'a folder without a package is refused with what was looked for',
  async () => {
    const empty = folder()
    mkdirSync(join(empty, 'src'))
    const {code, stdout} = await snapshot(empty)
    expect(code).toBe(1)
    expect(stdout).toContain('no package to release')
  },
  minutes,
)
