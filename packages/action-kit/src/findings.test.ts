import {expect, test} from '@jest/globals'
import {settle} from './findings'
import {FakeHost} from './testing'

test('all errors are in one message, and warnings are logged before it', () => {
  const host = new FakeHost()
  const settled = () => {
    settle(host, 'WHEEL', [
      {level: 'error', text: 'a is wrong\nmend a'},
      {level: 'warning', text: 'b is odd'},
      {level: 'error', text: 'c is wrong'},
    ])
  }
  expect(settled).toThrow(expect.objectContaining({code: 'WHEEL', message: '- a is wrong\n  mend a\n- c is wrong'}))
  expect(host.lines).toEqual(['warning: b is odd'])
})

test('warnings alone stop nothing', () => {
  const host = new FakeHost()
  settle(host, 'WHEEL', [{level: 'warning', text: 'b is odd'}])
  expect(host.lines).toEqual(['warning: b is odd'])
})

test('one error alone is no list', () => {
  const settled = () => {
    settle(new FakeHost(), 'WHEEL', [{level: 'error', text: 'a is wrong\nmend a'}])
  }
  expect(settled).toThrow(expect.objectContaining({code: 'WHEEL', message: 'a is wrong\nmend a'}))
})
