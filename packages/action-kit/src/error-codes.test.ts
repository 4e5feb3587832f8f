import {readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {globSync} from 'tinyglobby'
import {errorCodes} from './error-codes'

const repository = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, repository), 'utf8')
const files = (patterns: readonly string[]) =>
  globSync([...patterns], {cwd: fileURLToPath(repository), ignore: ['**/*.test.ts', '**/error-codes.ts']})
const sections = read('docs/errors.md')
  .split(/^## /m)
  .slice(1)
  .map(text => ({code: text.split('\n', 1)[0] ?? '', text}))

test('docs/errors.md has one heading for each code, in order', () => {
  expect(sections.map(({code}) => code)).toEqual([...errorCodes])
})

test.each(sections.map(({code, text}) => [code, text] as const))(
  '%s has a cause, a remedy, and a part of a message that a test asserts',
  (code, text) => {
    const shape =
      /^\w+\n\n[A-Za-z](?:[^\n]+\n)+\n\*\*What to do\*\*: (?:[^\n]+\n)+\n```text\n([^\n]{8,})\n```\n\n<!-- test: (\S+\.test\.ts) -->\n*$/
    expect(text).toMatch(shape)
    const [, example = '', path = ''] = shape.exec(text) ?? []
    expect(read(path)).toContain(example)
    expect(read(path)).toMatch(new RegExp(`'${code}'|\\[${code}\\]`))
  },
)

test('every code is one with which something fails', () => {
  const sources = files(['actions/*/src/**/*.ts', 'packages/*/src/**/*.ts']).map(read).join('\n')
  expect(errorCodes.filter(code => !sources.includes(`'${code}'`))).toEqual([])
})

test('the README of an action names codes that there are', () => {
  const named = files(['actions/*/README.md']).flatMap(path => {
    const [, table = ''] = /^## Errors\n([^]*)$/m.exec(read(path)) ?? []
    const cells = [...table.matchAll(/^\| (`[A-Z_`, ]+`) +\|/gm)].map(([, cell = '']) => cell)
    return cells.flatMap(cell => (cell.match(/[A-Z_]+/g) ?? []).map(code => `${path}: ${code}`))
  })
  const codes: readonly string[] = errorCodes
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter(each => !codes.includes(each.split(': ')[1] ?? ''))).toEqual([])
})
