import {mkdtempSync, realpathSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, jest, test} from '@jest/globals'
import {endedBySignal} from './execute'
import {realHost} from './real-host'
import {pathInWorkspace} from './workspace'

const workspace = () => realpathSync(mkdtempSync(join(tmpdir(), 'host-')))
const hostIn = (folder: string) =>
  realHost({...process.env, GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp'), MY_TOKEN: 'secret'})
const quiet = {quiet: true} as const

test('a program that reads its input gets the end of it at once, or the given text', async () => {
  const host = hostIn(workspace())
  expect((await host.exec(['cat'], quiet)).stdout).toBe('')
  expect((await host.exec(['cat'], {...quiet, input: 'hello'})).stdout).toBe('hello')
})

test('a program that ends before its input is read does no harm', async () => {
  const host = hostIn(workspace())
  for (let at = 0; at < 20; at++) expect((await host.exec(['true'], quiet)).exitCode).toBe(0)
})

test('arguments reach a program as they are, and secrets do not', async () => {
  const host = hostIn(workspace())
  const script = 'console.log(JSON.stringify([process.argv.slice(1), process.env.MY_TOKEN ?? null]))'
  const strange = ['a b', '"; rm -rf /; "', '$HOME', '--x=*', 'ü\n2', '']
  const {stdout} = await host.exec([process.execPath, '-e', script, '--', ...strange], quiet)
  expect(JSON.parse(stdout)).toEqual([strange, null])
})

test('a failing program is an error with its last words, a missing one an error with a hint', async () => {
  const host = hostIn(workspace())
  await expect(host.exec(['ls', '/no/such/file'], quiet)).rejects.toMatchObject({
    code: 'TOOL',
    message: expect.stringContaining('No such file'),
  })
  const git = host.exec(['git', 'no-such-command'], quiet)
  await expect(git).rejects.toThrow(/\/git no-such-command exited with 1:\ngit: 'no-such-command' is not a git command/)
  await expect(host.exec(['no-such-program'], {...quiet, installHint: 'Install it.'})).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: 'no-such-program: no such program on PATH',
    hint: 'Install it.',
  })
  await expect(host.exec(['no-such-program'], quiet)).rejects.toMatchObject({
    hint: 'Install no-such-program and put its folder on PATH.',
  })
})

test('a program that a signal ended is told as that', async () => {
  const host = hostIn(workspace())
  const script = ['sh', '-c', 'echo working >&2; kill -9 $$']
  await expect(host.exec(script, quiet)).rejects.toMatchObject({
    code: 'TOOL',
    message: expect.stringMatching(/^\S+ -c .* was killed by a signal; mostly the memory ran out:\nworking$/),
  })
  expect((await host.exec(script, {...quiet, check: false})).exitCode).toBe(endedBySignal)
  await expect(host.exec(['sh', '-c', 'sh -c "kill -9 \\$\\$"; exit $?'], quiet)).rejects.toThrow(
    / exited with 137 \(what it ran was killed by a signal; mostly the memory ran out\)/,
  )
})

test('a file is whole under its name or not there, and links are not followed when files are found', async () => {
  const folder = workspace()
  const {files} = hostIn(folder)
  await files.write('a/b.txt', 'text')
  symlinkSync('/etc', join(folder, 'a/etc'))
  expect(await files.readText('a/b.txt')).toBe('text')
  expect(await files.list('a')).toEqual(['b.txt', 'etc'])
  expect(await files.find(['**'], {cwd: 'a'})).not.toContain('etc/passwd')
  expect(await files.sha256('a/b.txt')).toBe('982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1')
})

test('a path that leaves the workspace is a problem, also through a link', async () => {
  const folder = workspace()
  const host = hostIn(folder)
  symlinkSync('/etc', join(folder, 'outside'))
  const problems: string[] = []
  await pathInWorkspace(host, {input: 'output', path: 'fine/new.txt'}, problems)
  expect(problems).toEqual([])
  await pathInWorkspace(host, {input: 'output', path: '../x'}, problems)
  await pathInWorkspace(host, {input: 'output', path: 'outside/passwd'}, problems)
  expect(problems).toEqual([
    'output: "../x" lies outside the workspace',
    'output: "outside/passwd" (a link to "/etc/passwd") lies outside the workspace',
  ])
})

test('what a message holds of others cannot change how its line looks, and gives no commands', async () => {
  const host = hostIn(workspace())
  const written: string[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(data => {
    written.push(String(data))
    return true
  })
  const text = 'a\u202eb\u061c\u009b2K\tc\n\r::notice::d'
  try {
    host.info(text)
    host.notice(text)
    host.warning(text)
    await host.group(text, () => Promise.resolve())
  } finally {
    write.mockRestore()
  }
  const shown = String.raw`a\u202eb\u061c\x9b2K` + '\tc'
  const command = `${shown}%0A${String.raw`\r::notice::d`}`
  expect(written.join('').split('\n').filter(Boolean)).toEqual([
    shown,
    String.raw`\r::notice::d`,
    `::notice::${command}`,
    `::warning::${command}`,
    `::group::${command}`,
    '::endgroup::',
  ])
})
