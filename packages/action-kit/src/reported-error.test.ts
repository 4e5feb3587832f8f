import {mkdtempSync, readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {ActionError, InputError} from './errors'
import {errorFileVariable, readReportedError, reportError} from './reported-error'

const file = join(mkdtempSync(join(tmpdir(), 'reported-error-')), 'error')

test.each([
  new ActionError('TOOLCHAIN', 'go: is not here\n- [INPUT]: not a code', {hint: 'Install it.'}),
  new InputError(['a', 'b']),
])('%s is the same for the program that started the action', async error => {
  await reportError({[errorFileVariable]: file}, error)
  const read = readReportedError(readFileSync(file, 'utf8'))
  expect(read).toBeInstanceOf(ActionError)
  expect(read).toMatchObject({code: error.code, message: error.message, hint: error.hint})
})

test('nobody reads, nothing is written; and what no version knows is no error of ours', async () => {
  await reportError({}, new ActionError('INPUT', 'x'))
  expect(readReportedError('')).toBeUndefined()
  expect(readReportedError('{"code": "LATER", "message": "x"}')).toBeUndefined()
})
