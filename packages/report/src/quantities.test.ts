import {expect, test} from '@jest/globals'
import {percentage, secondsText, sizeText} from './quantities'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [1_912_448, '1.9 MB'],
  [5e15, '5000.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})

test.each([
  [0.04, '0.0 s'],
  [59.94, '59.9 s'],
  [59.96, '1 min 00 s'],
  [185, '3 min 05 s'],
])('%d seconds are %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text)
})

test('a part is between 0 and 100 percent, of nothing 0', () => {
  expect([percentage(1, 4), percentage(5, 4), percentage(-1, 4), percentage(1, 0)]).toEqual([25, 100, 0, 0])
})
