import {expect, test} from '@jest/globals'
import {printableEnds} from './printable'

const lines = (count: number) => Array.from({length: count}, (_, at) => `line ${at + 1}`)

test('what is short is told whole, each line once', () => {
  expect(printableEnds(`${lines(17).join('\r\n')}\n\n`)).toEqual(lines(17))
  expect(printableEnds('')).toEqual([])
})

test('of what is long, the first and the last lines are told, and how many are left out', () => {
  const all = lines(40)
  expect(printableEnds(all.join('\n'))).toEqual([...all.slice(0, 6), '… 24 lines left out', ...all.slice(-10)])
  expect(printableEnds(all.join('\n'), {first: 1, last: 1})).toEqual(['line 1', '… 38 lines left out', 'line 40'])
})

test('a line that comes again and again is told once, and leaves room for the cause', () => {
  const repeated = ['Error: no key', ...Array.from({length: 50}, () => 'retrying'), 'gave up']
  expect(printableEnds(repeated.join('\n'))).toEqual(['Error: no key', 'retrying (50 times)', 'gave up'])
})

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
test('its lines are safe in a log, and long ones are cut', () => {
  expect(printableEnds(`::set-output name=x::y\n${'x'.repeat(700)}`)).toEqual([
    ': :set-output name=x::y',
    `${'x'.repeat(600)}… (700 characters)`,
  ])
})
