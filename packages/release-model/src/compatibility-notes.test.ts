import {expect, test} from '@jest/globals'
import {type Combination, type CompatibleServer, compatibilitySchema} from '@mcp-release/release-model'
import {compatibilityNotes} from './compatibility-notes'

const sdk = (version: string, selections: NonNullable<Combination['sdk']>['selections'], allowed = true) => ({
  sdk: {name: 'mcp', range: '>=1.0,<2', version, selections, allowed},
})
const on = (runtime: string) => ({runtime, runtimeVersion: `${runtime}.1`})

function notes(server: Partial<CompatibleServer>): string {
  const {success, data} = compatibilitySchema.safeParse({
    schemaVersion: 1,
    servers: [
      {
        file: 'demo.whl',
        ecosystem: 'pypi',
        name: 'demo',
        version: '1.0.0',
        requires: '>=3.10',
        combinations: [],
        ...server,
      },
    ],
  })
  if (!success) throw new Error('the example is no compatibility.json')
  return compatibilityNotes(data)
}

test('SDK versions go down, versions of the language across; reasons follow, each once', () => {
  const missing = {result: 'fails', reason: "No module named 'mcp.server.fastmcp'"} as const
  const text = notes({
    combinations: [
      {...on('3.9'), result: 'excluded', reason: 'Requires-Python is >=3.10'},
      {...on('3.11'), ...sdk('1.0.0', ['lowest']), ...missing},
      {...on('3.11'), ...sdk('1.9.0', ['locked', 'newest']), result: 'works', protocol: '2025-11-25', tools: 2},
      {...on('3.11'), ...sdk('2.0.0', ['latest'], false), ...missing},
      {...on('3.14'), ...sdk('1.0.0', ['lowest']), ...missing},
      {...on('3.14'), ...sdk('1.9.0', ['newest']), result: 'works', protocol: '2025-11-25', tools: 2},
      {...on('3.14'), ...sdk('2.0.0', ['latest'], false), result: 'works', protocol: '2026-07-28', tools: 2},
      {runtime: '3.15', result: 'skipped', reason: 'Python 3.15 is not on this machine', hint: 'Add it.'},
    ],
  })
  expect(text).toBe(`### Compatibility

**\`demo\` 1.0.0** allows Python \`>=3.10\` and mcp \`>=1.0,<2\`

| MCP SDK | Python 3.9.1 | Python 3.11.1 | Python 3.14.1 | Python 3.15 |
| --- | --- | --- | --- | --- |
| mcp 1.0.0 (lowest) | excluded | ❌ fails | ❌ fails | not run |
| mcp 1.9.0 (locked, newest) | excluded | ✅ works | ✅ works | not run |
| mcp 2.0.0 (latest, not allowed) | excluded | fails | ✅ works | not run |

- Python 3.9.1: excluded: \`Requires-Python is >=3.10\`
- mcp 1.0.0 with Python 3.11.1, 3.14.1: ❌ fails: \`No module named 'mcp.server.fastmcp'\`
- mcp 2.0.0 with Python 3.11.1: fails: \`No module named 'mcp.server.fastmcp'\`
- Python 3.15: not run: \`Python 3.15 is not on this machine\`
`)
})

test('without an SDK there is one row', () => {
  const combinations: Combination[] = [{...on('22'), result: 'works', tools: 1}]
  expect(notes({ecosystem: 'npm', requires: undefined, combinations})).toContain(
    '**`demo` 1.0.0**\n\n|  | Node.js 22.1 |\n| --- | --- |\n| result | ✅ works |\n',
  )
})

test('a server cannot write Markdown into the notes of a release', () => {
  const reason = 'Error: `</td>`\n# [x](javascript:alert(1))'
  const text = notes({name: '`x`|<b>', combinations: [{...on('22'), result: 'fails', reason}]})
  expect(text).toContain('**`` `x`|<b> `` 1.0.0**')
  expect(text).toContain('❌ fails: `` Error: `</td>` # [x](javascript:alert(1)) ``\n')
})
