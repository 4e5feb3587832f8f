import {existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {expect, test} from '@jest/globals'
import {withLock, type LockTiming} from './directory-lock'

const timing: LockTiming = {pollMs: 5, renewMs: 20, staleMs: 200, patienceMs: 5_000}
const newPath = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'deep', 'tool.lock')

test('bodies under one lock never overlap', async () => {
  const path = newPath()
  let inside = 0
  let most = 0
  const body = async () => {
    most = Math.max(most, ++inside)
    await sleep(10)
    inside--
  }
  await Promise.all(Array.from({length: 8}, () => withLock(path, body, timing)))
  expect(most).toBe(1)
  expect(existsSync(path)).toBe(false)
})

test('the lock is free again after a failure', async () => {
  const path = newPath()
  await expect(withLock(path, () => Promise.reject(new Error('broken')), timing)).rejects.toThrow('broken')
  await expect(withLock(path, () => Promise.resolve('done'), timing)).resolves.toBe('done')
})

test('the lock of a dead process is taken over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'))
  const path = join(folder, 'tool.lock')
  writeFileSync(path, '1\n')
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(path, longAgo, longAgo)
  await expect(withLock(path, () => Promise.resolve('done'), timing)).resolves.toBe('done')
})

test('a slow holder keeps its lock', async () => {
  const path = newPath()
  const order: string[] = []
  const slow = withLock(path, () => sleep(600).then(() => order.push('slow')), timing)
  await sleep(20)
  const next = withLock(path, () => Promise.resolve(order.push('next')), timing)
  await Promise.all([slow, next])
  expect(order).toEqual(['slow', 'next'])
})

test('a lock that stays is named after the patience has ended', async () => {
  const path = newPath()
  const holder = withLock(path, () => sleep(400), timing)
  await sleep(20)
  const waiting = withLock(path, () => Promise.resolve(), {...timing, patienceMs: 50})
  await expect(waiting).rejects.toMatchObject({
    code: 'TOOL_LOCKED',
    message: `${path}: still locked after 0.05 s`,
    hint: `Another process prepares the same tool. When none does any more, remove ${path}.`,
  })
  await holder
})

test.each([
  ['the cache', 'cache', 'ENOTDIR'],
  ['the folder of a tool', 'cache/hammer', 'EEXIST'],
])('a file in the place of %s is told at once', async (_, place, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'))
  mkdirSync(join(folder, dirname(place)), {recursive: true})
  writeFileSync(join(folder, place), '')
  const path = join(folder, 'cache/hammer/1.2.3-linux-amd64.lock')
  await expect(withLock(path, () => Promise.resolve(), timing)).rejects.toMatchObject({
    code: 'TOOL_CACHE',
    message: `${dirname(path)}: the tool cache cannot be written (${code})`,
    hint: 'Set RUNNER_TOOL_CACHE to a folder that can be written and has space left.',
  })
})
