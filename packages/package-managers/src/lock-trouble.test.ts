import {expect, test} from '@jest/globals'
import {lockTrouble, missingInClassicLock} from './lock-trouble'
import type {Flavour} from './manager'

// What the tools really printed: npm 10.9, 11.19 and 12.2, pnpm 9.15, 10.34 and 12.21, Yarn 4.18, bun 1.4.5.
const npm = (which: string) => `npm error code EUSAGE
npm error
npm error \`npm ci\` can only install packages when your package.json and ${which} are in sync. Please update your lock file with \`npm install\` before continuing.
npm error
npm error Invalid: lock file's is-number@7.0.0 does not satisfy is-number@6.0.0
npm error Missing: is-odd@3.0.1 from lock file
npm error
npm error Clean install a project`

test.each<[string, Flavour, string, readonly string[]]>([
  [
    'npm 11',
    'npm',
    npm('package-lock.json or npm-shrinkwrap.json'),
    ['its is-number@7.0.0 does not satisfy is-number@6.0.0', 'Missing: is-odd@3.0.1 from lock file'],
  ],
  [
    'npm 12',
    'npm',
    npm('package-lock.json'),
    ['its is-number@7.0.0 does not satisfy is-number@6.0.0', 'Missing: is-odd@3.0.1 from lock file'],
  ],
  [
    'pnpm 9',
    'pnpm',
    ` ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date with <ROOT>/packages/a/package.json

    Failure reason:
    specifiers in the lockfile ({"is-number":"catalog:"}) don't match specs in package.json ({"is-number":"^6.0.0"})`,
    [
      'packages/a/package.json',
      'specifiers in the lockfile ({"is-number":"catalog:"}) don\'t match specs in package.json ({"is-number":"^6.0.0"})',
    ],
  ],
  [
    'pnpm 10',
    'pnpm',
    ` ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date with <ROOT>/packages/a/package.json

  Failure reason:
  specifiers in the lockfile don't match specifiers in package.json:
* 1 dependencies are mismatched:
  - is-number (lockfile: catalog:, manifest: ^6.0.0)`,
    ['packages/a/package.json', 'is-number (lockfile: catalog:, manifest: ^6.0.0)'],
  ],
  [
    'pnpm 12',
    'pnpm',
    `Error: ERR_PNPM_OUTDATED_LOCKFILE

      * in importers["packages/a"]:
      * 1 dependency is mismatched:
        - is-number (lockfile: catalog:, manifest: ^6.0.0)`,
    ['importers["packages/a"]', 'is-number (lockfile: catalog:, manifest: ^6.0.0)'],
  ],
  [
    'Yarn 4',
    'yarn-berry',
    `➤ YN0000: │    dependencies:
➤ YN0028: │ -    is-number: "npm:^7.0.0"
➤ YN0028: │ +    is-number: "npm:^6.0.0"
➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.`,
    ['-    is-number: "npm:^7.0.0"', '+    is-number: "npm:^6.0.0"'],
  ],
  [
    'bun',
    'bun',
    `error: lockfile had changes, but lockfile is frozen
note: dependencies in package.json changed since bun.lock was saved: is-number changed from ^7.0.0 to ^6.0.0 in packages/a`,
    [
      'dependencies in package.json changed since bun.lock was saved: is-number changed from ^7.0.0 to ^6.0.0 in packages/a',
    ],
  ],
])('the words of %s', (_, flavour, output, differences) => {
  expect(lockTrouble(flavour, output)?.differences).toEqual(differences)
})

test('another failure is none of the lock file', () => {
  expect(lockTrouble('npm', 'npm error code E404\nnpm error 404 Not Found')).toBeUndefined()
})

test('what a yarn.lock of Yarn 1 lacks', () => {
  const lock = `# yarn lockfile v1


"@s/a@^1.0.0", "@s/a@^1.2.0":
  version "1.2.3"

is-odd@3.0.1, is-odd@^3.0.0:
  version "3.0.1"
  dependencies:
    is-number "^6.0.0"
`
  const member = (name: string, fields: object) => ({folder: `/w/${name}`, fields: {name, ...fields}})
  const members = [
    member('m', {dependencies: {'@s/a': '^1.2.0', n: '*', 'is-odd': '3.0.1', 'is-number': '^6.0.0'}}),
    member('n', {devDependencies: {x: 'file:../x', y: '1.0.0'}}),
  ]
  expect(missingInClassicLock(lock, {resolutions: {'**/y': '2.0.0'}}, members)).toEqual([
    'is-number@^6.0.0 (dependencies of m) is not in it',
  ])
})
