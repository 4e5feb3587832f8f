import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import {type Plan, parseJson, verificationSchema} from '@mcp-release/release-model'
import {entry, speaking, time, workspace} from './testing'

const plan = (file: string): Plan => ({
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
      ...{id: 'npm:.', ecosystem: 'npm', path: '.', name: '@octo/notes', version: '1.0.0', manifest: 'package.json'},
      ...{executables: [], entry: file, purl: 'pkg:npm/%40octo/notes@1.0.0', role: 'server', roleReason: 'told'},
      start: {args: [{value: '--stdio', origin: 'fixed'}], env: {}, transport: 'stdio', source: 'README.md, line 2'},
    },
  ],
  artifacts: [{name: 'notes.tgz', kind: 'npm-package', package: 'npm:.'}],
})

const opening = `if (process.argv[2] !== '--stdio') process.exit(1)`
const tarball = tarGz(
  [
    entry('package/package.json', JSON.stringify({name: '@octo/notes', version: '1.0.0', type: 'module'})),
    entry('package/dist/index.js', speaking(opening)),
  ],
  {time},
)

async function verified(file: string, serverJson?: object) {
  const own = serverJson === undefined ? {} : {'./server.json': JSON.stringify(serverJson)}
  const place = await workspace({'notes.tgz': tarball, './plan.json': JSON.stringify(plan(file)), ...own}, process.env)
  await place.run({plan: 'plan.json', report: 'r.json', timeout: '20'}).catch(() => undefined)
  const text = await place.host.files.readText('r.json')
  return parseJson(verificationSchema, {file: 'r.json', text}).servers[0]
}

test('a package without bin is started by node with the file of the plan, from where it is installed', async () => {
  expect(await verified('dist/index.js')).toMatchObject({status: 'verified', startedAs: {args: ['--stdio']}})
}, 60_000)

test('a file that the tarball lacks is a failure', async () => {
  expect(await verified('dist/other.js')).toMatchObject({
    status: 'failed',
    reason: 'what node starts is "dist/other.js", which is not in the tarball',
  })
})

// Clients of the MCP Registry start packages of npm by npx, whatever its README says.
test('what server.json lists needs a bin', async () => {
  const packages = [{registryType: 'npm', identifier: '@octo/notes'}]
  expect(await verified('dist/index.js', {name: 'io.github.octo/notes', packages})).toMatchObject({
    status: 'failed',
    reason: 'server.json has clients start it, and the package has no bin',
    hint: 'Add to package.json: "bin": {"notes":"dist/index.js"}',
  })
})
