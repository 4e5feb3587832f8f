import {expect, test} from '@jest/globals'
import {type BuildRequest, parseVersion} from '@mcp-release/release-model'
import {planBuild} from './plan'
import {type Sample, projectOf} from './testing'

type Short = Omit<Sample, 'fields'> & {
  readonly fields?: Readonly<Record<string, unknown>>
  readonly scripts?: Readonly<Record<string, string>>
}

const machine = {os: 'linux', cpu: 'x64'}
const bin = {bin: {a: 'dist/a.js'}}
const made = ['package.json', 'dist/a.js']

function planOf({scripts = {}, fields, ...sample}: Short) {
  const project = projectOf({fields: {name: 'a', version: '1.0.0', scripts, ...fields}, ...sample})
  return planBuild({request: {directory: '/w/a', output: '/w/built'}, project, time: 7, machine})
}

function steps(sample: Short): readonly string[] {
  const {install, steps: own, fallbacks, managers, packScripts} = planOf(sample)
  const [manager] = managers
  return [
    ...(install === undefined ? [] : [`install${install.locked ? '' : ' newest'}${install.foreign ? ' foreign' : ''}`]),
    ...own.map(({script, folder, program}) => `${folder}: ${program?.join(' ') ?? script}`),
    ...fallbacks.map(({script, folder}) => `if missing ${folder}: ${script}`),
    `${manager?.name ?? ''} pack${packScripts ? '' : ' without scripts'}`,
  ]
}

test.each<[string, Short, readonly string[]]>([
  [
    'the content of a published package is only packed',
    {locked: false, files: made, fields: bin, scripts: {build: 'tsc', prepare: 'npm run build'}},
    ['npm pack without scripts'],
  ],
  [
    'what was published with sources that cannot be compiled is only packed',
    {locked: false, files: [...made, 'src/a.ts'], fields: bin, scripts: {build: 'tsc'}},
    ['npm pack without scripts'],
  ],
  [
    'a checkout without a lock file is built, although its files are there',
    {locked: false, files: [...made, '.gitignore', 'src/a.ts'], fields: bin, scripts: {build: 'tsc'}},
    ['install newest', '/w/a: build', 'npm pack'],
  ],
  [
    'sources that can be compiled are built',
    {locked: false, files: [...made, 'tsconfig.json', 'src/a.ts'], fields: bin, scripts: {build: 'tsc'}},
    ['install newest', '/w/a: build', 'npm pack'],
  ],
  [
    'plain JavaScript is only packed',
    {scripts: {test: 'node --test', prepublishOnly: 'npm test'}},
    ['npm pack without scripts'],
  ],
  ['a checkout with a lock file is built', {scripts: {build: 'tsc'}}, ['install', '/w/a: build', 'npm pack']],
  [
    'missing files are built without a lock file',
    {locked: false, fields: bin, scripts: {build: 'tsc'}},
    ['install newest', '/w/a: build', 'npm pack'],
  ],
  [
    'a build that prepare runs is left to npm',
    {fields: bin, scripts: {build: 'tsc', prepare: 'npm run build'}},
    ['install', 'npm pack'],
  ],
  [
    'a build that prepack runs is left to npm',
    {scripts: {build: 'tsc', prepack: 'pnpm build && echo'}},
    ['install', 'npm pack'],
  ],
  [
    'a prepare that does not build changes nothing',
    {scripts: {build: 'tsc', prepare: 'husky && npm run build:docs'}},
    ['install', '/w/a: build', 'npm pack'],
  ],
  [
    'Yarn does not run prepare when it packs',
    {manager: 'yarn', fields: bin, scripts: {prepare: 'tsc'}},
    ['install', '/w/a: prepare', 'yarn pack'],
  ],
  ['bundled dependencies are installed', {fields: {bundleDependencies: ['b']}}, ['install', 'npm pack']],
  [
    'prepublishOnly, and then the build of the workspace, are the last resort',
    {fields: bin, scripts: {prepublishOnly: 'tsc'}, root: {scripts: {build: 'tsc -b'}}},
    ['install', 'if missing /w/a: prepublishOnly', 'if missing /w: build', 'npm pack'],
  ],
  [
    'pnpm packs what its workspace has to fill in',
    {manager: 'pnpm', fields: {dependencies: {b: 'workspace:*'}}},
    ['install', 'pnpm pack'],
  ],
  [
    'pnpm packs what publishConfig overrides',
    {manager: 'pnpm', fields: {publishConfig: {main: 'dist/x.js'}}, files: ['package.json', 'src/x.ts', '.gitignore']},
    ['install', 'pnpm pack'],
  ],
  [
    'members that the package needs are built before it, each after those that it needs',
    {
      fields: {...bin, dependencies: {b: '^1.0.0'}, devDependencies: {d: '*'}},
      scripts: {build: 'tsc'},
      members: {
        b: {dependencies: {c: '*'}, scripts: {build: 'tsc'}},
        c: {scripts: {build: 'tsc'}, dependencies: {a: '*'}},
        d: {scripts: {test: 'tsc'}},
        e: {scripts: {build: 'tsc'}},
      },
    },
    ['install', '/w/c: build', '/w/b: build', '/w/a: build', 'npm pack'],
  ],
  [
    'members for other machines are not built',
    {
      fields: {...bin, optionalDependencies: {b: '1.0.0'}},
      scripts: {build: 'tsc'},
      members: {b: {os: ['darwin'], scripts: {build: 'tsc'}}},
    },
    ['install foreign', '/w/a: build', 'npm pack'],
  ],
  [
    'a package for another machine without scripts is only packed',
    {fields: {os: ['win32'], cpu: ['arm64']}},
    ['npm pack without scripts'],
  ],
])('%s', (_, sample, expected) => {
  expect(steps(sample)).toEqual(expected)
})

test('the log says why something is built, and what is not pinned', () => {
  const plan = planOf({locked: false, fields: bin, scripts: {build: 'bun build x.ts'}})
  expect(plan.reason).toBe('The package is built with bun (the scripts of package.json call bun)')
  expect(plan.warnings).toEqual(['There is no lock file: the newest matching dependencies are installed'])
  expect(planOf({locked: false, files: made, fields: bin, scripts: {build: 'tsc'}}).reason).toBe(
    'Nothing is built: this is what was published before, without the sources that its scripts need',
  )
})

test('a manager that only scripts call is brought beside the one that installs', () => {
  const {managers} = planOf({fields: bin, scripts: {build: 'cross-env X=1 bun build src/a.ts && yarn run tidy'}})
  expect(managers.map(({name}) => name)).toEqual(['npm', 'yarn', 'bun'])
})

test('scripts see the source date and no NODE_ENV', () => {
  expect(planOf({}).env).toMatchObject({SOURCE_DATE_EPOCH: '7', NODE_ENV: ''})
})

test('another version stops before anything runs', () => {
  const version = parseVersion('v1.1.0')
  const request: BuildRequest = {directory: '/w/a', output: '/w/built', ...(version === undefined ? {} : {version})}
  const project = projectOf({fields: {name: 'a', version: '1.0.0'}})
  expect(() => planBuild({request, project, time: 7, machine})).toThrow(
    expect.objectContaining({code: 'INPUT', message: 'version: is 1.1.0, but /w/a/package.json says "1.0.0"'}),
  )
})
