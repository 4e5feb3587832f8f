import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {isBuilder, workingToolchains} from './toolchains'

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

/** The variables of a machine on which only this `docker` is installed. */
function onlyDocker(output: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(join(tmpdir(), 'toolchains-'))
  writeFileSync(join(folder, 'answer'), output)
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\nwhile read -r line; do echo "$line"; done <${folder}/answer\n`, {
    mode: 0o755,
  })
  return {PATH: folder}
}

// What buildx 0.20 and docker 28 print where no daemon answers, with the exit code 0.
const dead = `Name:   default
Driver:
Error:  failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running

Nodes:
`
// https://github.com/docker/buildx/blob/master/docs/reference/buildx_inspect.md
const running = `Name:   elated_tesla
Driver: docker-container

Nodes:
Name:      elated_tesla0
Endpoint:  unix:///var/run/docker.sock
Status:    running
Buildkit:  v0.10.3
Platforms: linux/amd64
`

test('a docker without a daemon is no builder, though its command ends without an error', async () => {
  expect(await workingToolchains(onlyDocker(running))).toEqual(['buildx'])
  expect(await workingToolchains(onlyDocker(dead))).toEqual([])
})

test.each([
  ['the driver of docker itself', running.replace('docker-container', 'docker'), true],
  ['a remote BuildKit that does not answer', running.replace(/Status: .*/, 'Status:    inactive'), false],
  // https://github.com/containers/podman/blob/main/cmd/podman/images/buildx_inspect.go
  ['podman under the name of docker', running.replace('docker-container', 'podman'), false],
])('%s', (_, output, expected) => {
  expect(isBuilder(output)).toBe(expected)
})
