import {expect, test} from '@jest/globals'
import {joinBlocks, startsWithBlocks} from './body-blocks'

test('what is there already as whole blocks is not added again', () => {
  expect(joinBlocks('One\n\nTwo', 'Two')).toBe('One\n\nTwo')
  expect(joinBlocks('One\n\nTwo\n\nThree', 'Two\n\n\nThree\n')).toBe('One\n\nTwo\n\nThree')
  expect(joinBlocks('One  \r\nmore\r\n\r\nTwo', 'One\nmore')).toBe('One  \r\nmore\r\n\r\nTwo')
  expect(joinBlocks('One', '', 'Two')).toBe('One\n\nTwo')
})

test.each([
  ['Fixes a crash on start', 'a crash'],
  ['- One\n- Two', '- Two'],
  ['One\n\nTwo\n\nThree', 'One\n\nThree'],
  ['## Linux and macOS', '## Linux'],
  ['- item\n\n      code', 'code'],
])('%j does not hold %j as blocks', (body, part) => {
  expect(joinBlocks(body, part)).toBe(`${body}\n\n${part}`)
})

test('a body begins with a part only by whole blocks', () => {
  expect(startsWithBlocks('Hello\n\nmore', 'Hello')).toBe(true)
  expect(startsWithBlocks('Hello world', 'Hello')).toBe(false)
  expect(startsWithBlocks('more\n\nHello', 'Hello')).toBe(false)
})
