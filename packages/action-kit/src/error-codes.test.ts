import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {errorCodes} from './error-codes'

const repository = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, repository), 'utf8')
const sections = read('docs/errors.md')
  .split(/^## /m)
  .slice(1)
  .map(text => ({code: text.split('\n', 1)[0] ?? '', text}))

test('docs/errors.md has one heading for each code, in order', () => {
  expect(sections.map(({code}) => code)).toEqual([...errorCodes])
})

test.each(sections.map(({code, text}) => [code, text] as const))(
  '%s has a cause, a remedy and its test',
  (code, text) => {
    expect(text).toMatch(/^\w+\n\n[A-Za-z][^\n]+\n\n\*\*What to do\*\*: [^\n]+\n/)
    const path = /<!-- test: (\S+) -->/.exec(text)?.[1]
    const example = /```text\n(.*)\n```/.exec(text)?.[1]
    // A part of a message, as an assertion of that test has it.
    if (path !== undefined) expect(read(path)).toContain(example ?? `'${code}'`)
  },
)
