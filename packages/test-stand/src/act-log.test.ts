import {expect, test} from '@jest/globals'
import {readActLog} from './act-log'

const entry = (value: object): string => JSON.stringify({level: 'info', ...value})
const leg = {job: 'release.yml/build-1', jobID: 'build', matrix: {id: 'wheel', runner: 'x'}}

test('results are by job, and by leg where a matrix made several', () => {
  const log = readActLog(
    [
      entry({job: 'a', jobID: 'plan', jobResult: 'success', msg: 'Job succeeded'}),
      entry({...leg, jobResult: 'failure', msg: 'Job failed'}),
      entry({...leg, step: 'Build', stepResult: 'failure', msg: 'Failure'}),
    ].join('\n'),
  )
  expect(log.jobs).toEqual({plan: 'success', 'build (wheel)': 'failure'})
  expect(log.steps).toEqual([{job: 'build (wheel)', step: 'Build', result: 'failure'}])
})

test('annotations keep level, file and message; other commands are none', () => {
  const log = readActLog(
    [
      entry({...leg, command: 'error', arg: 'two\nlines', kvPairs: {file: 'a.py', title: 'T'}, msg: 'x'}),
      entry({...leg, command: 'warning', arg: 'careful', msg: 'x'}),
      entry({...leg, command: 'set-output', arg: 'value', name: 'n', msg: 'x'}),
    ].join('\n'),
  )
  expect(log.annotations).toEqual([
    {level: 'error', message: 'two\nlines', file: 'a.py', title: 'T', job: 'build (wheel)'},
    {level: 'warning', message: 'careful', job: 'build (wheel)'},
  ])
})

test('the text has what a reader wants, also lines that are no entries', () => {
  const log = readActLog(
    [
      'fatal error: concurrent map writes',
      entry({jobID: 'plan', msg: 'hello\n'}),
      entry({jobID: 'plan', msg: 'LocalRepositoryCache matched x'}),
      '{"cut off',
    ].join('\n'),
  )
  expect(log.text).toBe('fatal error: concurrent map writes\n[plan] hello\n{"cut off\n')
})

test('step summaries come in order', () => {
  const summary = (content: string): string => entry({jobID: 'plan', command: 'summary', content, msg: 'x'})
  expect(readActLog([summary('# One'), summary(''), summary('# Two')].join('\n')).summaries).toEqual(['# One', '# Two'])
})
