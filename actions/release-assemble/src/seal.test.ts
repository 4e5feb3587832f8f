import {execFileSync} from 'node:child_process'
import {mkdtempSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {tmpdir} from 'node:os'
import {expect, test} from '@jest/globals'
import type {Host} from '@mcp-release/action-kit'
import {formatFragment} from '@mcp-release/release-model'
import {main} from './main'
import {
  archive,
  elf,
  handOver,
  handOverAll,
  inputs as common,
  machineIn,
  packed,
  plan,
  tarball,
} from './testing/release'

const machine = () => machineIn(mkdtempSync(join(tmpdir(), 'release-assemble-')), process.env)

const inputs = {...common, stage: 'sealed' as const, directory: 'sealed'}

test('what every job hands over is sealed, with its digests and what it is', async () => {
  const host = await machine()
  await handOverAll(host)
  const {files, sha256} = await main(inputs, host)
  expect(files.split('\n')).toEqual([tarball, archive])
  expect(sha256).toBe(await host.files.sha256('seal.json'))
  expect(await host.files.list('sealed')).toEqual([tarball, archive].sort())
  expect(JSON.parse(await host.files.readText('seal.json'))).toEqual({
    schemaVersion: 1,
    plan: await host.files.sha256('plan.json'),
    commit: plan.commit,
    files: [
      {
        name: tarball,
        kind: 'npm-package',
        job: 'npm',
        size: expect.any(Number),
        sha256: await host.files.sha256(`sealed/${tarball}`),
      },
      {
        name: archive,
        kind: 'archive',
        platform: 'linux/amd64',
        job: 'go',
        size: expect.any(Number),
        sha256: await host.files.sha256(`sealed/${archive}`),
      },
    ],
  })
  // The same files give the same seal.
  const again = await main({...inputs, directory: 'again', seal: 'again.json'}, host)
  expect(again.sha256).toBe(sha256)
})

const other = packed({'package/package.json': '{"other": 1}'})

// What a build job, or what it leaves running, could hand over in place of its own files.
const tampered: Readonly<Record<string, readonly [tamper: (host: Host) => Promise<void> | void, problem: string]>> = {
  'a file of another job, with its fragment': [
    host => handOver(host, 'go', {[archive]: packed({demo: elf(62)}), [tarball]: other}),
    `${tarball}: the fragment of job go speaks of it, but it is not one of its files`,
  ],
  'a file of another job alone': [
    host => host.files.write(`handovers/built-go/files/${tarball}`, other),
    `${tarball}: is there, but the plan has no such file`,
  ],
  'a file that nobody planned': [
    host => host.files.write('handovers/built-go/files/extra.sh', 'x'),
    'extra.sh: is there, but the plan has no such file',
  ],
  'a file that was changed afterwards': [
    host => host.files.write(`handovers/built-npm/files/${tarball}`, other),
    `${tarball}: sha256 is`,
  ],
  'a job that is not planned': [
    host => handOver(host, 'other', {}),
    '"built-other": is handed over, but the plan has no such job',
  ],
  'a fragment beside that of the job': [
    host => host.files.write('handovers/built-npm/go.json', formatFragment([])),
    'built-npm: holds "go.json"',
  ],
  'no fragment': [host => host.files.remove('handovers/built-npm/fragment.json'), 'built-npm: has no fragment.json'],
  'a fragment that cannot be read': [
    host => host.files.write('handovers/built-npm/fragment.json', '{'),
    'built-npm/fragment.json: is not valid JSON',
  ],
  'no hand-over': [host => host.files.remove('handovers/built-go'), `${archive}: planned, but job go did not make it`],
  'a file that is said to be left out': [
    async host => {
      await host.files.remove(`handovers/built-npm/files/${tarball}`)
      await host.files.write('handovers/built-npm/fragment.json', formatFragment([], [{name: tarball, reason: 'why'}]))
    },
    `${tarball}: could not be made (why), and must not be left out`,
  ],
  'a link': [
    async host => {
      await host.files.remove(`handovers/built-npm/files/${tarball}`)
      symlinkSync('/dev/null', join(host.workspace, `handovers/built-npm/files/${tarball}`))
    },
    `${tarball}" is a link, not a file`,
  ],
  'a folder': [host => host.files.makeDirectory('handovers/built-npm/files/folder'), 'folder" is a folder, not a file'],
  'a named pipe': [
    host => void execFileSync('mkfifo', [join(host.workspace, 'handovers/built-npm/files/pipe')]),
    'pipe" is a special file, not a file',
  ],
  'another kind of file': [
    host => handOver(host, 'npm', {[tarball]: packed({'demo-1.0.0/PKG-INFO': ''})}),
    `${tarball}: is planned as npm-package, but holds no package.json`,
  ],
  'a file that is no archive': [
    host => handOver(host, 'npm', {[tarball]: Buffer.from('no archive')}),
    `${tarball}: cannot be read`,
  ],
  'an executable for another platform': [
    host => handOver(host, 'go', {[archive]: packed({demo: elf(183)})}),
    `${archive}: is planned for linux/amd64, but its executable is for linux/arm64`,
  ],
  'an archive without an executable': [
    host => handOver(host, 'go', {[archive]: packed({demo: '#!/bin/sh\n'})}),
    `${archive}: holds no executable`,
  ],
}

test.each(Object.entries(tampered))('%s is not sealed', async (_, [tamper, problem]) => {
  const host = await machine()
  await handOverAll(host)
  await tamper(host)
  await expect(main(inputs, host)).rejects.toMatchObject({message: expect.stringContaining(problem)})
  expect(await host.files.list('sealed')).toEqual([])
  expect(await host.files.stat('seal.json')).toBeUndefined()
})

test('sealed files go into an empty folder', async () => {
  const host = await machine()
  await handOverAll(host)
  await host.files.write('sealed/old.tgz', '')
  await expect(main(inputs, host)).rejects.toMatchObject({code: 'INPUT', message: expect.stringContaining('"old.tgz"')})
})
