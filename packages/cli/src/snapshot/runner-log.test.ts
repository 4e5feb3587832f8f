import {expect, test} from '@jest/globals'
import {readOutputs} from './runner-files'
import {type RunnerLog, readRunnerLine} from './runner-log'
import {coveredSeconds, readCalls} from './trace'

const read = (lines: readonly string[]) => {
  const state: RunnerLog = {errors: [], warnings: [], masks: [], stopped: undefined}
  return {shown: lines.map(line => readRunnerLine(state, line)).filter(line => line !== undefined), state}
}

test('commands between stop marks are text', () => {
  const {shown, state} = read([
    '::stop-commands::m',
    '::error::not ours',
    '::add-mask::x',
    '::m::',
    '::error::ours%0Asecond',
  ])
  expect(shown).toEqual(['::error::not ours', '::add-mask::x', 'error: ours\nsecond'])
  expect(state.errors).toEqual(['ours\nsecond'])
})

test('masked texts are hidden in the log and in errors', () => {
  const {shown, state} = read(['::add-mask::s3cret', 'token s3cret', '::error::s3cret leaked'])
  expect(shown).toEqual(['token ***', 'error: *** leaked'])
  expect(state.errors).toEqual(['*** leaked'])
})

test('groups are headings, debug lines are left out', () => {
  expect(read(['::group::Plan', 'a', '::endgroup::', '::debug::x', '::warning file=a::careful']).shown).toEqual([
    'Plan',
    'a',
    'warning: careful',
  ])
})

test('warnings are kept', () => {
  expect(read(['::warning file=a::b requires%0Amcp>=1', '::notice::c']).state.warnings).toEqual(['b requires\nmcp>=1'])
})

test('outputs are read in both forms of the runner', () => {
  expect(readOutputs('a=1\nb<<ghadelimiter_x\nline 1\nc=2\nghadelimiter_x\nd=e=f\n')).toEqual({
    a: '1',
    b: 'line 1\nc=2',
    d: 'e=f',
  })
})

test('time in which two tools ran at once counts once', () => {
  const line = (started: number, ended: number) => `${JSON.stringify({program: 'x', started, ended})}\n`
  expect(coveredSeconds(readCalls(line(3000, 3500) + line(0, 1000) + line(500, 2000)))).toBe(2.5)
})
