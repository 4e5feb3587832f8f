import {expect, test} from '@jest/globals'
import type {Clock} from '../clock'
import {progress} from './progress'

class FakeClock implements Clock {
  time = 0
  calls = new Set<() => void>()
  now() {
    return this.time
  }
  every(_milliseconds: number, call: () => void) {
    this.calls.add(call)
    return () => this.calls.delete(call)
  }
  pass(milliseconds: number) {
    this.time += milliseconds
    for (const call of this.calls) call()
  }
}

function fixture(stream: {isTTY?: boolean; columns?: number}) {
  const written: string[] = []
  const clock = new FakeClock()
  const shown = progress({...stream, write: text => written.push(text)}, {color: false, clock})
  return {written, clock, shown}
}

test('a stream that is no terminal gets a line for each step that ended and nothing else', () => {
  const {written, clock, shown} = fixture({})
  shown.start('build wheel')
  clock.pass(4200)
  expect(written).toEqual([])
  shown.done('build wheel', 4.2, 'cached')
  shown.fail('verify', 65)
  shown.skip('plan', 0.5)
  shown.close()
  expect(written.join('').split('\n')).toEqual([
    '✓ build wheel                      4.2 s  cached',
    '✗ verify                      1 min 05 s',
    '– plan                             0.5 s',
    '',
  ])
  expect(clock.calls.size).toBe(0)
})

test('a terminal has a live line with the seconds of what runs', () => {
  const {written, clock, shown} = fixture({isTTY: true, columns: 80})
  shown.start('build wheel')
  clock.pass(1000)
  shown.start('build npm')
  clock.pass(500)
  expect(written.at(-1)).toBe('\r\u001b[2K⠹ build wheel  1.5 s, build npm  0.5 s')
})

test('a finished step stays above the live line, and the timer stops with the last one', () => {
  const {written, clock, shown} = fixture({isTTY: true, columns: 80})
  shown.start('a')
  shown.start('b')
  written.length = 0
  shown.done('a', 1)
  expect(written).toEqual(['\r\u001b[2K', expect.stringMatching(/^✓ a +1\.0 s\n$/), '\r\u001b[2K⠋ b  0.0 s'])
  shown.done('b', 2)
  expect(written.at(-1)).toMatch(/^✓ b +2\.0 s\n$/)
  expect(clock.calls.size).toBe(0)
})

test('closing in the middle of a step leaves an empty line and no timer', () => {
  const {written, clock, shown} = fixture({isTTY: true, columns: 80})
  shown.start('a')
  shown.close()
  expect(written.at(-1)).toBe('\r\u001b[2K')
  expect(clock.calls.size).toBe(0)
})

test('the live line never reaches the edge of the terminal', () => {
  const {written, shown} = fixture({isTTY: true, columns: 20})
  shown.start('a title that is longer than the terminal is wide')
  expect(written.at(-1)).toBe('\r\u001b[2K⠋ a title that is…')
})

test('control characters of titles are written out', () => {
  const {written, shown} = fixture({isTTY: true, columns: 200})
  shown.start('a\u001b[2J')
  shown.skip('b\u001b]0;x\u0007', 1)
  expect(written.join('')).toContain(String.raw`a\x1b[2J`)
  expect(written.join('')).toContain(String.raw`– b\x1b]0;x\x07`)
})
