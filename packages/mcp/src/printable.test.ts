import {expect, test} from '@jest/globals'
import {printable, printableTail} from './printable'

test('the last words of a Node.js program are its error, not where in Node.js it came about', () => {
  const inner = Array.from({length: 12}, (_, at) => `    at step (node:internal/modules/esm/resolve:${at}:1)`)
  const words = ['Error [ERR_MODULE_NOT_FOUND]: no x', '    at file:///app/server.js:1:1', ...inner, 'Node.js v20.20.2']
  expect(printableTail(words.join('\n'))).toEqual([words[0], words[1], words.at(-1)])
})

test('what nobody sees is written out, also beyond the first plane; a cut leaves no half of a character', () => {
  expect(printable('a\u061cb\u{e0041}c\u00add')).toBe(String.raw`a\u061cb\u{e0041}c\u00add`)
  expect(printable('ab😀cd', 3)).toBe('ab… (6 characters)')
})
