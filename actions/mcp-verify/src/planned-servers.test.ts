import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import {type Plan, type PlannedPackage, parseJson, verificationSchema} from '@mcp-release/release-model'
import {entry, speaking, time, wheel, workspace} from './testing'

type Package = Partial<Pick<PlannedPackage, 'role' | 'start' | 'ecosystem' | 'executables' | 'commandSource'>>
interface Given {
  readonly files: Readonly<Record<string, Uint8Array>>
  /** By file; a server unless told otherwise. */
  readonly packages?: Readonly<Record<string, Package>>
  readonly settings?: Plan['settings']
}

const version = {tag: 'v1.0.0', text: '1.0.0', semver: '1.0.0', prerelease: false, channel: 'stable' as const}
const name = (file: string) => file.replace(/\..*$/, '')
const plan = ({files, packages = {}, settings = {}}: Given): Plan => ({
  ...{schemaVersion: 1, name: 'demo', version, sourceDate: time, jobs: [], bundles: []},
  ...{skipped: [], findings: [], settings},
  packages: Object.keys(files).map(file => ({
    ...{id: `npm:${name(file)}`, ecosystem: 'npm', path: name(file), name: name(file), version: '1.0.0'},
    ...{manifest: 'package.json', executables: [name(file)], purl: `pkg:npm/${name(file)}@1.0.0`},
    ...{role: 'server', roleReason: 'depends on an MCP SDK'},
    ...packages[file],
  })),
  artifacts: Object.keys(files).map(file => ({name: file, kind: 'npm-package', package: `npm:${name(file)}`})),
})
const tarball = (file: string, opening: string) =>
  tarGz(
    [
      entry('package/package.json', JSON.stringify({name: name(file), version: '1.0.0', bin: 'server.mjs'})),
      entry('package/server.mjs', `#!/usr/bin/env node\n${speaking(opening)}`),
    ],
    {time},
  )
const scripts = (openings: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(openings).map(([file, opening]) => [file, tarball(file, opening)]))

async function verified(given: Given) {
  const place = await workspace({...given.files, './plan.json': JSON.stringify(plan(given))}, process.env)
  const error = await place.run({plan: 'plan.json', report: 'r.json', timeout: '20'}).then(
    () => undefined,
    (thrown: unknown) => thrown as Error & {code: string; hint?: string},
  )
  if (error?.code === 'INPUT') throw error
  const text = await place.host.files.readText('r.json')
  const {servers} = parseJson(verificationSchema, {file: 'r.json', text})
  return {error, of: (file: string) => servers.find(server => server.file === file), lines: place.fake.lines}
}

// The lines of the settings file that a hint tells to add.
const added = (lines: string) => expect.stringContaining(`Add to .github/mcp-release.yml:\nservers:\n${lines}`)

test('servers start as their plan says, and get made-up values for what their last words name', async () => {
  const fail = (words: string) => `{console.error(${JSON.stringify(words)}); process.exit(1)}`
  const {error, of} = await verified({
    files: scripts({
      'flag.tgz': `if (process.argv[2] !== '--stdio') ${fail('usage: flag --stdio')}`,
      'folder.tgz': `import {statSync} from 'node:fs'
if (!process.argv[2]) ${fail('Usage: folder <allowed-directory> [more...]')}
statSync(process.argv[2])`,
      'key.tgz': `if (!process.env.ACME_API_KEY || !process.env.ACME_TEAM) ${fail('Please set ACME_API_KEY and ACME_TEAM environment variables')}`,
      'library.tgz': 'process.exit(9)',
      'tool.tgz': `if (process.argv[2] === '--version') console.log('tool 1.0.0')
process.exit(process.argv[2] === '--version' ? 0 : 2)`,
    }),
    packages: {
      'flag.tgz': {
        start: {
          args: [{value: '--stdio', origin: 'fixed'}],
          env: {},
          transport: 'stdio',
          source: 'server.json, packages[0]',
        },
      },
      'library.tgz': {role: 'library'},
      'tool.tgz': {role: 'program'},
    },
  })
  expect(error).toBeUndefined()
  expect(of('flag.tgz')).toMatchObject({
    status: 'verified',
    startedAs: {args: ['--stdio'], env: [], source: 'server.json, packages[0]'},
  })
  expect(of('folder.tgz')).toMatchObject({status: 'verified', startedAs: {madeUp: ['<allowed-directory>']}})
  expect(of('key.tgz')).toMatchObject({status: 'verified', startedAs: {madeUp: ['ACME_API_KEY', 'ACME_TEAM']}})
  expect(of('library.tgz')).toMatchObject({status: 'skipped', reason: expect.stringMatching(/^is a library: /)})
  expect(of('tool.tgz')).toMatchObject({
    status: 'checked',
    checks: [{name: 'installs'}, {name: 'answers-help', status: 'ok', detail: '--version: tool 1.0.0'}],
  })
}, 90_000)

