import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import type {Inspection} from '@mcp-release/mcp'
import {withSdkVersion} from './sdk-version'

const inspection = (name: string, version: string, status: 'ok' | 'warning' | 'failed' | 'skipped'): Inspection => ({
  transport: 'stdio',
  server: {name, version},
  tools: [],
  checks: [{name: 'server-version', status, detail: 'as it was'}],
})

// An environment of Python with mcp 1.29.0 and an npm package above the SDK 1.32.2.
async function installed() {
  const host = new FakeHost()
  const folder = host.temp
  const python = join(folder, 'venv/bin/python')
  await host.files.write(python, '')
  await host.files.write(join(folder, 'venv/lib/python3.13/site-packages/mcp-1.29.0.dist-info/METADATA'), '')
  const sdk = join(folder, 'node_modules/@modelcontextprotocol/sdk/package.json')
  await host.files.write(sdk, '{"version": "1.32.2"}')
  const place = (version?: string) => ({host, folder, settings: version === undefined ? {} : {version}})
  const script = join(folder, 'venv/bin/demo')
  const link = join(folder, 'node_modules/.bin/demo')
  return {place, script, link}
}

const told = ({checks}: Inspection) => checks.map(({status, detail}) => `${status}: ${detail}`).join()

// MCPServer('demo') of the Python SDK states the version of the SDK, Implementation::from_build_env() of rmcp that of rmcp.
test.each([
  [
    'demo',
    '1.29.0',
    'warning',
    'script',
    '1.0.0',
    'warning: the server says "1.29.0", which is the version of mcp, its SDK; the release is 1.0.0; tell',
  ],
  ['demo', '1.29.0', 'failed', 'script', '1.0.0', 'failed: the server says "1.29.0", which is the version of mcp'],
  [
    'demo',
    '1.29.0',
    'skipped',
    'script',
    undefined,
    'warning: the server says "1.29.0", which is the version of mcp, its SDK; tell',
  ],
  ['demo', '1.32.2', 'warning', 'link', '1.0.0', 'which is the version of @modelcontextprotocol/sdk, its SDK'],
  ['rmcp', '3.11.0', 'skipped', 'link', undefined, 'which is the version of rmcp, its SDK'],
  ['demo', '0.9.0', 'warning', 'script', '1.0.0', 'warning: as it was'],
  ['demo', '', 'warning', 'script', '1.0.0', 'warning: as it was'],
  ['demo', '1.29.0', 'ok', 'script', '1.29.0', 'ok: as it was'],
] as const)('the version of %s, %j, %s from the %s', async (name, stated, status, way, version, words) => {
  const {place, ...ways} = await installed()
  const started = {place: place(version), argv: ['/usr/bin/env', ways[way]], name: 'demo-package'}
  expect(told(await withSdkVersion(inspection(name, stated, status), started))).toContain(words)
})
