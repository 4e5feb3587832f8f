import {expect, test} from '@jest/globals'
import {type BuildRequest, parseVersion} from '@mcp-release/release-model'
import type {DeclaredEntry} from './entries'
import type {LockFile} from './lock-file'
import {parseManifest} from './manifest'
import {planBuild} from './plan'
import type {Project} from './project'

const npm: LockFile = {manager: 'npm', folder: '/w', name: 'package-lock.json'}
const pnpm: LockFile = {manager: 'pnpm', folder: '/w/a', name: 'pnpm-lock.yaml'}
const entry: DeclaredEntry = {field: 'bin.a', target: 'dist/a.js', use: 'bin'}

interface Sample {
  readonly scripts?: Readonly<Record<string, string>>
  readonly lock?: LockFile
  readonly missing?: readonly DeclaredEntry[]
  readonly managerThere?: boolean
  readonly bundled?: true
}

function planOf({scripts = {}, lock, missing = [], managerThere = true, bundled}: Sample) {
  const fields = {name: 'a', version: '1.0.0', scripts, ...(bundled ? {bundleDependencies: ['b']} : {})}
  const manifest = parseManifest('package.json', JSON.stringify(fields))
  const project: Project = {manifest, missing, managerThere, ...(lock === undefined ? {} : {lock})}
  return planBuild({request: {directory: '/w/a', output: '/w/built'}, project, time: 7})
}

const commands = (sample: Sample) => {
  const {steps, pack} = planOf(sample)
  return [...steps.map(({argv, folder}) => `${folder}: ${argv.join(' ')}`), pack.join(' ')]
}
const ci = '/w: npm ci --include=dev --no-audit --no-fund'
const install = '/w/a: npm install --include=dev --no-audit --no-fund --no-package-lock'
const pack = 'npm pack --loglevel=warn'

test.each<[string, Sample, readonly string[]]>([
  [
    'a published package is only packed',
    {scripts: {build: 'tsc', prepare: 'npm run build'}},
    [`${pack} --ignore-scripts`],
  ],
  [
    'plain JavaScript is only packed',
    {lock: npm, scripts: {test: 'node --test', prepublishOnly: 'npm test'}},
    [`${pack} --ignore-scripts`],
  ],
  ['a checkout with a lock file is built', {lock: npm, scripts: {build: 'tsc'}}, [ci, '/w/a: npm run build', pack]],
  [
    'missing files are built without a lock file',
    {missing: [entry], scripts: {build: 'tsc'}},
    [install, '/w/a: npm run build', pack],
  ],
  [
    'a build that prepare runs is left to npm',
    {lock: npm, missing: [entry], scripts: {build: 'tsc', prepare: 'npm run build'}},
    [ci, pack],
  ],
  [
    'a build that prepack runs is left to npm',
    {lock: npm, scripts: {build: 'tsc', prepack: 'pnpm build && echo'}},
    [ci, pack],
  ],
  [
    'a prepare that does not build changes nothing',
    {lock: npm, scripts: {build: 'tsc', prepare: 'husky && npm run build:docs'}},
    [ci, '/w/a: npm run build', pack],
  ],
  ['bundled dependencies are installed', {lock: npm, bundled: true}, [ci, pack]],
  [
    'prepublishOnly is the last resort',
    {lock: npm, missing: [entry], scripts: {prepublishOnly: 'tsc'}},
    [ci, '/w/a: npm run prepublishOnly', pack],
  ],
  [
    'pnpm installs by its lock file',
    {lock: pnpm, scripts: {build: 'tsc'}},
    ['/w/a: pnpm install --frozen-lockfile --prod=false', '/w/a: pnpm run build', pack],
  ],
  [
    'npm stands in for a pnpm that is not there',
    {lock: pnpm, managerThere: false, scripts: {build: 'tsc'}},
    [install, '/w/a: npm run build', pack],
  ],
])('%s', (_, sample, expected) => {
  expect(commands(sample)).toEqual(expected)
})

test('the log says why something is built, and what is not pinned', () => {
  expect(planOf({missing: [entry]}).reason).toBe('The package is built: dist/a.js (bin.a) not there yet')
  expect(planOf({missing: [entry]}).warnings).toEqual([
    'There is no lock file: the newest matching dependencies are installed',
  ])
  expect(planOf({lock: pnpm, managerThere: false, missing: [entry]}).warnings).toEqual([
    'pnpm-lock.yaml is not honoured, because pnpm is not installed: npm installs the newest matching dependencies',
  ])
})

test('scripts see the source date and no NODE_ENV', () => {
  expect(planOf({}).env).toMatchObject({SOURCE_DATE_EPOCH: '7', NODE_ENV: ''})
})

test('another version stops before anything runs', () => {
  const version = parseVersion('v1.1.0')
  const request: BuildRequest = {directory: '/w/a', output: '/w/built', ...(version === undefined ? {} : {version})}
  const manifest = parseManifest('package.json', '{"name": "a", "version": "1.0.0"}')
  expect(() => planBuild({request, project: {manifest, missing: [], managerThere: true}, time: 7})).toThrow(
    expect.objectContaining({code: 'INPUT', message: 'version: is 1.1.0, but /w/a/package.json says "1.0.0"'}),
  )
})
