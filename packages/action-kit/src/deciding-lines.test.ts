import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {decidingLines} from './deciding-lines'

/** What real tools printed about broken projects (npm 11.19, pnpm 9.15, yarn 1.22, bun 1.4, pip 26, go 1.27, cargo, tsc). */
const outputs = JSON.parse(readFileSync(new URL('testing/tool-outputs.json', import.meta.url), 'utf8')) as readonly {
  readonly name: string
  readonly stdout: string
  readonly stderr: string
  readonly tells: readonly string[]
}[]

test.each(outputs)('the lines of $name that say why are kept, and few others', ({stdout, stderr, tells}) => {
  const lines = decidingLines({stdout, stderr})
  expect(lines).toEqual(expect.arrayContaining([...tells]))
  expect(lines.length).toBeLessThanOrEqual(16)
  expect(lines.join('\n')).not.toMatch(/Usage:|A complete log|--ignore-scripts|note: This error originates/)
})

test('of many errors the first and the last are kept, with how many are left out', () => {
  const stdout = Array.from({length: 50}, (_, at) => `a.ts(${at + 1},1): error TS2304: Cannot find name 'x${at}'.`)
  const lines = decidingLines({stdout: stdout.join('\n'), stderr: ''})
  expect(lines[0]).toBe(stdout[0])
  expect(lines[10]).toBe('… 35 lines left out')
  expect(lines.at(-1)).toBe(stdout.at(-1))
})

// https://github.com/moby/buildkit: the step that failed is told with its number.
test('the step of an image build that failed is kept', () => {
  const stderr = `#7 [2/3] RUN npm ci
#7 0.512 npm error code EUSAGE
#7 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
------
 > [2/3] RUN npm ci:
error: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1`
  expect(decidingLines({stdout: '', stderr})).toEqual([
    '#7 0.512 npm error code EUSAGE',
    '#7 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
    'error: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
  ])
})

test('words that no rule knows are kept from the end', () => {
  const stderr = Array.from({length: 20}, (_, at) => `step ${at}`).join('\n')
  expect(decidingLines({stdout: 'x', stderr})).toEqual(stderr.split('\n').slice(-12))
  expect(decidingLines({stdout: 'only here', stderr: ''})).toEqual(['only here'])
  expect(decidingLines({stdout: '', stderr: ''})).toEqual([])
})
