import assert from 'node:assert/strict'
import {test} from 'node:test'

import {countText} from '../dist/count.js'
import {diffLines, MAX_LINES} from '../dist/diff.js'
import {findMatches, TIMEOUT_MS} from '../dist/pattern.js'
import {slugify} from '../dist/slug.js'

const render = lines => lines.map(line => line.kind + line.text)

test('a changed line is removed and added', () => {
  assert.deepEqual(render(diffLines('a\nb\nc\n', 'a\nB\nc\nd\n')), [' a', '-b', '+B', ' c', '+d'])
})

test('equal texts and other line ends make no difference', () => {
  assert.deepEqual(render(diffLines('a\r\nb', 'a\nb\n')), [' a', ' b'])
  assert.deepEqual(diffLines('', ''), [])
})

test('a text of too many lines is refused by name', () => {
  assert.throws(() => diffLines('', 'x\n'.repeat(MAX_LINES + 1)), {message: 'after: 2001 lines; at most 2000 are compared'})
})

test('a family is one grapheme', () => {
  assert.deepEqual(countText('👨‍👩‍👧‍👦'), {bytes: 25, codePoints: 7, graphemes: 1, words: 0, lines: 1})
})

test('words and lines are counted without their separators', () => {
  assert.deepEqual(countText("It isn't\nover.\n"), {bytes: 15, codePoints: 15, graphemes: 15, words: 3, lines: 2})
})

test('a slug keeps letters and digits, without marks', () => {
  assert.equal(slugify('  Crème brûlée: Straße № 5, it’s łódź! ', 80), 'creme-brulee-strasse-no-5-its-lodz')
})

test('a slug is cut between words, and inside only the first', () => {
  assert.equal(slugify('one two three', 9), 'one-two')
  assert.equal(slugify('incomprehensible', 5), 'incom')
})

test('a text without Latin letters has no slug', () => {
  assert.throws(() => slugify('日本', 80), {name: 'TextError', message: /no Latin letter/})
})

test('matches carry their index and groups', () => {
  assert.deepEqual(findMatches('(\\w)(\\d)?', '', 'a1 b', 10), [
    {index: 0, text: 'a1', groups: ['a', '1']},
    {index: 3, text: 'b', groups: ['b', null]},
  ])
})

test('no more matches than asked for are listed', () => {
  assert.equal(findMatches('', 'g', 'aaaa', 3).length, 3)
})

test('a broken pattern is explained', () => {
  assert.throws(() => findMatches('(', '', 'x', 1), {name: 'TextError', message: /^pattern: Invalid regular expression/})
  assert.throws(() => findMatches('x', 'uv', 'x', 1), {name: 'TextError', message: /^pattern: Invalid flags/})
})

test('a pattern that backtracks without end is stopped', () => {
  const start = Date.now()
  assert.throws(() => findMatches('^(a+)+$', '', `${'a'.repeat(60)}!`, 1), {message: /no result after 500 ms/})
  assert.ok(Date.now() - start < TIMEOUT_MS * 10)
})
