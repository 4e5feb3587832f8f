import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import type {Plan} from '@mcp-release/release-model'
import {archives, file, run, time} from './testing/bundling'

const tarball = (fields: object, more: readonly ReturnType<typeof file>[] = []) =>
  tarGz(
    [
      file('package/package.json', JSON.stringify({version: '1.2.3', ...fields})),
      ...more.map(each => ({...each, name: `package/${each.name}`})),
    ],
    {time},
  )
const program = Buffer.from(
  (await import('@mcp-release/archives')).readZip(archives['built/demo_1.2.3_windows_amd64.zip'])[0]?.content ?? [],
)
const built = {
  'package.json': '{"name": "demo"}',
  'built/demo-1.2.3.tgz': tarball(
    {
      name: 'demo',
      bin: 'launch.js',
      author: 'Octo',
      optionalDependencies: {'@octo/demo-win32-x64': '1.2.3', '@octo/demo-linux-x64': '1.2.3'},
    },
    [file('launch.js', '#!/usr/bin/env node\n', 0o755)],
  ),
  'built/octo-demo-win32-x64-1.2.3.tgz': tarball({name: '@octo/demo-win32-x64', os: ['win32'], cpu: ['x64']}, [
    file('bin/demo.exe', program, 0o755),
  ]),
}
const planOf = (from: readonly string[]): string =>
  JSON.stringify({
    schemaVersion: 1,
    name: 'demo',
    version: {tag: 'v1.2.3', text: '1.2.3', semver: '1.2.3', prerelease: false, channel: 'stable'},
    sourceDate: time,
    packages: [],
    jobs: [],
    bundles: [
      {
        package: 'npm:.',
        type: 'node',
        directory: '.',
        executable: 'demo',
        files: [{name: 'demo_1.2.3_windows_amd64.mcpb', platform: 'windows/amd64', from: [...from]}],
      },
    ],
    artifacts: [],
    skipped: [],
    findings: [],
    settings: {},
  } satisfies Plan)
const inputs = {files: 'built/*', plan: 'plan.json'}

test('a package for one platform of the same release lies in the bundle, and no index is asked for it', async () => {
  const asked: string[] = []
  const from = ['demo-1.2.3.tgz', 'octo-demo-win32-x64-1.2.3.tgz']
  const {read, outputs} = await run({...built, 'plan.json': planOf(from)}, inputs, async (argv, options) => {
    const {readFile} = await import('node:fs/promises')
    asked.push(await readFile(`${options.cwd ?? ''}/package.json`, 'utf8'))
    return {}
  })
  expect(outputs['left-out']).toBe('[]')
  const {names, manifest} = await read('demo_1.2.3_windows_amd64.mcpb')
  expect(names).toContain('node_modules/@octo/demo-win32-x64/bin/demo.exe')
  expect(names).toContain('node_modules/@octo/demo-win32-x64/package.json')
  expect(manifest).toMatchObject({compatibility: {platforms: ['win32']}})
  expect(asked.join()).not.toContain('demo-win32-x64')
})

test('a name of a package that leads out of node_modules is refused', async () => {
  const from = ['demo-1.2.3.tgz', 'other.tgz']
  const files = {...built, 'built/other.tgz': tarball({name: '../evil', os: ['win32'], cpu: ['x64']})}
  const {outputs} = await run({...files, 'plan.json': planOf(from)}, inputs).catch((error: unknown) => ({
    outputs: {'left-out': String(error)},
  }))
  expect(outputs['left-out']).toContain('is no npm tarball of a package for one platform')
})
