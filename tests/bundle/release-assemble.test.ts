import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {runBundle, temporaryFolder} from './run-bundle'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const tarball = 'octo-server-1.2.0.tgz'
const plan = {
  schemaVersion: 1,
  name: 'server',
  version: {tag: 'v1.2.0', text: '1.2.0', semver: '1.2.0', pep440: '1.2.0', prerelease: false, channel: 'stable'},
  repository: 'octo/server',
  sourceDate: 1_700_000_000,
  packages: [
    {
      id: 'npm:.',
      ecosystem: 'npm',
      path: '.',
      name: '@octo/server',
      version: '1.2.0',
      manifest: 'package.json',
      executables: ['server'],
      role: 'server',
      roleReason: 'installs a command',
      purl: 'pkg:npm/%40octo/server@1.2.0',
      license: 'MIT',
    },
  ],
  jobs: [],
  bundles: [],
  artifacts: [
    {name: tarball, kind: 'npm-package', package: 'npm:.', job: 'npm'},
    {name: `${tarball}.spdx.json`, kind: 'sbom', subject: tarball},
    {name: 'tools.json', kind: 'tools'},
    {name: 'release-manifest.json', kind: 'manifest'},
    {name: 'SHA256SUMS', kind: 'checksums'},
    {name: 'SHA256SUMS.sigstore.json', kind: 'signature', subject: 'SHA256SUMS'},
  ],
  skipped: [],
  findings: [],
  settings: {},
}

function workspace(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const each of ['built', 'fragments']) mkdirSync(join(folder, each))
  const described = {
    schemaVersion: 1,
    artifacts: [{name: tarball, kind: 'npm-package', package: 'npm:.', size: 5, sha256: digest('bytes')}],
  }
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
  writeFileSync(join(folder, 'fragments/npm.json'), JSON.stringify(described))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'built', name), text)
  return folder
}

test('complete files get a manifest and checksums that depend on nothing else', async () => {
  const folder = workspace({[tarball]: 'bytes', [`${tarball}.spdx.json`]: '{}', 'tools.json': '[]'})
  const result = await runBundle('release-assemble', {
    workspace: folder,
    inputs: {plan: 'plan.json', stage: 'complete'},
  })
  expect(result.stdout).toBe('3 files are as planned\n')
  expect(result.exitCode).toBe(0)
  const manifest = readFileSync(join(folder, 'built/release-manifest.json'), 'utf8')
  expect(JSON.parse(manifest)).toEqual({
    schemaVersion: 1,
    name: 'server',
    version: plan.version,
    repository: 'octo/server',
    sourceDate: 1_700_000_000,
    packages: [
      {ecosystem: 'npm', name: '@octo/server', version: '1.2.0', purl: 'pkg:npm/%40octo/server@1.2.0', license: 'MIT'},
    ],
    artifacts: [
      {
        name: tarball,
        kind: 'npm-package',
        size: 5,
        sha256: digest('bytes'),
        purl: 'pkg:npm/%40octo/server@1.2.0',
        sboms: [`${tarball}.spdx.json`],
      },
    ],
    sboms: [{name: `${tarball}.spdx.json`, subject: tarball, sha256: digest('{}')}],
    skipped: [],
  })
  expect(readFileSync(join(folder, 'built/SHA256SUMS'), 'utf8')).toBe(
    [
      `${digest('bytes')}  ${tarball}`,
      `${digest('{}')}  ${tarball}.spdx.json`,
      `${digest(manifest)}  release-manifest.json`,
      `${digest('[]')}  tools.json`,
      '',
    ].join('\n'),
  )
  expect(result.outputs['files']?.split('\n')).toContain('SHA256SUMS')
})

test('every difference is told at once, with what to do, and nothing is written', async () => {
  const folder = workspace({[tarball]: 'other', 'notes.txt': 'x'})
  const {exitCode, stdout, outputs} = await runBundle('release-assemble', {
    workspace: folder,
    inputs: {plan: 'plan.json', stage: 'complete'},
  })
  const problems = [
    `- ${tarball}.spdx.json: planned, but no step made it`,
    '- tools.json: planned, but no step made it',
    '- notes.txt: is there, but the plan has no such file',
    `- ${tarball}: sha256 is ${digest('other')}, its build job said ${digest('bytes')}`,
    'Nothing was published. Look at the build job that should have made the file; it says why it did not. If the sources changed since the plan, plan again.',
  ]
  expect({exitCode, stdout, outputs}).toEqual({
    exitCode: 1,
    stdout: `::error::release-assemble [INCOMPLETE]:%0A${problems.join('%0A')}\n`,
    outputs: {},
  })
})

test('a link among the files and a broken fragment are refused', async () => {
  const folder = workspace({[tarball]: 'bytes'})
  symlinkSync('/etc/passwd', join(folder, 'built/passwd.txt'))
  writeFileSync(join(folder, 'fragments/bad.json'), '{"schemaVersion": 1, "artifacts": [{"name": "../x"}]}')
  const {exitCode, stdout} = await runBundle('release-assemble', {workspace: folder, inputs: {plan: 'plan.json'}})
  expect(exitCode).toBe(1)
  expect(stdout).toContain('directory: "built/passwd.txt" is a link, not a file')
  expect(stdout).toContain('bad.json: artifacts[0].name: is not a plain file name')
})
