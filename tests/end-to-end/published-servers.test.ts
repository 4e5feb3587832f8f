import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeAll, expect, test} from '@jest/globals'
import {runBundle, temporaryFolder} from '../bundle/run-bundle'

// Servers that people use, as they were published; the ordinary clients bring them and what they depend on.
const npm = [
  '@modelcontextprotocol/server-memory@2026.8.31',
  '@modelcontextprotocol/server-sequential-thinking@2026.8.31',
  '@upstash/context7-mcp@4.1.1',
  'mcp-server-code-runner@0.1.8',
]
const called = '@modelcontextprotocol/server-everything@2026.8.31'
const pypi = ['mcp-server-calculator==0.2.1', 'mcp-server-time==2026.10.19']
const workspace = temporaryFolder()

beforeAll(() => {
  for (const [folder, packages] of Object.entries({built: npm, called: [called]})) {
    mkdirSync(join(workspace, folder))
    const npmArguments = ['pack', '--silent', '--pack-destination', folder, ...packages]
    execFileSync('npm', npmArguments, {cwd: workspace, stdio: 'pipe'})
  }
  const pipArguments = ['-m', 'pip', 'download', '--no-deps', '--quiet', '--disable-pip-version-check', ...pypi]
  execFileSync('python3', pipArguments, {cwd: join(workspace, 'built'), stdio: 'pipe'})
}, 120_000)

interface Reported {
  readonly file: string
  readonly status: string
  readonly era?: string
  readonly checks: readonly {readonly name: string; readonly status: string; readonly detail?: string}[]
}

/** File, status, era and the checks that were not passed, of each server in the report. */
function reported() {
  const {servers} = JSON.parse(readFileSync(join(workspace, 'report.json'), 'utf8')) as {servers: readonly Reported[]}
  return servers.map(({file, status, era, checks}) => [
    file,
    status,
    era,
    checks.filter(check => check.status === 'failed' || check.status === 'warning').map(({name}) => name),
  ])
}

test('published servers of npm and PyPI are verified as they are', async () => {
  const inputs = {files: 'built/*', report: 'report.json', timeout: '120', 'server-env': 'CI=true'}
  const {exitCode, stdout, summary} = await runBundle('mcp-verify', {workspace, inputs})
  expect(reported()).toEqual([
    ['mcp-server-code-runner-0.1.8.tgz', 'failed', 'legacy', ['stdout-purity']],
    // It states the version of its SDK.
    ['mcp_server_calculator-0.2.1-py3-none-any.whl', 'verified', 'legacy', ['server-version']],
    ['mcp_server_time-2026.10.19-py3-none-any.whl', 'verified', 'modern', []],
    ['modelcontextprotocol-server-memory-2026.8.31.tgz', 'verified', 'legacy', []],
    ['modelcontextprotocol-server-sequential-thinking-2026.8.31.tgz', 'verified', 'legacy', []],
    ['upstash-context7-mcp-4.1.1.tgz', 'verified', 'modern', []],
  ])
  expect(stdout).toContain('line 1: Code Runner MCP Server running on stdio')
  expect(summary).toContain('| mcp-time 2026.10.19 | 2026-07-28, stdio | 2 |')
  expect(exitCode).toBe(1)
}, 300_000)

test('a published server is called over stdio and over HTTP', async () => {
  const everything = {files: 'called/*', timeout: '120', call: 'echo {"message": "hello"} => Echo: hello'}
  const over = (inputs: Readonly<Record<string, string>>) => runBundle('mcp-verify', {workspace, inputs})
  expect(await over({...everything, 'server-args': 'stdio', report: 'report.json'})).toMatchObject({exitCode: 0})
  expect(reported()).toEqual([['modelcontextprotocol-server-everything-2026.8.31.tgz', 'verified', 'legacy', []]])
  const http = {transport: 'http', 'server-args': 'streamableHttp', 'server-env': 'PORT=${port}'}
  const {exitCode, stdout, outputs} = await over({...everything, ...http})
  expect(stdout).toContain('verified')
  expect(exitCode).toBe(0)
  expect(JSON.parse(outputs['servers'] ?? '')).toMatchObject([{checks: {'tool-calls': 'ok', 'sigterm-exit': 'ok'}}])
}, 200_000)