test('a server that needs an account or a network is refused with the lines that allow it', async () => {
  const given = {
    files: scripts({
      'account.tgz': `if (!process.env.ACME_TOKEN) {console.error('ACME_TOKEN is required'); process.exit(1)}
console.error('Error: 401 Unauthorized: invalid access token')
process.exit(1)`,
      'offline.tgz': `import {lookup} from 'node:dns/promises'
await lookup('service.invalid')`,
    }),
  }
  const {error, of} = await verified(given)
  expect(error?.code).toBe('UNVERIFIED')
  expect(error?.message).toContain('- account.tgz: not verified: needs a real account')
  const account = of('account.tgz')
  expect(account).toMatchObject({status: 'unverified', reason: expect.stringMatching(/^needs a real account/)})
  expect(account?.hint).toEqual(added("  account:\n    env:\n      ACME_TOKEN: 'a value for tests'"))
  expect(account?.hint).toEqual(added('  account:\n    unverified: allow'))
  expect(error?.hint).toContain('  account:\n    unverified: allow')
  const offline = of('offline.tgz')
  expect(offline).toMatchObject({status: 'unverified', reason: expect.stringMatching(/^needs /)})
  expect(offline?.hint).toEqual(added('  offline:\n    unverified: allow'))

  const allowed = await verified({...given, settings: {unverified: 'allow'}})
  expect(allowed.error).toBeUndefined()
  expect(allowed.of('account.tgz')).toMatchObject({status: 'unverified'})
  expect(allowed.lines.join('\n')).toContain('account.tgz: not verified: needs a real account')
}, 90_000)

test('what prints its help, and what is broken, has failed, and no setting lets that pass', async () => {
  const {error, of} = await verified({
    files: scripts({
      'help.tgz': `if (process.argv[2] !== 'serve') {
  console.log('Usage: help <command>\\n\\nCommands:\\n  index   Makes an index\\n  serve   Starts the server')
  process.exit(0)
}`,
      'crash.tgz': `await import('no-such-package-token')`,
      'defect.tgz': `const config = undefined
console.error(config.token)`,
    }),
    settings: {unverified: 'allow'},
  })
  expect(error?.code).toBe('VERIFY')
  const help = of('help.tgz')
  expect(help).toMatchObject({status: 'failed', hint: expect.stringContaining('It printed its help and ended')})
  expect(help?.hint).toEqual(added('  help:\n    args: [serve]'))
  expect(of('crash.tgz')).toMatchObject({
    status: 'failed',
    hint: expect.stringContaining('does not bring no-such-package-token along'),
  })
  expect(of('defect.tgz')).toMatchObject({status: 'failed', reason: expect.stringContaining("reading 'token'")})
}, 90_000)

test('Python servers are read alike: a missing variable is made up, a missing module is a failure', async () => {
  const scripted = '[console_scripts]\ndemo-server = demo_server:main\n'
  const python = {ecosystem: 'pypi' as const}
  const whl = 'demo_server-1.0.0rc1-py3-none-any.whl'
  const key = await verified({
    files: {[whl]: wheel(scripted, 'import os\nos.environ["ACME_API_KEY"]\n')},
    packages: {[whl]: python},
  })
  expect(key.error).toBeUndefined()
  expect(key.of(whl)).toMatchObject({status: 'verified', startedAs: {madeUp: ['ACME_API_KEY']}})
  const broken = await verified({
    files: {[whl]: wheel(scripted, 'import no_such_token\n')},
    packages: {[whl]: python},
    settings: {unverified: 'allow'},
  })
  expect(broken.error?.code).toBe('VERIFY')
  expect(broken.of(whl)).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining("No module named 'no_such_token'"),
  })
}, 90_000)

test('the command that a README names is started where npx and uvx would find none', async () => {
  const bin = {cli: 'cli.mjs', serve: 'serve.mjs'}
  const several = (file: string) =>
    tarGz(
      [
        entry('package/package.json', JSON.stringify({name: name(file), version: '1.0.0', bin})),
        entry('package/cli.mjs', '#!/usr/bin/env node\nconsole.log(1)\n'),
        entry('package/serve.mjs', `#!/usr/bin/env node\n${speaking('')}`),
      ],
      {time},
    )
  const executables = ['serve', 'cli']
  const {of} = await verified({
    files: {'told.tgz': several('told.tgz'), 'silent.tgz': several('silent.tgz'), 'set.tgz': several('set.tgz')},
    packages: {'told.tgz': {executables, commandSource: 'README.md, line 2'}, 'silent.tgz': {executables}},
    settings: {servers: {set: {executable: 'serve'}}},
  })
  expect(of('told.tgz')).toMatchObject({status: 'verified'})
  expect(of('set.tgz')).toMatchObject({status: 'verified'})
  expect(of('silent.tgz')).toMatchObject({
    status: 'failed',
    reason: 'npx silent "could not determine executable to run": of cli, serve, none is named "silent"',
    hint: expect.stringContaining('servers: {"silent": {executable: COMMAND}}'),
  })
}, 90_000)

test('a program that waits without a word is asked for its help, whose subcommand is told', async () => {
  const help = 'Usage: waits COMMAND\n\nCommands:\n  lsp    speak LSP\n  mcp    start the MCP server\n'
  const {of} = await verified({
    files: scripts({
      'waits.tgz': `if (process.argv[2] === '--help') {console.log(${JSON.stringify(help)}); process.exit(0)}
if (process.argv[2] !== 'mcp') await new Promise(resolve => process.stdin.on('end', resolve).resume())`,
    }),
    settings: {servers: {'*': {timeout: 2}}},
  })
  expect(of('waits.tgz')).toMatchObject({status: 'failed', hint: expect.stringContaining('its help speaks of `mcp`')})
  expect(of('waits.tgz')?.hint).toEqual(added('  waits:\n    args: [mcp]'))
}, 60_000)
