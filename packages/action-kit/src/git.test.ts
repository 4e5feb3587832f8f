import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdtempSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {askGit} from './git'
import {realHost} from './real-host'

test('a repository is asked without running what its configuration names', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'git-')))
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, ...args])
  git('init', '--quiet')
  writeFileSync(join(folder, 'a.txt'), '')
  const program = join(folder, '.git/ran.sh')
  writeFileSync(program, `#!/bin/sh\ntouch ${join(folder, '.git/ran')}\n`)
  chmodSync(program, 0o755)
  git('config', 'core.fsmonitor', program)
  const host = realHost({...process.env, GITHUB_WORKSPACE: folder, RUNNER_TEMP: `${folder}-temp`})
  expect(await askGit(host, folder, ['ls-files', '-z', '--others', '--exclude-standard'])).toBe('a.txt\0')
  expect(existsSync(join(folder, '.git/ran'))).toBe(false)
  expect(await askGit(host, folder, ['rev-parse', 'HEAD'])).toBeUndefined()
  // It would have run: git itself asks it.
  git('ls-files', '--others', '--exclude-standard')
  expect(existsSync(join(folder, '.git/ran'))).toBe(true)
})
