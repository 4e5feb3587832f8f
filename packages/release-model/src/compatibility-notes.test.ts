import {expect, test} from '@jest/globals'
import {type Combination, type CompatibleServer, compatibilitySchema} from '@mcp-release/release-model'
import {compatibilityNotes} from './compatibility-notes'

const sdk = (version: string, selections: NonNullable<Combination['sdk']>['selections'], allowed = true) => ({
  sdk: {name: 'mcp', range: '>=1.0,<2', version, selections, allowed},
})
const on = (runtime: string) => ({runtime, runtimeVersion: `${runtime}.1`})

const demo: CompatibleServer = {
  file: 'demo.whl',
  ecosystem: 'pypi',
  name: 'demo',
  version: '1.0.0',
  requires: '>=3.10',
  combinations: [],
}
const fileOf = (server: Partial<CompatibleServer>) => ({schemaVersion: 1 as const, servers: [{...demo, ...server}]})

/** As mcp-verify writes them, which reads what others wrote: nothing has looked at their shape yet. */
const raw = (server: Partial<CompatibleServer>) => compatibilityNotes(fileOf(server))

function notes(server: Partial<CompatibleServer>): string {
  const {success, data} = compatibilitySchema.safeParse(fileOf(server))
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
  const text = raw({name: '`x`|<b>', combinations: [{...on('22'), result: 'fails', reason}]})
  expect(text).toContain('**`` `x`|<b> `` 1.0.0**')
  expect(text).toContain('❌ fails: `` Error: `</td>` # [x](javascript:alert(1)) ``\n')
})

// What https://github.github.com/gfm/ makes of it: headings (4.2), links (6.6), images (6.7); and what turns a line around
// (https://www.unicode.org/reports/tr9/) or is a control character (https://www.ecma-international.org/publications-and-standards/standards/ecma-48/).
test.each([
  'version',
  'runtime',
  'runtimeVersion',
  'sdk name',
  'sdk version',
  'sdk range',
  'requires',
  'name',
  'reason',
])('a %s of others is text or code in the notes', field => {
  const hostile = '1.0**\n\n# Owned ![x](https://example.com/x.png) @octocat #1 \u202e\u061c\u009b'
  const own = {name: 'mcp', version: '1.0.0', range: '', selections: ['newest' as const], allowed: true}
  const [kind, part] = field.split(' ')
  const changed = kind === 'sdk' ? {...own, [part ?? '']: hostile} : own
  const combination: Combination = {...on('22'), sdk: changed, result: 'fails', reason: 'why'}
  const isOfRun = ['runtime', 'runtimeVersion', 'reason'].includes(field)
  // `runtime` is shown where nothing exact is known.
  const {runtimeVersion, ...asked} = combination
  const base = field === 'runtime' ? asked : {...asked, runtimeVersion: runtimeVersion ?? ''}
  const text = raw({
    ...(isOfRun || kind === 'sdk' ? {} : {[field]: hostile}),
    combinations: [isOfRun ? {...base, [field]: hostile} : base],
  })
  expect(text).not.toMatch(/[\u202e\u061c\u009b]/)
  // Behind what is code or escaped, nothing is live.
  const rest = text.replaceAll(/`[^`]*`/g, '')
  expect(rest.replaceAll(/\\[[\]*]/g, '')).not.toMatch(/^# |\[x\]|:\/\/|@octocat|#1/m)
  expect(text.split('\n').filter(line => line.startsWith('#'))).toEqual(['### Compatibility'])
})

test.each([
  {version: '1.0.0](https://example.com)'},
  {version: '1.0.0\u202e'},
  {version: '1 0'},
  {name: '[x](y)'},
  {name: 'a/b/c'},
  {combinations: [{runtime: '# 22', result: 'works' as const}]},
  {combinations: [{runtime: '22', runtimeVersion: '<b>', result: 'works' as const}]},
])('%j is no compatibility.json', server => {
  expect(compatibilitySchema.safeParse(fileOf(server)).success).toBe(false)
})

// https://packaging.python.org/en/latest/specifications/version-specifiers/, https://semver.org,
// https://docs.npmjs.com/cli/configuring-npm/package-json#name, https://docs.python.org/3/library/platform.html#platform.python_version
test.each([
  {version: '1!2.0.post1.dev3+local.7'},
  {version: '1.0.0-rc.1+build-2'},
  {version: ''},
  {name: '@scope/na.me_x-1'},
  {name: 'Zope.Interface'},
  {name: "old!na~me*(')"},
  {combinations: [{runtime: '3.15', runtimeVersion: '3.15.0a1+', result: 'works' as const, protocol: '2025-11-25'}]},
])('%j is one', server => {
  expect(compatibilitySchema.safeParse(fileOf(server)).success).toBe(true)
})
