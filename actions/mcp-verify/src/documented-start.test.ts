import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import {type Plan, type StartRecipe, parseJson, verificationSchema} from '@mcp-release/release-model'
import {entry, speaking, time, workspace} from './testing'

const start: StartRecipe = {
  ...{args: [{value: '--old', origin: 'fixed'}], env: {}, transport: 'stdio', source: 'README.md, line 7'},
}
const bare: StartRecipe = {args: [], env: {}, transport: 'stdio', source: 'the command notes of package.json'}
const plan: Plan = {
  ...{
    schemaVersion: 1,
    name: 'notes',
    sourceDate: time,
    jobs: [],
    bundles: [],
    skipped: [],
    findings: [],
    settings: {},
  },
  version: {tag: 'v1.0.0', text: '1.0.0', semver: '1.0.0', prerelease: false, channel: 'stable'},
  packages: [
    {
      ...{id: 'npm:.', ecosystem: 'npm', path: '.', name: 'notes', version: '1.0.0', manifest: 'package.json'},
      ...{executables: ['notes'], purl: 'pkg:npm/notes@1.0.0', role: 'server', roleReason: 'told', start},
      alternatives: [bare],
    },
  ],
  artifacts: [{name: 'notes.tgz', kind: 'npm-package', package: 'npm:.'}],
}

async function checksWith(opening: string) {
  const tarball = tarGz(
    [
      entry('package/package.json', JSON.stringify({name: 'notes', version: '1.0.0', bin: 'server.mjs'})),
      entry('package/server.mjs', `#!/usr/bin/env node\n${speaking(opening)}`),
    ],
    {time},
  )
  const place = await workspace({'notes.tgz': tarball, './plan.json': JSON.stringify(plan)}, process.env)
  await place.run({plan: 'plan.json', report: 'r.json', timeout: '20'})
  const text = await place.host.files.readText('r.json')
  return parseJson(verificationSchema, {file: 'r.json', text}).servers[0]?.checks ?? []
}

test('a README that no longer starts an npm package is a finding, where another way does', async () => {
  const refused = `if (process.argv[2] === '--old') {console.error('unknown option --old'); process.exit(2)}`
  const found = (await checksWith(refused)).filter(({name}) => name === 'documented-start')
  expect(found).toEqual([
    {
      name: 'documented-start',
      status: 'warning',
      detail:
        'what users are told does not start it: README.md, line 7 (--old): ended with exit code 2 before it answered initialize; it starts without arguments',
    },
  ])
}, 60_000)

test('a README that starts it is none', async () => {
  expect((await checksWith('')).map(({name}) => name)).not.toContain('documented-start')
}, 60_000)
