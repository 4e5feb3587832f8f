import {expect, test} from '@jest/globals'
import type {Report} from '../report'
import {failed, released, skipped} from '../sample'
import {renderTable} from './terminal'
import {textWidth} from './text-width'

const all = [released, skipped, failed]
const plain = (reports: readonly Report[], width = 100) => renderTable(reports, {color: false, width})
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

test.each([20, 40, 60, 80, 100, 120, 140, 200])('no line is wider than %d columns', width => {
  const wideNames = {...released, name: '日本語'.repeat(40), reason: 'x'.repeat(300) + '界'.repeat(99)}
  const lines = plain([...all, wideNames], width).split('\n')
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width)
})

test('an unknown width counts as 80 columns', () => {
  expect(plain(all, 0)).toBe(plain(all, 80))
})

test('each file stands on one line of a wide page and on two of a narrow one', () => {
  const sums = released.files.find(({name}) => name === 'SHA256SUMS')?.sha256.slice(0, 12) ?? 'missing'
  expect(plain([released], 140)).toMatch(new RegExp(`SHA256SUMS +checksums +– +812 B +${sums} +– +✓\n`))
  expect(plain([released], 80)).toMatch(new RegExp(`SHA256SUMS +812 B +✓\n +checksums +– +${sums} +–\n`))
})

test('a released project shows its tag, time, files, tools, steps and release', () => {
  const text = plain([released], 140)
  expect(text).toMatch(/^mcp-hash-tools {2}v0\.1\.0 +✓ released {2}1 min 25 s\n/)
  expect(text).toContain('✓ 2025-11-25, 5 tools')
  expect(text).toContain('and 7 SBOMs, 6 signature bundles')
  expect(text).toContain('mcp-hash-tools 0.1.0  MCP 2025-11-25, 5 tools, from 3 files')
  expect(text).toMatch(/ {2}checksum {9}CRC-32 or Adler-32 of a text\.\n/)
  expect(text).toMatch(/✓ {2}cross compile {2}1 min 01 s {2}━+\n/)
  expect(text).toContain('release v0.1.0  published, 22 assets, 22 downloaded and equal')
})

test('what was skipped is told with its reason and remedy, a shared remedy once', () => {
  const text = plain([released], 140)
  expect(text).toContain(
    '– skipped image: no docker, podman or buildkit on this machine\n    Install Docker with buildx.',
  )
  expect(text.match(/Install qemu-user-static/g)).toHaveLength(1)
})

test('a failed check names file, finding and remedy', () => {
  const text = plain([failed], 140)
  expect(text).toContain('✗ mcp-hash-tools-0.1.0.tgz: the server wrote "Listening on stdio" to its standard output')
  expect(text).toContain('stdout-purity: line 1: Listening on stdio')
  expect(text).toContain('Write logs to standard error')
})

test('what is released, how it is started and where that was learnt stands above the files', () => {
  const text = plain([released], 140)
  expect(text).toContain('  server mcp-hash-tools 0.1.0  cargo\n    depends on rmcp\n')
  expect(text).toContain('    starts as API_KEY="dummy key" mcp-hash-tools stdio\n    learnt from README.md, line 42\n')
})

test('warnings of steps, findings of the plan and checks are each told once', () => {
  const warned = 'mcp_hash_tools.whl requires mcp>=1.2 without an upper bound'
  const twice = released.steps.map(step => ({...step, warnings: [warned, 'still ran 2 s after its input was closed']}))
  const text = plain([{...released, steps: twice, warnings: ['the history could not be taken along']}], 140)
  expect(text).toContain(`  ! plan: ${warned}\n`)
  expect(text.split(warned)).toHaveLength(2)
  expect(text.split('still ran 2 s')).toHaveLength(2)
  expect(text).toContain('  · server.json: version is "0.0.9"; 0.1.0 is stamped\n    Nothing to do.\n')
  expect(text).toContain('  ! sources: the history could not be taken along\n')
})

test('the reason of a failure is told once, and lines of settings keep their shape', () => {
  const [server] = failed.servers
  const reason = 'the server ended at once'
  const hint = 'Add to .github/mcp-release.yml:\nservers:\n  tool:\n    args: [stdio]'
  const servers =
    server === undefined
      ? []
      : [{...server, reason, hint, checks: [{name: 'handshake' as const, status: 'failed' as const, detail: reason}]}]
  const whole = `mcp-verify [FAILED]: ${server?.file ?? ''}: ${reason}\n${hint}`
  const steps = failed.steps.map(step => (step.status === 'failed' ? {...step, error: whole} : step))
  const text = plain([{...failed, reason: whole, servers, steps}], 140)
  expect(text.split(reason)).toHaveLength(2)
  expect(text).toContain('\n    servers:\n      tool:\n        args: [stdio]\n')
})

test('a server that needs an account, and a program that is not a server, have lines of their own', () => {
  const [first] = released.servers
  const base = {...first, checks: []}
  const servers = [
    {
      ...base,
      file: 'a.tgz',
      status: 'unverified' as const,
      reason: 'needs API_KEY',
      hint: 'servers:\n  a: {unverified: allow}',
    },
    {...base, file: 'b.tgz', status: 'checked' as const},
  ]
  const text = plain([{...released, servers}], 140)
  expect(text).toContain('  – a.tgz: not verified: needs API_KEY\n    servers:\n      a: {unverified: allow}\n')
  expect(text).toContain('  ✓ b.tgz: starts; it is not a server\n')
})

test('the last line counts the projects', () => {
  expect(
    plain([...all, released])
      .trimEnd()
      .split('\n')
      .at(-1),
  ).toBe('2 released, 1 skipped, 1 failed')
})

test('escape sequences, line breaks and direction marks of others are written out', () => {
  const nasty = '\u001b]0;owned\u0007\u001b[2Ka\r\nb\u202etxt.exe\u009b31m'
  const tool = {name: nasty, description: nasty}
  const servers = released.servers.map(server => ({...server, file: nasty, reason: nasty, hint: nasty, tools: [tool]}))
  const steps = released.steps.map(step => ({...step, title: nasty, error: nasty}))
  const files = released.files.map(file => ({...file, name: nasty, platform: nasty}))
  const hostile: Report = {...released, name: nasty, reason: nasty, servers, steps, files}
  const text = plain([hostile], 140)
  expect(text).not.toMatch(control)
  expect(text).toContain(String.raw`\x1b]0;owned\x07\x1b[2Ka b\u202etxt.exe\x9b31m`)
})

test('colours appear only when they are asked for, and change no text', () => {
  const colored = renderTable(all, {color: true, width: 100})
  expect(colored).toContain('\u001b[32m✓ released\u001b[39m')
  expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain(all, 100))
})
