import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {globSync} from 'tinyglobby'

const root = fileURLToPath(new URL('../../', import.meta.url))

// `-m` looks first in the current folder, which is a checkout: https://docs.python.org/3/using/cmdline.html#cmdoption-I
test('pip is started isolated from the folder where it is started', () => {
  const sources = globSync(['{actions,packages}/*/src/**/*.ts'], {
    cwd: root,
    ignore: ['**/*.test.ts', 'packages/test-stand/**'],
  })
  const calls = sources.flatMap(file =>
    [...readFileSync(`${root}/${file}`, 'utf8').matchAll(/(.{0,40})'-m',\s*'pip'/gs)].map(([, before = '']) => ({
      file,
      isIsolated: /'-I',\s*$/.test(before),
    })),
  )
  expect(calls.length).toBeGreaterThan(4)
  expect(calls.filter(({isIsolated}) => !isIsolated)).toEqual([])
})
