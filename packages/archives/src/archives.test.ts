import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type ArchiveFile, readTar, readZip, tar, tarGz, tarNames, zip} from './index'

const time = 1_700_000_001
const text = (content: string) => Buffer.from(content)
const long = `${'folder/'.repeat(20)}${'n'.repeat(90)}.txt`
const longer = `${'d'.repeat(160)}/${'n'.repeat(120)}`
const files: ArchiveFile[] = [
  {name: 'zebra', mode: 0o755, content: text('#!/bin/sh\necho zebra\n')},
  {name: 'Größe.md', mode: 0o644, content: text('umlaut')},
  {name: long, mode: 0o644, content: text('prefix')},
  {name: longer, mode: 0o644, content: text('pax')},
  {name: 'empty', mode: 0o644, content: text('')},
  {name: 'big', mode: 0o644, content: Buffer.alloc(100_000, 'ab')},
]
// Large enough to be compressed in several pieces; text that compresses well and bytes that do not, in turns.
const huge: ArchiveFile = {name: 'huge', mode: 0o644, content: mixed(1_700_000)}
const names = ['Größe.md', 'big', longer, 'empty', long, 'zebra']

function mixed(size: number): Buffer {
  const noise = createHash('shake256', {outputLength: 1000}).update('seed').digest()
  return Buffer.concat(
    Array.from({length: Math.ceil(size / 4000)}, () => [Buffer.alloc(3000, 'ab'), noise]).flat(),
    size,
  )
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function saved(name: string, bytes: Uint8Array): {readonly file: string; readonly folder: string} {
  const folder = mkdtempSync(join(tmpdir(), 'archives-'))
  writeFileSync(join(folder, name), bytes)
  return {file: join(folder, name), folder}
}

const run = (program: string, args: string[], cwd?: string) =>
  execFileSync(program, args, {
    encoding: 'utf8',
    env: {...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8'},
    ...(cwd ? {cwd} : {}),
  })

test('the same entries give these very bytes, whatever their order', () => {
  const reversed = files.toReversed()
  expect(sha256(tarGz(files, {time}))).toBe(sha256(tarGz(reversed, {time})))
  expect(sha256(zip(files, {time}))).toBe(sha256(zip(reversed, {time})))
  const one: ArchiveFile[] = [{name: 'a', mode: 0o644, content: text('hello hello hello hello')}]
  // Fixed here so that another machine, Node or time zone that gives other bytes is found out.
  expect(sha256(tarGz(one, {time}))).toBe('7aa2951be38287fb8c2b3ca958257789c9ea3a20f6d93c2650b80971a60f42fe')
  expect(sha256(zip(one, {time}))).toBe('cddc465e7ff7abdf01aa6cba25b269355f464b734dba38948aeaecaef2693b43')
  expect(sha256(zip([huge], {time}))).toBe('6bdd32eeac26aad018819baef59209ddc62fb92647acd26562eef9b643595b25')
})

test('tar unpacks what was packed, with modes, time and owner 0', () => {
  const {file, folder} = saved('a.tar.gz', tarGz([...files, huge], {time}))
  const listing = run('tar', ['--numeric-owner', '--full-time', '-tvzf', file])
  expect(listing.split('\n')[1]).toMatch(/^-rw-r--r-- 0\/0 +100000 2023-11-14 22:13:21 big$/)
  run('tar', ['-xzf', file, '-C', folder])
  for (const {name, content, mode} of [...files, huge]) {
    expect(readFileSync(join(folder, name)).equals(content)).toBe(true)
    expect(statSync(join(folder, name)).mode & 0o111).toBe(mode & 0o111)
  }
})

test('unzip and Python read the zip file', () => {
  const {file, folder} = saved('a.zip', zip([...files, huge], {time}))
  run('unzip', ['-q', file], folder)
  for (const {name, content, mode} of [...files, huge]) {
    expect(readFileSync(join(folder, name)).equals(content)).toBe(true)
    expect(statSync(join(folder, name)).mode & 0o111).toBe(mode & 0o111)
  }
  const script =
    'import sys, zipfile, json; z = zipfile.ZipFile(sys.argv[1]); print(json.dumps([z.testzip(), z.namelist(), z.infolist()[1].date_time]))'
  expect(JSON.parse(run('python3', ['-c', script, file]))).toEqual([
    null,
    names.toSpliced(-1, 0, 'huge'),
    [2023, 11, 14, 22, 13, 20],
  ])
})

test('the readers give back what the writers took', async () => {
  const expected = names.map(name => files.find(file => file.name === name))
  const read = [readZip(zip(files, {time})), await readTar(tar(files, {time})), await readTar(tarGz(files, {time}))]
  for (const entries of read) {
    expect(entries).toEqual(expected.map(file => ({...file, kind: 'file', content: file?.content})))
  }
})

test('a tar file by GNU tar with long names, folders and links is read', async () => {
  const {folder} = saved('x', text('x'))
  run('mkdir', ['-p', join(folder, 'in', longer, '..')])
  writeFileSync(join(folder, 'in', longer), 'long', {mode: 0o755})
  run('ln', ['-s', 'target', join(folder, 'in/link')])
  run('ln', [join(folder, 'in', longer), join(folder, 'in/same')])
  run('tar', ['--format=gnu', '--sort=name', '-czf', 'gnu.tgz', '-C', 'in', '.'], folder)
  const entries = await readTar(readFileSync(join(folder, 'gnu.tgz')))
  const brief = entries.map(({name, kind, linkTarget, content}) => [name, kind, linkTarget, content.toString()])
  expect(brief).toEqual([
    ['d'.repeat(160), 'directory', undefined, ''],
    [longer, 'file', undefined, 'long'],
    ['link', 'link', 'target', ''],
    ['same', 'file', undefined, 'long'],
  ])
})

test('a zip file by Python with folders and a link is read', () => {
  const {file} = saved('p.zip', text(''))
  const script = [
    'import sys, zipfile, stat',
    'z = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)',
    'z.writestr("d/", b""); z.writestr("d/f.txt", b"content " * 9)',
    'i = zipfile.ZipInfo("l"); i.create_system = 3; i.external_attr = (stat.S_IFLNK | 0o777) << 16; z.writestr(i, "d/f.txt")',
    'z.close()',
  ].join('\n')
  run('python3', ['-c', script, file])
  const brief = readZip(readFileSync(file)).map(({name, kind, linkTarget}) => [name, kind, linkTarget])
  expect(brief).toEqual([
    ['d', 'directory', undefined],
    ['d/f.txt', 'file', undefined],
    ['l', 'link', 'd/f.txt'],
  ])
})

test('a large tar file is listed with the contents of its small files only', async () => {
  const {file} = saved('a.tar', tar(files, {time}))
  const listed = await tarNames(file, {contentUpTo: 10})
  expect(listed.map(({name}) => name)).toEqual(names)
  expect(listed.find(({name}) => name === 'big')).toEqual({name: 'big', size: 100_000})
  expect(listed.find(({name}) => name === longer)?.content?.toString()).toBe('pax')
  await expect(tarNames(file, {entries: 3})).rejects.toMatchObject({code: 'ARCHIVE'})
})
