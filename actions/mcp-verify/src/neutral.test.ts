import {expect, test} from '@jest/globals'
import {neutralChecks, neutralTools} from './neutral'

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

// tools.json is published: what a server quotes of the machine that verified it, in texts, defaults and names of fields.
test('tools name no folder of the machine, however it is spelled', () => {
  const folders = [
    ['/home/runner', 'home folder'],
    ['/home/runner/work/notes', 'workspace'],
    ['/tmp/mcp-verify-T3', 'installation'],
    ['C:\\Users\\runner', 'home folder'],
    ['/', 'root'],
  ] as const
  const tools = [
    {
      name: 'read',
      description: 'Reads below /home/runner/work/notes and /tmp/mcp-verify-T3/process-a1/home/.notes; see / and /usr',
      inputSchema: {
        type: 'object',
        properties: {
          path: {type: 'string', default: 'C:\\Users\\runner\\notes', enum: ['C:/Users/runner', '/home/runner']},
          '/home/runner/x': {type: 'integer', minimum: 1},
        },
      },
    },
  ]
  expect(neutralTools(tools, folders)).toEqual([
    {
      name: 'read',
      description: 'Reads below <workspace> and <home folder>/.notes; see / and /usr',
      inputSchema: {
        type: 'object',
        properties: {
          path: {type: 'string', default: '<home folder>\\notes', enum: ['<home folder>', '<home folder>']},
          '<home folder>/x': {type: 'integer', minimum: 1},
        },
      },
    },
  ])
})
