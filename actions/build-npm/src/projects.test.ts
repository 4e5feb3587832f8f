import {chmodSync, mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {readTar} from '@mcp-release/archives'
import {main} from './main'

const slow = 240_000

type Files = Readonly<Record<string, string | object>>

/** A machine that has node and npm, and no other manager than those given. */
async function machine(files: Files): Promise<Host> {
  const workspace = mkdtempSync(join(tmpdir(), 'build-npm-projects-'))
  const env = {...process.env, GITHUB_STEP_SUMMARY: '', NPM_CONFIG_PREFER_OFFLINE: 'true'}
  const host = realHost({...env, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: `${workspace}-temp`})
  for (const [name, content] of Object.entries(files))
    await host.files.write(name, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return host
}

const inputs = {
  workingDirectory: '.',
  outputDirectory: 'built',
  version: undefined,
  sourceDate: 1_700_000_000,
  fragment: undefined,
  package: undefined,
}

const common = {version: '1.2.3', license: 'MIT', repository: 'github:owner/name', type: 'module'}
const cli = '#!/usr/bin/env node\\nconsole.log(1)\\n'
const writes = (file: string, content = cli) =>
  `node -e "const fs=require('fs');fs.mkdirSync('dist',{recursive:true});fs.writeFileSync('dist/${file}','${content}')"`

async function packed(host: Host, folder = '.') {
  const {tarball} = await main({...inputs, workingDirectory: folder}, host)
  const entries = await readTar(await host.files.readBytes(tarball))
  const texts = new Map(entries.map(({name, content}) => [name, Buffer.from(content).toString()]))
  return {
    names: entries.map(({name}) => name.replace('package/', '')),
    manifest: JSON.parse(texts.get('package/package.json') ?? '{}') as Readonly<Record<string, unknown>>,
    texts,
  }
}

const core = {
  name: '@x/core',
  ...common,
  version: '2.0.1',
  main: 'dist/core.js',
  files: ['dist'],
  scripts: {build: writes('core.js', 'export default 1')},
}
const needsCore = `node -e "require('fs').accessSync('../core/dist/core.js')" && ${writes('cli.js')}`
const server = {name: '@x/server', ...common, bin: 'dist/cli.js', files: ['dist'], scripts: {build: needsCore}}

const isNumber = 'sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng=='

const pnpmFiles: Files = {
  'package.json': {name: 'root', private: true, packageManager: 'pnpm@9.15.9'},
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\ncatalog:\n  is-number: ^7.0.0\n',
  'pnpm-lock.yaml': `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

catalogs:
  default:
    is-number:
      specifier: ^7.0.0
      version: 7.0.0

importers:

  .: {}

  packages/core: {}

  packages/server:
    dependencies:
      '@x/core':
        specifier: workspace:^
        version: link:../core
      is-number:
        specifier: 'catalog:'
        version: 7.0.0

packages:

  is-number@7.0.0:
    resolution: {integrity: ${isNumber}}
    engines: {node: '>=0.12.0'}

snapshots:

  is-number@7.0.0: {}
`,
  'packages/core/package.json': core,
  'packages/server/package.json': {
    ...server,
    main: 'src/index.ts',
    publishConfig: {main: 'dist/cli.js'},
    dependencies: {'@x/core': 'workspace:^', 'is-number': 'catalog:'},
  },
}

test(
  'pnpm packs a member of its workspace: catalog, workspace and publishConfig are replaced, and what it needs is built',
  async () => {
    const {names, manifest} = await packed(await machine(pnpmFiles), 'packages/server')
    expect(names).toEqual(['dist/cli.js', 'package.json'])
    expect(manifest).toMatchObject({main: 'dist/cli.js', dependencies: {'@x/core': '^2.0.1', 'is-number': '^7.0.0'}})
  },
  slow,
)

test(
  'a shim of corepack is not used',
  async () => {
    const host = await machine(pnpmFiles)
    const shim = 'corepack/dist/pnpm'
    await host.files.write(shim, '#!/bin/sh\necho "Internal Error: Cannot find matching keyid" >&2\nexit 1\n')
    chmodSync(join(host.workspace, shim), 0o755)
    const PATH = `${join(host.workspace, 'corepack/dist')}:${process.env['PATH'] ?? ''}`
    const other = realHost({...host.env, PATH})
    expect((await packed(other, 'packages/server')).names).toContain('dist/cli.js')
  },
  slow,
)

test(
  'a pnpm-lock.yaml that does not fit is told as that, with the dependency and the command',
  async () => {
    const files = {...pnpmFiles, 'packages/server/package.json': {...server, dependencies: {'is-number': '^6.0.0'}}}
    await expect(packed(await machine(files), 'packages/server')).rejects.toMatchObject({
      code: 'LOCK_FILE',
      message: expect.stringMatching(/^pnpm-lock\.yaml does not fit package\.json:[\s\S]*is-number/),
      hint: 'Run `pnpm install --no-frozen-lockfile` in the root of the repository, and commit pnpm-lock.yaml.',
    })
  },
  slow,
)

test(
  'a project of bun is built and packed by bun, which its scripts find',
  async () => {
    const host = await machine({
      'package.json': {
        name: 'bun-server',
        ...common,
        bin: 'dist/cli.js',
        files: ['dist'],
        scripts: {build: 'bun build src/cli.ts --target=node --outfile=dist/cli.js'},
        dependencies: {'is-number': '^7.0.0'},
      },
      'src/cli.ts': '#!/usr/bin/env node\nconst text: string = "hello"\nconsole.log(text)\n',
      'bun.lock': `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "bun-server",
      "dependencies": {
        "is-number": "^7.0.0",
      },
    },
  },
  "packages": {
    "is-number": ["is-number@7.0.0", "", {}, "${isNumber}"],
  }
}
`,
    })
    const {names, texts} = await packed(host)
    expect(names).toEqual(['dist/cli.js', 'package.json'])
    expect(texts.get('package/dist/cli.js')).toMatch(/^#!\/usr\/bin\/env node\n/)
  },
  slow,
)

const berryLock = `# This file is generated by running "yarn install" inside your project.
# Manual changes might be lost - proceed with caution!

__metadata:
  version: 8
  cacheKey: 10c0

"@x/core@workspace:^, @x/core@workspace:packages/core":
  version: 0.0.0-use.local
  resolution: "@x/core@workspace:packages/core"
  languageName: unknown
  linkType: soft

"@x/server@workspace:packages/server":
  version: 0.0.0-use.local
  resolution: "@x/server@workspace:packages/server"
  dependencies:
    "@x/core": "workspace:^"
  bin:
    server: dist/cli.js
  languageName: unknown
  linkType: soft

"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  languageName: unknown
  linkType: soft
`

test(
  'a member of a workspace of Yarn 4 is built and packed by Yarn, in a version that fits its lock file',
  async () => {
    const host = await machine({
      'package.json': {name: 'root', private: true, workspaces: ['packages/*']},
      'yarn.lock': berryLock,
      'packages/core/package.json': core,
      'packages/server/package.json': {...server, dependencies: {'@x/core': 'workspace:^'}},
    })
    const {names, manifest} = await packed(host, 'packages/server')
    expect(names).toEqual(['dist/cli.js', 'package.json'])
    expect(manifest).toMatchObject({dependencies: {'@x/core': '^2.0.1'}})
  },
  slow,
)

const classicFiles = (dependencies: object): Files => ({
  'package.json': {name: 'root', private: true, workspaces: ['packages/*']},
  'yarn.lock': '# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\n# yarn lockfile v1\n\n',
  'packages/core/package.json': core,
  'packages/server/package.json': {...server, dependencies: {'@x/core': '^2.0.0', ...dependencies}},
})

test(
  'a member of a workspace of Yarn 1 is built and packed by Yarn 1',
  async () => {
    const {names} = await packed(await machine(classicFiles({})), 'packages/server')
    expect(names).toEqual(['dist/cli.js', 'package.json'])
  },
  slow,
)

test(
  'a yarn.lock that lacks a dependency of a member is told, although Yarn 1 does not notice',
  async () => {
    await expect(packed(await machine(classicFiles({'is-number': '^7.0.0'})), 'packages/server')).rejects.toMatchObject(
      {
        code: 'LOCK_FILE',
        message: 'yarn.lock does not fit package.json:\n- is-number@^7.0.0 (dependencies of @x/server) is not in it',
        hint: 'Run `yarn install` in the root of the repository, and commit yarn.lock.',
      },
    )
  },
  slow,
)

const own = {name: 'server', ...common, bin: 'dist/cli.js', files: ['dist']}
const npmLock = (root: object) => ({
  ...{name: 'server', version: '1.2.3', lockfileVersion: 3, requires: true},
  packages: {'': {name: 'server', version: '1.2.3', ...root}},
})

test(
  'prepare scripts that install git hooks do no harm where there is no git',
  async () => {
    const scripts = {prepare: 'git config core.hooksPath .githooks && git rev-parse --git-dir', build: writes('cli.js')}
    const host = await machine({'package.json': {...own, scripts}, 'package-lock.json': npmLock({})})
    expect((await packed(host)).names).toEqual(['dist/cli.js', 'package.json'])
    expect(await host.files.stat('.git')).toBeUndefined()
  },
  slow,
)

test(
  'a package-lock.json that does not fit is told as exactly that',
  async () => {
    const host = await machine({
      'package.json': {...own, scripts: {build: writes('cli.js')}, devDependencies: {'is-number': '^7.0.0'}},
      'package-lock.json': npmLock({}),
    })
    await expect(packed(host)).rejects.toMatchObject({
      code: 'LOCK_FILE',
      message: 'package-lock.json does not fit package.json:\n- Missing: is-number@7.0.0 from lock file',
      hint: 'Run `npm install` in the root of the repository, and commit package-lock.json.',
    })
  },
  slow,
)

test(
  'a failed build shows what the compiler printed, and which Node.js the project asks for',
  async () => {
    const build = `node -e "console.log('src/a.ts(1,7): error TS2322: wrong type');process.exit(2)"`
    const host = await machine({
      'package.json': {...own, scripts: {build}, engines: {node: '>=99'}},
      'package-lock.json': npmLock({engines: {node: '>=99'}}),
    })
    await expect(packed(host)).rejects.toMatchObject({
      message: expect.stringMatching(/^npm run build exited with 2[\s\S]*error TS2322: wrong type/),
      hint: expect.stringMatching(
        /^The project asks for Node\.js >=99 \(engines\.node in package\.json\), and this is \d+\./,
      ),
    })
  },
  slow,
)

test(
  'packages for other machines are packed, and built with the rest of their workspace',
  async () => {
    const host = await machine({
      'package.json': {name: 'root', version: '1.0.0', private: true, workspaces: ['packages/*']},
      'package-lock.json': {
        ...{name: 'root', version: '1.0.0', lockfileVersion: 3, requires: true},
        packages: {
          '': {name: 'root', version: '1.0.0', workspaces: ['packages/*']},
          'node_modules/server': {resolved: 'packages/server', link: true},
          'node_modules/server-sunos': {resolved: 'packages/sunos', link: true},
          'packages/server': {
            ...{version: '1.2.3', license: 'MIT', bin: {server: 'dist/cli.js'}},
            optionalDependencies: {'server-sunos': '1.2.3'},
          },
          'packages/sunos': {
            name: 'server-sunos',
            version: '1.2.3',
            cpu: ['x64'],
            license: 'MIT',
            optional: true,
            os: ['sunos'],
          },
        },
      },
      'packages/server/package.json': {
        ...own,
        scripts: {build: writes('cli.js')},
        optionalDependencies: {'server-sunos': '1.2.3'},
      },
      'packages/sunos/package.json': {...common, name: 'server-sunos', os: ['sunos'], cpu: ['x64'], files: ['bin']},
    })
    expect((await packed(host, 'packages/server')).names).toEqual(['dist/cli.js', 'package.json'])
    await expect(packed(host, 'packages/sunos')).rejects.toMatchObject({
      code: 'NPM',
      message: expect.stringMatching(/is made for os sunos, cpu x64, but holds nothing except package\.json/),
    })
  },
  slow,
)

test(
  'a hash in packageManager is compared',
  async () => {
    const wrong = `yarn@1.22.22+sha512.${'0'.repeat(128)}`
    const host = await machine({'package.json': {...own, packageManager: wrong, scripts: {build: writes('cli.js')}}})
    await expect(packed(host)).rejects.toMatchObject({
      code: 'CHECKSUM',
      message: expect.stringMatching(
        /^yarn@1\.22\.22: packageManager in package\.json says that its sha512 is 0{128}, but it is \w{128}$/,
      ),
      hint: 'Run `corepack use yarn@1.22.22`, which writes the hash anew, or leave out the part behind "+".',
    })
  },
  slow,
)

// https://docs.npmjs.com/cli/using-npm/config#ignore-scripts: nothing runs but what is asked for by name, so `npm pack`
// leaves out `prepare`. Who sets it means the scripts of dependencies, and this package's dist/ is made by its own.
test.each([
  ['npm@11.19.1', {}],
  ['pnpm@10.33.0', {'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n"}],
  ['yarn@1.22.22', {'yarn.lock': '# yarn lockfile v1\n'}],
  ['bun@1.3.14', {}],
])(
  '%s: the package is made by its own scripts where ignore-scripts is set',
  async (packageManager, more) => {
    const scripts = {prepack: writes('cli.js')}
    const fields = {name: 'hardened', ...common, packageManager, bin: 'dist/cli.js', files: ['dist'], scripts}
    const {names} = await packed(await machine({'package.json': fields, '.npmrc': 'ignore-scripts=true\n', ...more}))
    expect(names).toEqual(['dist/cli.js', 'package.json'])
  },
  slow,
)

test(
  'what runs before and after a script runs where ignore-scripts is set',
  async () => {
    const scripts = {prebuild: writes('made.js'), build: 'node dist/made.js', postbuild: writes('cli.js')}
    const fields = {name: 'hardened', ...common, bin: 'dist/cli.js', files: ['dist'], scripts}
    const {names} = await packed(await machine({'package.json': fields, '.npmrc': 'ignore-scripts=true\n'}))
    expect(names).toEqual(['dist/cli.js', 'dist/made.js', 'package.json'])
  },
  slow,
)
