import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {workingToolchains} from './toolchains'

/** The variables of a machine on which only this `python3` is installed. */
function onlyPython(script: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'toolchains-'))
  writeFileSync(join(folder, 'python3'), `#!/bin/sh\n${script}\n`, {mode: 0o755})
  return {PATH: folder}
}

test('a Python counts with the pip that it brings, or with a recent one beside it', async () => {
  expect(await workingToolchains(onlyPython('exit 0'))).toEqual(['python'])
  expect(await workingToolchains(onlyPython('case "$2" in *ensurepip*) exit 1 ;; esac'))).toEqual(['python'])
})

test('a Python that can make no environment does not count', async () => {
  expect(await workingToolchains(onlyPython('exit 1'))).toEqual([])
})
