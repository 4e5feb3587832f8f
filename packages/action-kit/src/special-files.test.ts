import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {findFiles} from './find-files'
import {FakeHost} from './testing/fake-host'
import {outputInWorkspace} from './workspace'

const onPosix = process.platform === 'win32' ? test.skip : test

onPosix(
  'links and whatever else is no plain file are problems where a pattern means them, and are never opened',
  async () => {
    const host = new FakeHost()
    const at = (path: string) => join(host.workspace, path)
    mkdirSync(at('built/folder.whl'), {recursive: true})
    mkdirSync(at('elsewhere'))
    writeFileSync(at('built/a.whl'), '')
    symlinkSync('a.whl', at('built/link.whl'))
    symlinkSync('/dev/zero', at('built/zero.whl'))
    symlinkSync('nowhere', at('built/gone.whl'))
    symlinkSync('../elsewhere', at('built/other.whl'))
    execFileSync('mkfifo', [at('built/pipe.whl'), at('elsewhere/pipe.whl')])
    const problems: string[] = []
    expect(await findFiles(host, {input: 'files', patterns: ['built/*.whl']}, problems)).toEqual([at('built/a.whl')])
    const words = 'is a link or no plain file: name the file itself, or leave it out'
    expect(problems).toEqual(
      ['gone', 'link', 'other', 'pipe', 'zero'].map(name => `files: "built/${name}.whl" ${words}`),
    )
    const none: string[] = []
    const exclude = ['built/{gone,link,other,pipe,zero}.whl']
    expect(await findFiles(host, {input: 'files', patterns: ['built/*', '**/a.*'], exclude}, none)).toHaveLength(1)
    expect(none).toEqual([])
  },
)

onPosix('what a program closed to its owner is removed all the same, and nothing that links name', async () => {
  const host = new FakeHost()
  const at = (path: string) => join(host.workspace, path)
  mkdirSync(at('folder/closed/inner'), {recursive: true})
  mkdirSync(at('kept'))
  writeFileSync(at('folder/closed/inner/file'), '')
  symlinkSync(at('kept'), at('folder/closed/link'))
  for (const path of ['folder/closed/inner', 'folder/closed', 'kept']) chmodSync(at(path), 0o500)
  chmodSync(at('folder/closed/inner'), 0)
  await host.files.remove('folder')
  expect(await host.files.list('.')).toEqual(['kept'])
  expect((await host.files.stat('kept'))?.mode).toBe(0o500)
})

onPosix('a file that cannot be written where it is wanted is found before', async () => {
  const host = new FakeHost()
  mkdirSync(join(host.workspace, 'folder'))
  writeFileSync(join(host.workspace, 'file'), '')
  const problems: string[] = []
  for (const path of ['folder', 'file/report.json', 'file/a/report.json', 'new/a/report.json', 'file', '../out'])
    await outputInWorkspace(host, {input: 'report', path}, problems)
  const below = `lies below ${join(host.workspace, 'file')}, which is no folder`
  expect(problems).toEqual([
    'report: "folder" is a folder; name a file',
    `report: "file/report.json" ${below}`,
    `report: "file/a/report.json" ${below}`,
    'report: "../out" lies outside the workspace',
  ])
})
