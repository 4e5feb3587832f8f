import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import type {BuildRequest} from '@mcp-release/release-model'
import {checkTarball} from './checks'
import {parseManifest} from './manifest'
import type {Project} from './project'
import {readTarball} from './tarball'

const sound = {
  name: '@scope/tools',
  version: '1.0.0',
  license: 'MIT',
  repository: {type: 'git', url: 'git+https://github.com/owner/tools.git'},
  mcpName: 'io.github.owner/tools',
  bin: 'dist/cli.js',
}

interface Sample {
  readonly packed?: Readonly<Record<string, unknown>>
  readonly files?: Readonly<Record<string, string | undefined>>
  readonly name?: string
  readonly output?: string
  readonly project?: Partial<Project>
}

async function findings(sample: Sample): Promise<readonly string[]> {
  const files: Readonly<Record<string, string | undefined>> = {
    'package/package.json': JSON.stringify({...sound, ...sample.packed}),
    'package/dist/cli.js': '#!/usr/bin/env node\nconsole.log()\n',
    ...sample.files,
  }
  const entries = Object.entries(files).flatMap(([name, text]) =>
    text === undefined ? [] : [{name, mode: 0o644 as const, content: Buffer.from(text, 'latin1')}],
  )
  const tarball = await readTarball(sample.name ?? 'scope-tools-1.0.0.tgz', tarGz(entries, {time: 0}), 0)
  const manifest = parseManifest('package.json', JSON.stringify(sound))
  const project: Project = {manifest, missing: [], managerThere: true, ...sample.project}
  const request: BuildRequest = {directory: '/w/a', output: sample.output ?? '/w/built'}
  return checkTarball(tarball, {project, request}).map(({level, text}) => `${level}: ${text}`)
}

const file = 'scope-tools-1.0.0.tgz'

test('a sound tarball has no findings', async () => {
  expect(await findings({project: {serverName: 'io.github.owner/tools'}})).toEqual([])
})

test.each<[string, Sample, string]>([
  ['no package.json', {files: {'package/package.json': undefined}}, `error: ${file}: has no package.json`],
  [
    'a package.json that a script broke',
    {files: {'package/package.json': '{'}},
    `error: ${file}: package.json: is no JSON`,
  ],
  [
    'another version',
    {packed: {version: '2.0.0'}},
    `error: ${file}: holds @scope/tools 2.0.0, but package.json of the checkout says @scope/tools 1.0.0`,
  ],
  ['another file name', {name: 'tools.tgz'}, 'error: tools.tgz: should be named scope-tools-1.0.0.tgz'],
  ['a file outside', {files: {'other/x.js': ''}}, `error: ${file}: other/x.js lies outside the folder package`],
  [
    'a missing command',
    {files: {'package/dist/cli.js': undefined}},
    `error: ${file}: dist/cli.js, which bin.tools of package.json names, is not in it\nAdd its folder to "files" in package.json, and see that the script build makes it.`,
  ],
  [
    'a missing main',
    {packed: {main: 'dist/index.js'}},
    `error: ${file}: dist/index.js, which main of package.json names, is not in it`,
  ],
  [
    'a missing source condition',
    {packed: {exports: {source: './src/x.ts'}}},
    `warning: ${file}: src/x.ts, which exports["source"] of package.json names, is not in it`,
  ],
  [
    'a command without a shebang',
    {files: {'package/dist/cli.js': 'console.log()'}},
    `error: ${file}: dist/cli.js is a command without a shebang\nMake this its first line, in the source as well: #!/usr/bin/env node`,
  ],
  [
    'a command for another program',
    {files: {'package/dist/cli.js': '#!/bin/sh\n'}},
    `warning: ${file}: dist/cli.js is run by "#!/bin/sh", not by node`,
  ],
  [
    'no mcpName',
    {packed: {mcpName: undefined}, project: {serverName: 'io.github.owner/tools'}},
    `error: ${file}: package.json has no mcpName, by which the MCP Registry knows the owner\nAdd this line to package.json: "mcpName": "io.github.owner/tools"`,
  ],
  [
    'another mcpName',
    {project: {serverName: 'io.github.owner/other'}},
    `error: ${file}: package.json has mcpName "io.github.owner/tools"`,
  ],
  [
    'a dependency inside the workspace',
    {packed: {dependencies: {b: 'workspace:*', c: '^1.0.0'}}},
    `error: ${file}: dependencies of package.json has b: "workspace:*", which nobody can install`,
  ],
  ['no repository', {packed: {repository: undefined}}, `warning: ${file}: package.json has no repository.url`],
  ['no license', {packed: {license: undefined}}, `warning: ${file}: package.json names no license`],
  [
    'install scripts',
    {packed: {scripts: {postinstall: 'node x'}}},
    `warning: ${file}: package.json has the scripts postinstall`,
  ],
  ['a secret', {files: {'package/.env': ''}}, `error: ${file}: .env is a file of credentials by its name`],
  [
    'a secret among tests',
    {files: {'package/test/id_rsa': ''}},
    `warning: ${file}: test/id_rsa is a file of credentials by its name; among tests`,
  ],
  [
    'an earlier build',
    {files: {'package/built/x.tgz': ''}, output: '/w/a/built'},
    `error: ${file}: holds built/x.tgz of an earlier build`,
  ],
])('%s', async (_, sample, expected) => {
  expect(await findings(sample)).toContainEqual(expect.stringContaining(expected))
})

test.each(['#!/usr/bin/env -S node --no-warnings\n', '#!/usr/bin/node\r\n', '\x7fELF\x02'])(
  'a command that begins with %j is fine',
  async text => {
    expect(await findings({files: {'package/dist/cli.js': text}})).toEqual([])
  },
)
