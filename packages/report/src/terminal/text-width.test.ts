import {expect, test} from '@jest/globals'
import {textWidth, truncateEnd, truncateMiddle, wrap} from './text-width'

test('wide characters take two columns, marks none', () => {
  expect([textWidth('abc'), textWidth('日本'), textWidth('e\u0301'), textWidth('🚀')]).toEqual([3, 4, 1, 2])
})

test('a long name loses its middle and keeps start and ending', () => {
  expect(truncateMiddle('mcp-hash-tools-0.1.0-x86_64.tar.gz', 20)).toBe('mcp-hash-t…64.tar.gz')
  expect(truncateMiddle('日本語日本語', 8)).toBe('日本…語')
  expect(truncateMiddle('short', 5)).toBe('short')
})

test('prose loses its end', () => {
  expect(truncateEnd('compare two digests', 12)).toBe('compare two…')
  expect([truncateEnd('abc', 1), truncateEnd('abc', 0)]).toEqual(['…', ''])
})

test('text is wrapped at spaces, a word that is too long inside', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij'])
  expect(wrap('日本', 1)).toEqual(['日', '本'])
  expect(wrap('', 10)).toEqual([])
})
