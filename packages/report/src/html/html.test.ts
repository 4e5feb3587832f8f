import {expect, test} from '@jest/globals'
import {renderHtml} from './html'
import type {Report} from '../report'
import {failed, released, skipped} from '../sample'

const headings = (html: string) => Array.from(html.matchAll(/<h2>(.*?)<\/h2>/g), ([, title]) => title)

test('the page has a section for every part of the report', () => {
  const parts = [
    'Packages',
    'Files',
    'Servers',
    'Found',
    'Skipped',
    'Release',
    'Verify',
    'Steps',
    'Signatures and SBOMs',
  ]
  expect(headings(renderHtml(released))).toEqual(parts)
  expect(headings(renderHtml(skipped))).toEqual(parts.filter(part => part !== 'Verify'))
})

test('the page loads nothing and runs nothing', () => {
  const html = renderHtml(released)
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`)
  expect(html).not.toMatch(/<(script|img|link|iframe|object|base|form)|url\(|@import| src=|https?:/i)
})

test('every file is there with its full digest and a link', () => {
  const html = renderHtml(released)
  for (const {name, sha256} of released.files) {
    expect(html).toContain(`<code class="digest">${sha256}</code>`)
    expect(html).toContain(`href="./${encodeURIComponent(name)}"`)
  }
})

test('each check of a started server stands with its state', () => {
  const html = renderHtml(released)
  expect(html).toContain('</span> handshake</span>')
  expect(html).toMatch(/clean-exit: warning<\/span> <span class="quiet">still ran 2 s/)
  expect(html).toMatch(/expected-tools: skipped<\/span> <span class="quiet">the plan names no tools/)
  expect(renderHtml(failed)).toMatch(/stdout-purity: failed<\/span> <span class="quiet">line 1: Listening/)
})

test('tools, skips, release and verify commands are told', () => {
  const html = renderHtml(released)
  expect(html).toContain('<dt><code>checksum</code></dt><dd>CRC-32 or Adler-32 of a text.</dd>')
  expect(html).toContain('<dt class="name">darwin/arm64</dt><dd>needs a linker for Mach-O</dd>')
  expect(html).toContain('22 of 22')
  expect(html).toContain('<pre tabindex="0"><code>sha256sum --check SHA256SUMS\ncosign verify-blob')
})

test('how each server is started, what was found and what steps warned of are told', () => {
  const html = renderHtml(released)
  expect(html).toContain('<code>API_KEY=&quot;dummy key&quot; mcp-hash-tools stdio</code>')
  expect(html).toContain('learnt from README.md, line 42')
  expect(html).toContain('depends on rmcp')
  expect(html).toContain('version is &quot;0.0.9&quot;; 0.1.0 is stamped')
  expect(html).toMatch(/>build wheel<\/dt><dd><span class="outcome warning">.* Cargo\.toml: has no repository/)
})

test('what could not be verified, and what is not a server, is told as that', () => {
  const [first] = released.servers
  const base = {...first, file: 'a', checks: []}
  const servers = [
    {...base, status: 'unverified' as const, reason: 'needs API_KEY of a real account', hint: 'unverified: allow'},
    {
      ...base,
      file: 'b',
      status: 'checked' as const,
      startedAs: {args: ['--version'], env: [], source: 'the command itself'},
    },
  ]
  const html = renderHtml({...released, servers})
  expect(html).toContain('Not verified')
  expect(html).toContain('needs API_KEY of a real account')
  expect(html).toContain('Starts, and is not a server')
  expect(html).toContain('started with <code>--version</code>, as the command itself says')
})

test('bars are parts of the longest step and never leave it', () => {
  const long = {...released.steps[0], title: 'long', seconds: 10, toolSeconds: 25} as Report['steps'][number]
  const short = {...long, title: 'short', seconds: 4, toolSeconds: 1}
  const html = renderHtml({...released, steps: [long, short]})
  const widths = Array.from(html.matchAll(/style="width: ?([\d.]+)%/g), ([, width]) => Number(width))
  expect(widths).toEqual([100, 0, 10, 30])
})

test('a table header has a scope and each cell its label', () => {
  const html = renderHtml(released)
  expect(html.match(/<th(?![^>]* scope="(col|row)")[ >]/g)).toBeNull()
  expect(html.match(/<td(?![^>]* data-label="[A-Z])[ >]/g)).toBeNull()
})

test('names of others are escaped wherever they stand', () => {
  const nasty = `"><script>alert('x')</script>&amp;\u202e\u001b[31m`
  const hostile = JSON.parse(
    JSON.stringify(released, (key, value: unknown) =>
      typeof value === 'string' && !['status', 'kind', 'sha256', 'startedAt'].includes(key) ? nasty + value : value,
    ),
  ) as Report
  const html = renderHtml({...hostile, startedAt: nasty, reason: nasty, verify: [nasty]})
  expect(html).not.toContain('<script')
  expect(html).not.toContain('">&lt;script>')
  expect(html).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;\\u202e\\x1b[31m')
  expect(html).not.toMatch(/href="(?!\.\/)/)
})

test('a file name is one segment of its link, half a character included', () => {
  const file = {...released.files[0], name: '../a b#?/\ud800javascript:'} as Report['files'][number]
  const linked = renderHtml({...released, files: [file]}).includes('href="./..%2Fa%20b%23%3F%2F%EF%BF%BDjavascript%3A"')
  expect(linked).toBe(true)
})

test('a failure is told at the top, line by line', () => {
  const html = renderHtml(failed)
  expect(html).toContain('<strong>verify</strong>: one of one servers did not pass\nSee logs/verify.log')
  expect(html.indexOf('class="notice bad"')).toBeLessThan(html.indexOf('<main>'))
})
