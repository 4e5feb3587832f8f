import {execFile} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, realpathSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {expect, test} from '@jest/globals'
import {makeRepository} from '../fixtures/repositories.mjs'

// Whole releases of a few of the shapes; tests/bundle has the plans of all, and `npm run bench -- servers:shape` releases all.
const run = promisify(execFile)
const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const minutes = 60_000

interface Report {
  readonly status: string
  readonly reason?: string
  readonly files: readonly {readonly name: string}[]
  readonly servers: readonly {
    readonly file: string
    readonly status: string
    readonly startedAs?: {readonly args: readonly string[]; readonly source: string}
  }[]
}

async function release(shape: string, directory = '.'): Promise<Report> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'shape-')))
  const folder = join(home, shape)
  makeRepository(shape, folder)
  const out = join(home, 'out')
  const program = join(root, 'dist/mcp-release/index.js')
  const args = ['snapshot', join(folder, directory), '--tag', 'v1.0.0', '--no-image', '--target', 'linux/amd64']
  await run(process.execPath, [program, ...args, '--out', out], {maxBuffer: 64e6}).catch(() => undefined)
  const file = [out, `${out}.failed`].map(each => join(each, 'report.json')).find(existsSync)
  return JSON.parse(readFileSync(file ?? '', 'utf8')) as Report
}

const verified = ({status, reason, servers}: Report) => [
  status,
  reason,
  servers.map(({file, status: each}) => `${file}: ${each}`).sort(),
]

test(
  'a server that needs --stdio is released, its bundle with the argument that server.json names',
  async () => {
    const report = await release('needs-stdio-flag')
    expect(verified(report)).toEqual([
      'released',
      undefined,
      ['acme-stdio-server-1.0.0.tgz: verified', 'acme-stdio-server_1.0.0.mcpb: verified'],
    ])
    // A bundle's own command names its entry file first.
    const args = Object.fromEntries(report.servers.map(({file, startedAs}) => [file, startedAs?.args]))
    expect(args).toEqual({
      'acme-stdio-server-1.0.0.tgz': ['--stdio'],
      'acme-stdio-server_1.0.0.mcpb': [expect.stringMatching(/\/index\.js$/), '--stdio'],
    })
  },
  minutes * 5,
)

test(
  'a member of a pnpm workspace with a catalog is released with the manager of its project',
  async () => {
    const report = await release('pnpm-catalog')
    const [status, reason, servers] = verified(report)
    expect([status, reason]).toEqual(['released', undefined])
    expect(servers).toContain('acme-pnpm-server-1.0.0.tgz: verified')
  },
  minutes * 5,
)

test(
  'a member whose tsconfig extends that of the root is released from its own folder',
  async () => {
    const report = await release('tsconfig-extends-root', 'packages/server')
    const [status, reason, servers] = verified(report)
    expect([status, reason]).toEqual(['released', undefined])
    expect(servers).toContain('acme-tsconfig-server-1.0.0.tgz: verified')
  },
  minutes * 5,
)

test(
  'a server whose words are a submodule is released with them',
  async () => {
    const [status, reason, servers] = verified(await release('submodule'))
    expect([status, reason]).toEqual(['released', undefined])
    expect(servers).toContain('acme_words_of-1.0.0-py3-none-any.whl: verified')
  },
  minutes * 5,
)
