import {expect, test} from '@jest/globals'
import {ActionError} from '@mcp-release/action-kit/errors'
import {archiveError, directoryWriter, jsonEntry, ofFile, readZip, unpackTo} from './index'

const remedy = 'Build the file anew, and give it as it was written.'
const empty = {mode: 0o644, kind: 'file', content: Buffer.alloc(0)} as const

test('what a reader finds is told with the name of the file and a remedy', async () => {
  const reading = ofFile('server.zip', () => readZip(Buffer.alloc(0)))
  await expect(reading).rejects.toMatchObject({
    code: 'ARCHIVE',
    message: expect.stringMatching(/^server\.zip: \S.+/),
    hint: expect.stringContaining(remedy),
  })
  const several = ['/a', '../b'].map(name => ({...empty, name}))
  await expect(ofFile('server.zip', () => unpackTo(several, directoryWriter('/nowhere')))).rejects.toMatchObject({
    message: expect.stringMatching(/^server\.zip:\n"\/a" .*\n"\.\.\/b" /),
    hint: `The archive was not unpacked. ${remedy}`,
  })
})

test('what names the file already, and other errors, stay as they are', async () => {
  const own = archiveError('x.tar: index.json is missing')
  await expect(ofFile('x.tar', () => Promise.reject(own))).rejects.toBe(own)
  const other = new ActionError('TOOL', 'pip failed')
  await expect(ofFile('x.tar', () => Promise.reject(other))).rejects.toBe(other)
  await expect(ofFile('x.tar', () => 1)).resolves.toBe(1)
})

test.each([
  ['{', /^package\.json cannot be read: \S/],
  ['null', /^package\.json is no JSON object$/],
])('an entry that should be JSON and is %j is named', (text, message) => {
  expect(() => jsonEntry('package.json', text)).toThrow(
    expect.objectContaining({code: 'ARCHIVE', message: expect.stringMatching(message)}),
  )
  expect(jsonEntry('package.json', '\uFEFF{"a": 1}')).toEqual({a: 1})
})
