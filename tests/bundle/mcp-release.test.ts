import {spawnSync} from 'node:child_process'
import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'

const program = join(dirname(fileURLToPath(import.meta.url)), '../../dist/mcp-release/index.js')
const empty = () => mkdtempSync(join(tmpdir(), 'mcp-release-test-'))

// The table in docs/errors.md.
test.each([
  [['--help'], 0],
  [['--version'], 0],
  [['nonsense'], 2],
  [['plan', '/nonexistent'], 2],
  [['snapshot', '/nonexistent'], 2],
  [['plan', empty()], 2],
  [['snapshot', empty(), '--out', join(empty(), 'out')], 1],
])('mcp-release %j ends with %i', (args, code) => {
  const {status, stderr} = spawnSync(process.execPath, [program, ...args], {encoding: 'utf8'})
  expect(status).toBe(code)
  expect(stderr).toMatch(code === 2 ? /^[\w-]+ \[[A-Z_]+\]: / : /^$/)
})
