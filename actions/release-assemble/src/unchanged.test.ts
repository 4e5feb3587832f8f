import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import type {Host} from '@mcp-release/action-kit'
import {main} from './main'
import {archive, handOverAll, inputs as common, machineIn, plan, tarball} from './testing/release'

const machine = () => machineIn(mkdtempSync(join(tmpdir(), 'release-assemble-')), process.env)

/** Sealed files, and the digest of their seal. */
async function sealed(): Promise<{readonly host: Host; readonly sha256: string}> {
  const host = await machine()
  await handOverAll(host)
  const {sha256} = await main({...common, stage: 'sealed'}, host)
  return {host, sha256}
}

/** Complete files, and the digest of their SHA256SUMS. */
async function complete(): Promise<{readonly host: Host; readonly sha256: string}> {
  const {host, sha256: seal} = await sealed()
  await host.files.write(`files/${tarball}.spdx.json`, '{}')
  const {sha256} = await main({...common, stage: 'complete', sha256: seal}, host)
  return {host, sha256}
}

const unsigned = {...common, stage: 'unchanged' as const, seal: undefined}

test('unchanged files name what is to be signed, and all of them once they are', async () => {
  const {host, sha256} = await complete()
  const found = await main({...unsigned, sha256}, host)
  expect(found.subjects.split('\n').map(path => path.replace(/.*\//, ''))).toEqual([tarball, 'SHA256SUMS'])
  for (const {name, kind} of plan.artifacts)
    if (kind === 'signature') await host.files.write(`signatures/${name}`, '{}')
  const all = await main({...unsigned, sha256, signatures: 'signatures'}, host)
  expect(all.files.split('\n').sort()).toEqual(plan.artifacts.map(({name}) => name).sort())
  expect(all.paths.split('\n').map(path => path.split('/').slice(-2).join('/'))).toEqual([
    ...found.files.split('\n').map(name => `files/${name}`),
    ...plan.artifacts.flatMap(({name, kind}) => (kind === 'signature' ? [`signatures/${name}`] : [])).sort(),
  ])
})

test('a manifest and checksums are made of sealed files alone', async () => {
  const {host, sha256} = await sealed()
  const write = (name: string) => host.files.write(`files/${name}`, 'other')
  await write(`${tarball}.spdx.json`)
  await write(archive)
  await expect(main({...common, stage: 'complete', sha256}, host)).rejects.toMatchObject({
    code: 'INCOMPLETE',
    message: expect.stringContaining(`${archive}: sha256 is`),
  })
  await expect(main({...common, stage: 'complete', sha256: '0'.repeat(64)}, host)).rejects.toMatchObject({
    message: expect.stringContaining('seal: sha256 is'),
  })
  await host.files.write('plan.json', JSON.stringify({...plan, name: 'other'}))
  await expect(main({...common, stage: 'complete', sha256}, host)).rejects.toMatchObject({
    message: expect.stringContaining('seal: belongs to another plan'),
  })
})

test('the sealed files stay where they are, and a release is made of a copy', async () => {
  const {host, sha256} = await sealed()
  const own = {...common, stage: 'complete' as const, sha256, directory: 'release', sealed: 'files'}
  await host.files.write(`release/${tarball}.spdx.json`, '{}')
  const before = await host.files.list('files')
  const {files} = await main(own, host)
  expect(files.split('\n')).toEqual(
    plan.artifacts
      .flatMap(({name, kind}) => (kind === 'signature' ? [] : [name]))
      .sort((one, other) =>
        // The checksums come last.
        one === 'SHA256SUMS' ? 1 : other === 'SHA256SUMS' ? -1 : one < other ? -1 : 1,
      ),
  )
  expect(await host.files.list('files')).toEqual(before)
  await host.files.write('files/more.tgz', '')
  await expect(main(own, host)).rejects.toMatchObject({
    message: expect.stringContaining('more.tgz: is there, but was not handed over'),
  })
})

const changes: Readonly<Record<string, readonly [change: (host: Host) => Promise<void>, problem: string]>> = {
  'a file more': [host => host.files.write('files/more.tgz', ''), 'more.tgz: is there, but was not handed over'],
  'a file less': [host => host.files.remove(`files/${archive}`), `${archive}: was handed over, and is not there`],
  'other bytes': [host => host.files.write(`files/${archive}`, 'x'), `${archive}: sha256 is`],
}

test.each(Object.entries(changes))('%s among sealed files is told', async (_, [change, problem]) => {
  const {host, sha256} = await sealed()
  await expect(main({...common, stage: 'unchanged', sha256}, host)).resolves.toMatchObject({subjects: ''})
  await change(host)
  await expect(main({...common, stage: 'unchanged', sha256}, host)).rejects.toMatchObject({
    code: 'INCOMPLETE',
    message: expect.stringContaining(problem),
  })
})

const later: typeof changes = {
  ...changes,
  'a signature that nobody made here': [
    host => host.files.write(`files/${tarball}.sigstore.json`, '{}'),
    `${tarball}.sigstore.json: is there, but was not handed over`,
  ],
  'a file more, listed': [
    async host => {
      const sums = await host.files.readText('files/SHA256SUMS')
      await host.files.write('files/SHA256SUMS', `${sums}${'a'.repeat(64)}  z.tgz\n`)
    },
    'SHA256SUMS: sha256 is',
  ],
}

test.each(Object.entries(later))('%s among complete files is told', async (_, [change, problem]) => {
  const {host, sha256} = await complete()
  await change(host)
  await expect(main({...unsigned, sha256}, host)).rejects.toMatchObject({
    code: 'INCOMPLETE',
    message: expect.stringContaining(problem),
  })
})

test('a missing and a foreign signature among signed files are told', async () => {
  const {host, sha256} = await complete()
  await host.files.write(`signatures/${tarball}.sigstore.json`, '{}')
  await host.files.write('signatures/other.sigstore.json', '{}')
  await expect(main({...unsigned, sha256, signatures: 'signatures'}, host)).rejects.toMatchObject({
    message: [
      '- other.sigstore.json: is among the signatures, but the plan has no such file',
      '- SHA256SUMS.sigstore.json: planned, but no step made it',
    ].join('\n'),
  })
})

test('a name that SHA256SUMS lists twice is refused', async () => {
  const {host} = await complete()
  const text = await host.files.readText('files/SHA256SUMS')
  await host.files.write('files/SHA256SUMS', `${'0'.repeat(64)}  ${tarball}\n${text}`)
  await expect(main(unsigned, host)).rejects.toThrow(`SHA256SUMS: lists ${tarball} twice`)
})
