import {expect, test} from '@jest/globals'
import {printableTail} from './printable'

test('the last words of a Node.js program are its error, not where in Node.js it came about', () => {
  const inner = Array.from({length: 12}, (_, at) => `    at step (node:internal/modules/esm/resolve:${at}:1)`)
  const words = ['Error [ERR_MODULE_NOT_FOUND]: no x', '    at file:///app/server.js:1:1', ...inner, 'Node.js v20.20.2']
  expect(printableTail(words.join('\n'))).toEqual([words[0], words[1], words.at(-1)])
})
