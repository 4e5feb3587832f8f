import {mkdtemp, readFile} from 'node:fs/promises'
import {existsSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {expect, test} from '@jest/globals'
import {runAct} from './act-process'

const env = {PATH: process.env['PATH'] ?? ''}
const onLinux = existsSync('/proc/self/environ') ? test : test.skip

/** Starts a sleeper in a session of its own, as a step under a terminal has, and writes its pid into the file. */
const leave = (file: string, then: string): readonly string[] => [
  process.execPath,
  '-e',
  `const sleeper = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], {detached: true, stdio: 'ignore'})
   sleeper.unref(); require('node:fs').writeFileSync(${JSON.stringify(file)}, String(sleeper.pid)); ${then}`,
]

async function ended(file: string): Promise<boolean> {
  const pid = (await readFile(file, 'utf8')).trim()
  for (let attempt = 0; attempt < 100; attempt += 1) {
    // A killed process stays as a zombie until it is waited for.
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State:\tgone')
    if (/^State:\s+(Z|X|gone)/m.test(status)) return true
    await sleep(20)
  }
  return false
}

test('exit code and both outputs are told', async () => {
  const script = 'console.log("out"); console.error("err"); process.exit(3)'
  const exit = await runAct({argv: [process.execPath, '-e', script], env, timeoutMilliseconds: 10_000})
  expect(exit).toMatchObject({exitCode: 3, timedOut: false})
  expect(exit.output.split('\n').sort()).toEqual(['', 'err', 'out'])
})

onLinux('what a step leaves behind in a session of its own is ended', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'act-process-')), 'pid')
  const exit = await runAct({argv: leave(file, ''), env, timeoutMilliseconds: 10_000})
  expect(exit.exitCode).toBe(0)
  expect(await ended(file)).toBe(true)
})

onLinux('a run that takes too long is ended with all that it started', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'act-process-')), 'pid')
  const exit = await runAct({argv: leave(file, 'setTimeout(() => {}, 60000)'), env, timeoutMilliseconds: 2500})
  expect(exit).toMatchObject({exitCode: null, timedOut: true})
  expect(await ended(file)).toBe(true)
})

test('a program that is not there is an error', async () => {
  const argv = [join(tmpdir(), 'no-such-act')]
  await expect(runAct({argv, env, timeoutMilliseconds: 1000})).rejects.toThrow('ENOENT')
})
