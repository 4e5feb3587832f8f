import {mkdtempSync, readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {traced} from './trace'

test('a wait for a program is told with its begin and end, also when it fails', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trace-')), 'trace')
  const env = {MCP_RELEASE_TRACE: file}
  const before = Date.now()
  expect(await traced(env, 'server.tgz', () => Promise.resolve('answer'))).toBe('answer')
  await expect(traced(env, 'cosign', () => Promise.reject(new Error('no key')))).rejects.toThrow('no key')
  const calls = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as {program: string; started: number; ended: number})
  expect(calls.map(({program}) => program)).toEqual(['server.tgz', 'cosign'])
  for (const {started, ended} of calls) {
    expect(started).toBeGreaterThanOrEqual(before)
    expect(ended).toBeGreaterThanOrEqual(started)
    expect(ended).toBeLessThanOrEqual(Date.now())
  }
})

test('outside of a snapshot nothing is told', async () => {
  expect(await traced({}, 'syft', () => Promise.resolve(1))).toBe(1)
  expect(await traced({MCP_RELEASE_TRACE: ''}, 'syft', () => Promise.resolve(2))).toBe(2)
})
