import {expect, test} from '@jest/globals'
import {type ManagerFacts, chooseManager} from './choose'
import {lockFileNames} from './lock-files'

interface Sample {
  readonly fields?: Readonly<Record<string, unknown>>
  readonly root?: Readonly<Record<string, unknown>>
  readonly locks?: Readonly<Record<string, string>>
  readonly facts?: Partial<ManagerFacts>
}

function chosen({fields = {}, root = {}, locks = {}, facts}: Sample): string {
  const found = lockFileNames.flatMap(([name, manager]) =>
    locks[name] === undefined ? [] : [{manager, folder: '/w', name}],
  )
  const workspace = {root: '/w', rootFields: root, locks: found, members: [], apart: false}
  const {manager, lock} = chooseManager({
    ...{fields, workspace, lockTexts: locks, pnpmWorkspace: false, yarnrcYml: false},
    ...facts,
  })
  const {name, range = 'any', usual = 'none'} = manager
  return `${name} ${range}, else ${usual}, by ${lock?.name ?? 'nothing'}`
}

const hex = 'ab'.repeat(64)
const npm = {'package-lock.json': '{}'}
const pnpm = {'pnpm-lock.yaml': "lockfileVersion: '9.0'\n"}
const berry = (version: number) => ({
  'yarn.lock': `# generated\n\n__metadata:\n  version: ${version}\n  cacheKey: 10\n`,
})
const classic = {'yarn.lock': '# yarn lockfile v1\n\n\n'}

test.each<[string, Sample, string]>([
  ['nothing', {}, 'npm any, else none, by nothing'],
  ['the lock file of npm', {locks: npm}, 'npm any, else none, by package-lock.json'],
  [
    'packageManager with a hash',
    {fields: {packageManager: `pnpm@9.15.9+sha512.${hex}`}, locks: pnpm},
    'pnpm 9.15.9, else 10.34.9, by pnpm-lock.yaml',
  ],
  [
    'packageManager of the workspace',
    {root: {packageManager: 'yarn@4.5.3'}, locks: berry(8)},
    'yarn 4.5.3, else 4.12.0, by yarn.lock',
  ],
  [
    'devEngines',
    {fields: {devEngines: {packageManager: [{name: 'deno'}, {name: 'pnpm', version: '^10.0.0'}]}}},
    'pnpm ^10.0.0, else 10.34.9, by nothing',
  ],
  [
    'a name against the only lock file',
    {fields: {packageManager: 'yarn@1.22.22'}, locks: npm},
    'npm any, else none, by package-lock.json',
  ],
  [
    'a name against a lock file whose manager does not read the dependencies',
    {fields: {packageManager: 'pnpm@9.15.9', dependencies: {b: 'workspace:*'}}, locks: npm},
    'pnpm 9.15.9, else 10.34.9, by nothing',
  ],
  ['pnpm 8', {locks: {'pnpm-lock.yaml': "lockfileVersion: '6.0'\n"}}, 'pnpm >=8 <9, else 8.15.9, by pnpm-lock.yaml'],
  ['pnpm 7', {locks: {'pnpm-lock.yaml': 'lockfileVersion: 5.4\n'}}, 'pnpm >=6 <8, else 7.33.7, by pnpm-lock.yaml'],
  [
    'pnpm of tomorrow',
    {locks: {'pnpm-lock.yaml': "lockfileVersion: '10.0'\n"}},
    'pnpm any, else 12.21.0, by pnpm-lock.yaml',
  ],
  ['Yarn 1', {locks: classic}, 'yarn >=1 <2, else 1.22.22, by yarn.lock'],
  ['Yarn 3', {locks: berry(6)}, 'yarn >=3.2 <4, else 3.8.7, by yarn.lock'],
  ['Yarn 4', {locks: berry(8)}, 'yarn >=4 <4.13, else 4.12.0, by yarn.lock'],
  ['bun', {locks: {'bun.lock': '{}'}}, 'bun any, else 1.4.5, by bun.lock'],
  ['bun in a version', {locks: {'bun.lockb': ''}, facts: {bunVersion: '1.2.0'}}, 'bun 1.2.0, else 1.4.5, by bun.lockb'],
  [
    'two lock files, of which one belongs to the workspace',
    {locks: {...npm, ...pnpm}, facts: {pnpmWorkspace: true}},
    'pnpm >=9, else 10.34.9, by pnpm-lock.yaml',
  ],
  [
    'two lock files, of which the scripts call one',
    {locks: {...npm, 'bun.lock': '{}'}, fields: {scripts: {build: 'rm -rf dist && bun run bundle'}}},
    'bun any, else 1.4.5, by bun.lock',
  ],
  ['only scripts', {fields: {scripts: {prepare: 'pnpm run build'}}}, 'pnpm any, else 10.34.9, by nothing'],
  [
    'only engines',
    {fields: {engines: {pnpm: '>=9 <10', npm: 'please-use-pnpm'}}},
    'pnpm >=9 <10, else 10.34.9, by nothing',
  ],
  [
    'a .yarnrc.yml without a lock file',
    {fields: {packageManager: 'yarn'}, facts: {yarnrcYml: true}},
    'yarn >=2, else 4.18.1, by nothing',
  ],
])('%s', (_, sample, expected) => {
  expect(chosen(sample)).toBe(expected)
})

test.each([
  ['pnpm@https://example.com/pnpm.tgz', 'has no version that can be read; write it as "pnpm@" followed by a version'],
  ['deno@2.0.0', 'names none of npm, pnpm, yarn and bun, so it has no effect'],
])('packageManager %s is told', (packageManager, warning) => {
  const workspace = {root: '/w', rootFields: {}, locks: [], members: [], apart: false}
  const {warnings} = chooseManager({
    ...{fields: {packageManager}, workspace, lockTexts: {}, pnpmWorkspace: false, yarnrcYml: false},
  })
  expect(warnings).toEqual([expect.stringContaining(warning)])
})
