import {expect, test} from '@jest/globals'
import {readArguments, usage} from './arguments'
import {options} from './options'

test('a snapshot takes folders and options, with paths from where the user stands', () => {
  const command = readArguments(
    [
      'snapshot',
      '../server',
      '--out',
      'x',
      '--tag',
      'v1.0.0',
      '--target',
      'linux/amd64',
      '--target',
      'darwin/arm64',
      '--no-image',
      '--no-bundles',
      '--server-arg=--root',
      '--network',
      'on',
      '--unverified',
      'allow',
      '--strict',
      '--exclude',
      'loadtest',
    ],
    '/home/u/p',
  )
  expect(command).toEqual({
    kind: 'snapshot',
    directories: ['/home/u/server'],
    out: '/home/u/p/x',
    submodules: true,
    inputs: {
      tag: 'v1.0.0',
      targets: 'linux/amd64\ndarwin/arm64',
      image: 'never',
      bundles: 'never',
      'server-args': '--root',
      network: 'on',
      unverified: 'allow',
      strict: 'true',
      exclude: 'loadtest',
    },
  })
})

test('what is not said is left to the settings file', () => {
  expect(readArguments(['plan', '--no-submodules', '--json'], '/')).toEqual({
    kind: 'plan',
    directories: [],
    inputs: {},
    submodules: false,
    json: true,
  })
})

test('every option is in the help', () => {
  for (const name of Object.keys(options)) expect(usage).toContain(`--${name}`)
})

test.each([
  [[], 'help'],
  [['--help'], 'help'],
  [['--version'], 'version'],
])('%j asks for %s', (argv, kind) => {
  expect(readArguments(argv, '/').kind).toBe(kind)
})

test.each([
  [['relase'], '"relase" is not a command'],
  [['snapshot', '--frobnicate'], '--frobnicate'],
  [['snapshot', 'a', 'b', '--out', 'x'], '--out: goes with one folder'],
  [['plan', 'a', 'b'], 'plan: takes one folder'],
  [['plan', '--out', 'x'], '--out: a plan writes and downloads nothing'],
  [['snapshot', '--json'], '--json: goes with `plan`'],
])('%j is refused', (argv, message) => {
  expect(() => readArguments(argv, '/')).toThrow(message)
})
