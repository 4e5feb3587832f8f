import {execFileSync} from 'node:child_process'
import {cpSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {runBundle, temporaryFolder} from './run-bundle'

const example = join(dirname(fileURLToPath(import.meta.url)), '../../examples/python')

test('mcp-verify tells with which Python and SDK the Python example works', async () => {
  const workspace = temporaryFolder()
  const sources = join(temporaryFolder(), 'python')
  cpSync(example, sources, {recursive: true})
  const options = ['--quiet', '--no-deps', '--disable-pip-version-check', '--wheel-dir', join(workspace, 'built')]
  execFileSync('python3', ['-m', 'pip', 'wheel', ...options, sources], {stdio: 'pipe'})
  const inputs = {
    files: 'built/*.whl',
    'python-versions': '3.14',
    'sdk-versions': 'newest',
    compatibility: 'compatibility.json',
    'compatibility-notes': 'compatibility.md',
  }
  const {exitCode, stdout, outputs, summary} = await runBundle('mcp-verify', {workspace, inputs})
  expect(stdout).toMatch(
    /^1 of 1 files may be servers\nverified {2}mcp_calendar_tools-\S+\.whl: .*\ncompatibility: 1 of 1 combinations are tried\nworks {5}mcp_calendar_tools-0\.1\.0-py3-none-any\.whl on Python 3\.14\.6 with mcp 2\.\S+ \(newest\)\n$/,
  )
  expect(exitCode).toBe(0)
  expect(outputs).toMatchObject({
    incompatible: '0',
    compatibility: join(workspace, 'compatibility.json'),
    'compatibility-notes': join(workspace, 'compatibility.md'),
  })
  const written = readFileSync(join(workspace, 'compatibility.json'), 'utf8')
  const {servers} = JSON.parse(written) as {servers: {combinations: {sdk: {version: string}}[]}[]}
  const version = servers[0]?.combinations[0]?.sdk.version ?? ''
  expect(JSON.parse(written)).toEqual({
    schemaVersion: 1,
    servers: [
      {
        file: 'mcp_calendar_tools-0.1.0-py3-none-any.whl',
        ecosystem: 'pypi',
        name: 'mcp-calendar-tools',
        version: '0.1.0',
        requires: '>=3.10',
        combinations: [
          {
            runtime: '3.14',
            runtimeVersion: '3.14.6',
            sdk: {name: 'mcp', range: expect.stringMatching(/2\.3/), version, selections: ['newest'], allowed: true},
            result: 'works',
            protocol: '2026-07-28',
            tools: 4,
          },
        ],
      },
    ],
  })
  const notes = readFileSync(join(workspace, 'compatibility.md'), 'utf8')
  expect(notes).toContain(`| MCP SDK | Python 3.14.6 |\n| --- | --- |\n| mcp ${version} (newest) | ✅ works |\n`)
  expect(summary).toContain(notes)
}, 300_000)
