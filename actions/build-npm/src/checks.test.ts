import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import type {BuildRequest} from '@mcp-release/release-model'
import {checkTarball} from './checks'
import {projectOf} from './testing'
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
  /** Of the checkout. */
  readonly source?: Readonly<Record<string, unknown>>
  readonly serverName?: string
  readonly ran?: readonly string[]
  readonly checkout?: readonly string[]
  readonly manager?: 'pnpm'
  readonly repository?: string
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
  const {serverName, manager = 'npm', ran = [], checkout = []} = sample
  const project = projectOf({
    fields: {...sound, ...sample.source},
    manager,
    ...(serverName === undefined ? {} : {serverName}),
  })
  const request: BuildRequest = {directory: '/w/a', output: sample.output ?? '/w/built'}
  const repository = sample.repository === undefined ? {} : {repository: sample.repository}
  return checkTarball(tarball, {project, request, ran, checkout: new Set(checkout), ...repository}).map(
    ({level, text}) => `${level}: ${text}`,
  )
}

const file = 'scope-tools-1.0.0.tgz'

test('a sound tarball has no findings', async () => {
  expect(await findings({serverName: 'io.github.owner/tools'})).toEqual([])
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
    `error: ${file}: dist/cli.js, which bin.tools of package.json names, is not in it\nNothing was run that makes it: give package.json a script build that does, or correct bin.tools.`,
  ],
  [
    'a missing main',
    {packed: {bin: undefined, main: 'dist/index.js'}, files: {'package/dist/cli.js': undefined}},
    `error: ${file}: dist/index.js, which main of package.json names, is not in it`,
  ],
  [
    'a missing main of a package that has commands',
    {packed: {main: 'index.js'}},
    `warning: ${file}: index.js, which main of package.json names, is not in it; its commands do not need it`,
  ],
  [
    'a missing command beside a missing main',
    {packed: {main: 'index.js'}, files: {'package/dist/cli.js': undefined}},
    `error: ${file}: dist/cli.js, which bin.tools of package.json names, is not in it`,
  ],
  [
    'a file that was made but not packed',
    {packed: {exports: './lib/x.js'}, checkout: ['lib/x.js']},
    `It is in the folder of the package: add lib/x.js, or its folder, to "files" in package.json.`,
  ],
  [
    'a file that the build puts elsewhere',
    {packed: {exports: './lib/x.js'}, ran: ['npm run build'], checkout: ['lib/src/x.js']},
    '`npm run build` did not make it: see that the script writes it, or correct exports. There is lib/src/x.js.',
  ],
  [
    'a command that a postinstall downloads',
    {
      packed: {scripts: {postinstall: 'node install.js'}},
      files: {'package/dist/cli.js': undefined, 'package/install.js': 'fetch("https://example.com/x")'},
    },
    'The script postinstall downloads it, which clients that block install scripts do not run',
  ],
  [
    'an entry of files that matches nothing',
    {source: {files: ['dist', 'lib/**/*.js', '!dist/x']}},
    `warning: ${file}: "lib/**/*.js" in "files" of package.json matches nothing`,
  ],
  [
    'a platform package without its program',
    {
      packed: {os: ['darwin'], cpu: ['arm64'], bin: {tools: 'bin/tools'}},
      files: {'package/dist/cli.js': undefined, 'package/README.md': ''},
    },
    `error: ${file}: is made for os darwin, cpu arm64, but holds nothing except README.md, package.json\nIts program is missing (bin/tools)`,
  ],
  [
    'a bundled dependency that is not in it',
    {packed: {bundleDependencies: ['b']}},
    `error: ${file}: b, which bundleDependencies of package.json lists, is not in it`,
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
  // https://man7.org/linux/man-pages/man2/execve.2.html#NOTES
  [
    'arguments behind env node',
    {files: {'package/dist/cli.js': '#!/usr/bin/env node --no-warnings\n'}},
    `error: ${file}: dist/cli.js has a shebang with arguments behind the program: Linux gives env "node --no-warnings" as one word, which no program is called\nWrite #!/usr/bin/env -S node --no-warnings`,
  ],
  [
    'a byte order mark',
    {files: {'package/dist/cli.js': '\xef\xbb\xbf#!/usr/bin/env node\n'}},
    `error: ${file}: dist/cli.js begins with a byte order mark, so that the kernel does not see its shebang\nSave the file`,
  ],
  // https://github.com/npm/bin-links/blob/main/lib/fix-bin.js
  [
    'CR LF',
    {files: {'package/dist/cli.js': '#!/usr/bin/env node\r\n'}},
    `warning: ${file}: dist/cli.js has a shebang that ends with CR LF`,
  ],
  // https://github.com/npm/cmd-shim/blob/main/lib/index.js: any path but /usr/bin/env is called as it stands.
  [
    'the path of node on one machine',
    {files: {'package/dist/cli.js': '#!/usr/local/bin/node\n'}},
    `error: ${file}: dist/cli.js is run by "/usr/local/bin/node": other machines have it elsewhere, and Windows nowhere\nMake this its first line`,
  ],
  [
    'the path of node on one machine, not for Windows',
    {files: {'package/dist/cli.js': '#!/usr/local/bin/node\n'}, packed: {os: ['linux', 'darwin']}},
    `warning: ${file}: dist/cli.js is run by "/usr/local/bin/node": other machines have it elsewhere\nMake`,
  ],
  [
    'no mcpName',
    {packed: {mcpName: undefined}, serverName: 'io.github.owner/tools'},
    `error: ${file}: package.json has no mcpName, by which the MCP Registry knows the owner; add "mcpName": "io.github.owner/tools"`,
  ],
  [
    'another mcpName',
    {serverName: 'io.github.owner/other'},
    `error: ${file}: package.json has the mcpName "io.github.owner/tools", but server.json has the name "io.github.owner/other"; set "mcpName" to that`,
  ],
  [
    'a dependency inside the workspace',
    {packed: {dependencies: {b: 'workspace:*', c: '^1.0.0'}}},
    `error: ${file}: dependencies of package.json has b: "workspace:*", which only a workspace understands and which packing should have replaced by a version\nnpm does not replace it. Name the manager of the workspace by "packageManager"`,
  ],
  [
    'a dependency inside the workspace of pnpm',
    {packed: {dependencies: {b: 'catalog:'}}, manager: 'pnpm'},
    'pnpm replaces it when b is a member of the workspace, or is in its catalog: see that it is.',
  ],
  [
    'a dependency in a folder',
    {packed: {dependencies: {b: 'file:../b'}}},
    'Release b as a package of its own and give the range of its versions here',
  ],
  ['no repository', {packed: {repository: undefined}}, `warning: ${file}: package.json has no repository.url`],
  [
    'another repository',
    {repository: 'owner/other'},
    `warning: ${file}: package.json has the repository "git+https://github.com/owner/tools.git", and owner/other releases it`,
  ],
  ['no license', {packed: {license: undefined}}, `warning: ${file}: package.json names no license`],
  [
    'install scripts',
    {packed: {scripts: {postinstall: 'node x'}}},
    `warning: ${file}: package.json has the scripts postinstall`,
  ],
  [
    'an install script that downloads',
    {packed: {scripts: {install: 'prebuild-install || node-gyp rebuild'}}},
    'install downloads what the package needs: put it into packages for each platform under "optionalDependencies"',
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

test.each(['#!/usr/bin/env -S node --no-warnings\n', '#! /usr/bin/env node \n', '\x7fELF\x02'])(
  'a command that begins with %j is fine',
  async text => {
    expect(await findings({files: {'package/dist/cli.js': text}})).toEqual([])
  },
)
