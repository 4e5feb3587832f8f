import {expect, test} from '@jest/globals'
import {neutralChecks} from './neutral'

// The last words of airtable-mcp-server 1.14.0, started as an npm tarball.
test('the last words of a server name no folder of the machine', () => {
  const detail = 'at file:///tmp/run/temp/mcp-verify-T3YKbP/node_modules/airtable-mcp-server/dist/main.js:23:29'
  const folders = [
    ['/tmp/run/temp', 'temporary folder'],
    ['/tmp/run/temp/mcp-verify-T3YKbP', 'installation'],
  ] as const
  expect(neutralChecks([{name: 'handshake', status: 'failed', detail}], folders)).toEqual([
    {
      name: 'handshake',
      status: 'failed',
      detail: 'at file://<installation>/node_modules/airtable-mcp-server/dist/main.js:23:29',
    },
  ])
})
