import {expect, test} from '@jest/globals'
import {readArguments} from './arguments'

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
    ],
    '/home/u/p',
  )
  expect(command).toEqual({
    kind: 'snapshot',
    directories: ['/home/u/server'],
    out: '/home/u/p/x',
    tag: 'v1.0.0',
    targets: ['linux/amd64', 'darwin/arm64'],
    image: false,
    bundles: false,
    serverArgs: ['--root'],
    serverEnv: [],
  })
})

test.each([
  [[], 'help'],
  [['--help'], 'help'],
  [['--version'], 'version'],
])('%j asks for %s', (argv, kind) => {
  expect(readArguments(argv, '/').kind).toBe(kind)
})

test.each([
  [['relase'], '"relase" is no command'],
  [['snapshot', '--frobnicate'], '--frobnicate'],
  [['snapshot', 'a', 'b', '--out', 'x'], '--out: goes with one folder'],
])('%j is refused', (argv, message) => {
  expect(() => readArguments(argv, '/')).toThrow(message)
})
