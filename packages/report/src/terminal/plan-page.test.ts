import {expect, test} from '@jest/globals'
import type {Plan} from '@mcp-release/release-model'
import {released} from '../sample'
import {renderPlan} from './plan-page'
import {textWidth} from './text-width'

const plan: Plan = {
  schemaVersion: 1,
  name: 'tools',
  version: {tag: 'v1.0.0-rc.1', text: '1.0.0-rc.1', semver: '1.0.0-rc.1', prerelease: true, channel: 'rc'},
  commit: 'c'.repeat(40),
  sourceDate: 0,
  packages: released.packages,
  jobs: [],
  bundles: [],
  artifacts: [
    {name: 'tools.tar.gz', kind: 'archive', platform: 'linux/amd64', job: 'go'},
    {name: 'tools.mcpb', kind: 'mcpb'},
    {name: 'SHA256SUMS', kind: 'checksums'},
  ],
  skipped: [{subject: 'cmd/loadtest', reason: 'it is not a server', hint: 'Add programs: [loadtest].'}],
  findings: [{level: 'warning', subject: 'README.md, line 7', text: 'starts a command that is not there'}],
  settings: {},
}

test('a plan says what is released, what not and why, how servers start, and what was found', () => {
  expect(renderPlan({plan, dirty: true, warnings: ['git is not there']}, {color: false, width: 100})).toBe(
    `tools  v1.0.0-rc.1  commit cccccccccccc, with uncommitted changes, prerelease

Will be released
  server mcp-hash-tools 0.1.0  cargo
    depends on rmcp
    starts as API_KEY="dummy key" mcp-hash-tools stdio
    learnt from README.md, line 42

In 3 files, with SBOMs, checksums and signatures
  tools.tar.gz  archive  linux/amd64   job go
  tools.mcpb    mcpb     any platform  made of built files

Will not be released
  – skipped cmd/loadtest: it is not a server
    Add programs: [loadtest].

Found
  ! README.md, line 7: starts a command that is not there
  ! sources: git is not there
`,
  )
})

test.each([20, 60, 200])('no line is wider than %d columns, and names of others move no cursor', width => {
  const hostile = {...plan, name: '\u001b[2J'.repeat(40)}
  const lines = renderPlan({plan: hostile, dirty: false, warnings: []}, {color: false, width}).split('\n')
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width)
  expect(lines.join('')).not.toContain('\u001b')
})
