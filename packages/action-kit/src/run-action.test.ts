import {readFile, writeFile} from 'node:fs/promises'
import {expect, test} from '@jest/globals'
import {ActionError} from './errors'
import {failureText} from './run-action'

const onLinux = process.platform === 'linux' ? test : test.skip
const caught = (done: Promise<unknown>) => done.catch((error: unknown) => error)

// https://man7.org/linux/man-pages/man4/full.4.html: every write to it fails as to a full disk.
onLinux('a full disk is told as that, and not as a fault of this suite', async () => {
  const error = await caught(writeFile('/dev/full', 'x'))
  expect(failureText('release-plan', error)).toBe(
    'release-plan [SYSTEM]: ENOSPC: no space left on device, write\n' +
      'The disk is full: free space in an earlier step, use a larger runner, or build fewer platforms in one job.',
  )
})

test('what is no fault of the machine is to be reported, with its stack', async () => {
  const missing = await caught(readFile('/no/such/file'))
  for (const error of [missing, new TypeError('x is undefined')]) {
    expect(failureText('release-plan', error)).toMatch(
      /^release-plan \[UNEXPECTED\]: please report this error of mcp-release\n/,
    )
  }
})

// What turns the direction of a line (https://www.unicode.org/reports/tr9/) or moves a terminal's cursor (ECMA-48) is written out.
test('what an error quotes of others cannot change how its line looks', () => {
  const error = new ActionError('VERIFY', '- a\u202eb\u061c\u009b2K\tc\r\n- d\re')
  expect(failureText('mcp-verify', error)).toBe('mcp-verify [VERIFY]:\n- a\\u202eb\\u061c\\x9b2K\tc\n- d\\re')
  expect(failureText('mcp-verify', new TypeError('\u001b[2J\u2066x'))).toContain('\\x1b[2J\\u2066x\n')
})

test('an error has its code, its message and its remedy; a list begins on its own line', () => {
  const error = new ActionError('INPUT', 'files: none', {hint: 'Give files.'})
  expect(failureText('mcp-verify', error)).toBe('mcp-verify [INPUT]: files: none\nGive files.')
  expect(failureText('mcp-verify', new ActionError('VERIFY', '- a\n- b'))).toBe('mcp-verify [VERIFY]:\n- a\n- b')
})
