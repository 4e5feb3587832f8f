import {expect, test} from '@jest/globals'
import type {InputError} from './errors'
import {readInputs} from './inputs'

const contract = {
  action: 'demo',
  inputs: {
    files: {type: 'list', required: true},
    mode: {type: 'enum', values: ['keyless', 'key'], default: 'keyless'},
    'dry-run': {type: 'boolean', default: 'false'},
    limit: {type: 'integer', default: '4'},
    note: {type: 'string'},
  },
  outputs: [],
} as const

test('inputs become typed values under camelCase names, with defaults also for empty texts', () => {
  const read = readInputs(contract, {
    INPUT_FILES: 'a.txt\n   \n# not this\n b c.txt ',
    INPUT_MODE: '',
    'INPUT_DRY-RUN': 'True',
  })
  expect(read).toEqual({files: ['a.txt', 'b c.txt'], mode: 'keyless', dryRun: true, limit: 4, note: undefined})
})

test('one error names every problem with its value', () => {
  const read = () => readInputs(contract, {INPUT_MODE: 'fast', 'INPUT_DRY-RUN': 'yes', INPUT_LIMIT: '-1'})
  expect(read).toThrow()
  try {
    read()
  } catch (error) {
    expect((error as InputError).code).toBe('INPUT')
    expect((error as InputError).problems).toEqual([
      'files: required, but empty',
      'mode: "fast" is none of keyless, key',
      'dry-run: "yes" is neither true nor false',
      'limit: "-1" is not a whole number',
    ])
  }
})
