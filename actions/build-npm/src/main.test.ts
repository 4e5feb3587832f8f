import {createHash} from 'node:crypto'
import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {readTar} from '@mcp-release/archives'
import {main} from './main'

const slow = 120_000

function machine(): Host {
  const workspace = mkdtempSync(join(tmpdir(), 'build-npm-'))
  const env = {...process.env, NODE_ENV: 'production', GITHUB_STEP_SUMMARY: ''}
  return realHost({...env, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: `${workspace}-temp`})
}

const inputs = {
  workingDirectory: '.',
  outputDirectory: 'built',
  version: undefined,
  sourceDate: 1_700_000_000,
  fragment: undefined,
  package: undefined,
}
const manifest = {
  name: '@scope/tiny',
  version: '0.2.0',
  license: 'MIT',
  repository: 'github:owner/tiny',
  type: 'module',
  bin: 'dist/cli.js',
  files: ['dist'],
}
const cli = '#!/usr/bin/env node\nconsole.log("hello")\n'

async function contents(host: Host, tarball: string) {
  const entries = await readTar(await host.files.readBytes(tarball))
  return entries.map(({name, mode}) => `${mode.toString(8)} ${name}`)
}

test(
  'a package that was built before is packed as it is, and twice to the same bytes',
  async () => {
    const host = machine()
    const scripts = {prepare: 'exit 1', prepack: 'exit 1', build: 'exit 1'}
    await host.files.write('package.json', JSON.stringify({...manifest, scripts}))
    await host.files.write('dist/cli.js', cli)
    const first = await main({...inputs, version: 'v0.2.0', fragment: 'fragment.json', package: 'npm:tiny'}, host)
    await host.files.write('dist/cli.js', cli)
    const second = await main({...inputs, outputDirectory: 'again'}, host)
    expect(first).toMatchObject({tarball: 'built/scope-tiny-0.2.0.tgz', name: '@scope/tiny', version: '0.2.0'})
    expect(second.integrity).toBe(first.integrity)
    const bytes = await host.files.readBytes(first.tarball)
    expect(first.integrity).toBe(`sha512-${createHash('sha512').update(bytes).digest('base64')}`)
    expect(await contents(host, first.tarball)).toEqual(['755 package/dist/cli.js', '644 package/package.json'])
    expect(JSON.parse(await host.files.readText('fragment.json'))).toMatchObject({
      artifacts: [{name: 'scope-tiny-0.2.0.tgz', kind: 'npm-package', package: 'npm:tiny', size: bytes.length}],
    })
    expect(await host.files.list(host.temp)).toEqual([])
  },
  slow,
)

test(
  'a placeholder gets the version of the release, for scripts too, and stays in the repository',
  async () => {
    const host = machine()
    const script = `node -e "require('fs').writeFileSync('dist.js', '#!/usr/bin/env node\\n//' + process.env.npm_package_version)"`
    const text = JSON.stringify({
      ...manifest,
      version: '0.0.0-semantically-released',
      bin: 'dist.js',
      files: ['dist.js'],
      scripts: {build: script},
    })
    await host.files.write('package.json', text)
    const {tarball, version} = await main({...inputs, version: 'v2.1.0-beta.1'}, host)
    expect([tarball, version]).toEqual(['built/scope-tiny-2.1.0-beta.1.tgz', '2.1.0-beta.1'])
    const entries = await readTar(await host.files.readBytes(tarball))
    const texts = Object.fromEntries(entries.map(({name, content}) => [name, Buffer.from(content).toString()]))
    expect(JSON.parse(texts['package/package.json'] ?? '')).toMatchObject({version: '2.1.0-beta.1'})
    expect(texts['package/dist.js']).toContain('//2.1.0-beta.1')
    expect(await host.files.readText('package.json')).toBe(text)
  },
  slow,
)

test(
  'a member of a workspace is built by the lock file of its root, also under NODE_ENV=production',
  async () => {
    const host = machine()
    const script = `if (process.env.NODE_ENV) throw new Error('NODE_ENV')
import {mkdirSync, writeFileSync} from 'node:fs'
mkdirSync('dist')
writeFileSync('dist/cli.js', ${JSON.stringify(cli)})`
    const root = {name: 'root', version: '1.0.0', private: true, workspaces: ['packages/*']}
    const packages = {
      '': {name: 'root', version: '1.0.0', workspaces: ['packages/*']},
      'node_modules/@scope/tiny': {resolved: 'packages/tiny', link: true},
      'packages/tiny': {name: '@scope/tiny', version: '0.2.0', license: 'MIT', bin: {tiny: 'dist/cli.js'}},
    }
    await host.files.write('package.json', JSON.stringify(root))
    await host.files.write(
      'package-lock.json',
      JSON.stringify({name: 'root', version: '1.0.0', lockfileVersion: 3, requires: true, packages}),
    )
    await host.files.write(
      'packages/tiny/package.json',
      JSON.stringify({...manifest, scripts: {build: 'node build.js'}}),
    )
    await host.files.write('packages/tiny/build.js', script)
    const {tarball} = await main({...inputs, workingDirectory: 'packages/tiny'}, host)
    expect(tarball).toBe('built/scope-tiny-0.2.0.tgz')
    expect(await contents(host, tarball)).toEqual(['755 package/dist/cli.js', '644 package/package.json'])
  },
  slow,
)

test(
  'a tarball with faults never reaches the output folder, and all faults are told',
  async () => {
    const host = machine()
    await host.files.write(
      'package.json',
      JSON.stringify({...manifest, files: ['lib'], bin: {one: 'lib/one.js', two: 'dist/two.js'}}),
    )
    await host.files.write('lib/one.js', 'console.log()')
    await host.files.write('dist/two.js', cli)
    await host.files.write('lib/.env', 'TOKEN=x')
    const done = main(inputs, host)
    await expect(done).rejects.toThrow('lib/.env is a file of credentials by its name\n  Leave it out by "files"')
    await expect(done).rejects.toMatchObject({
      code: 'NPM',
      message: expect.stringMatching(
        /one\.js is a command without a shebang[\s\S]*lib\/\.env is a file of credentials/,
      ),
    })
    expect(await host.files.stat('built')).toBeUndefined()
  },
  slow,
)

test('a folder without package.json is an input error with a remedy', async () => {
  await expect(main(inputs, machine())).rejects.toMatchObject({
    code: 'INPUT',
    message: expect.stringMatching(/has no package\.json$/),
    hint: 'Set working-directory to the folder of the npm package.',
  })
})
