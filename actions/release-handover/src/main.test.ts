import {execFileSync} from 'node:child_process'
import {mkdtempSync, renameSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {main} from './main'

const common = {handovers: 'handovers', handover: undefined, expected: []}
const content = {
  'release-plan': {'release-plan.json': '{}', 'CHANGELOG.md': '# 1.0.0'},
  sealed: {'files/a.tgz': 'a', 'files/SHA256SUMS': 'sums', 'seal.json': '{}'},
}

let workspace: string
let host: Host
let expected: readonly string[]

function machine(run: string): Host {
  const env = {GITHUB_REPOSITORY: 'some/server', GITHUB_RUN_ID: run}
  return realHost({GITHUB_WORKSPACE: workspace, RUNNER_TEMP: `${workspace}-temp`, ...env})
}

const seal = async (name: string, on = host) => {
  const {sha256} = await main({...common, mode: 'seal', handover: name}, on)
  return `${name} ${sha256}`
}
const open = (lines = expected) => main({...common, mode: 'open', expected: lines}, host)
const at = (path: string) => join(workspace, 'handovers', path)

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'release-handover-'))
  host = machine('7')
  for (const [name, files] of Object.entries(content)) {
    for (const [path, text] of Object.entries(files)) await host.files.write(at(`${name}/${path}`), text)
  }
  expected = [await seal('release-plan'), await seal('sealed')]
})

test('what was sealed is opened, also by a job that is run again', async () => {
  await expect(open()).resolves.toEqual({sha256: ''})
  expect([await seal('release-plan'), await seal('sealed')]).toEqual(expected)
})

const faults: Readonly<Record<string, readonly [change: () => unknown, problems: readonly (RegExp | string)[]]>> = {
  'a changed plan': [
    () => host.files.write(at('release-plan/release-plan.json'), '{"other": 1}'),
    [/^- release-plan: "release-plan.json" has sha256 \w{64}, and \w{64} was sealed$/],
  ],
  'a changed file': [
    () => host.files.write(at('sealed/files/a.tgz'), 'b'),
    [/^- sealed: "files\/a.tgz" has sha256 \w{64}, and \w{64} was sealed$/],
  ],
  'a missing file': [
    () => host.files.remove(at('sealed/files/a.tgz')),
    [/^- sealed: "files\/a.tgz" was sealed, and is not there$/],
  ],
  'an added file': [
    () => host.files.write(at('sealed/files/more.tgz'), ''),
    [/^- sealed: "files\/more.tgz" is there, and was not sealed$/],
  ],
  'a renamed file': [
    () => {
      renameSync(at('sealed/files/a.tgz'), at('sealed/files/b.tgz'))
    },
    ['- sealed: "files/a.tgz" is called "files/b.tgz" now'],
  ],
  'a changed checksum file': [
    () => host.files.write(at('sealed/files/SHA256SUMS'), 'other'),
    [/^- sealed: "files\/SHA256SUMS" has sha256/],
  ],
  'a changed list of files': [
    async () => {
      const text = await host.files.readText(at('sealed/handover.json'))
      await host.files.write(at('sealed/files/a.tgz'), 'b')
      await seal('sealed')
      expect(await host.files.readText(at('sealed/handover.json'))).not.toBe(text)
    },
    [/^- sealed: the list of its files has sha256 \w{64}, and \w{64} was sealed$/],
  ],
  'an artifact of another run': [
    () => seal('sealed', machine('8')),
    [/^- sealed: was sealed for run 8, and this is 7$/, /^- sealed: the list of its files has sha256/],
  ],
  'one hand-over in place of another': [
    async () => {
      await host.files.remove(at('sealed'))
      renameSync(at('release-plan'), at('sealed'))
      await host.files.write(at('release-plan/x'), '')
    },
    [
      /^- release-plan: is not there, or was not sealed \(handover.json\)$/,
      /^- sealed: was sealed for name release-plan, and this is sealed$/,
      /^- sealed: the list of its files has sha256/,
    ],
  ],
  'a link in place of a file': [
    async () => {
      await host.files.remove(at('sealed/files/a.tgz'))
      symlinkSync('/dev/null', at('sealed/files/a.tgz'))
    },
    [/^- sealed: "files\/a.tgz" is a link$/, /^- sealed: "files\/a.tgz" was sealed, and is not there$/],
  ],
  'a FIFO': [
    () => {
      execFileSync('mkfifo', [at('sealed/files/fifo')])
    },
    [/^- sealed: "files\/fifo" is a special file$/],
  ],
  'a list of files that is none': [
    () => host.files.write(at('sealed/handover.json'), '[]'),
    [/^- sealed: handover.json: \(root\): /],
  ],
  'everything at once': [
    async () => {
      await host.files.write(at('release-plan/CHANGELOG.md'), '')
      await host.files.remove(at('sealed'))
    },
    [/^- release-plan: "CHANGELOG.md" has sha256/, /^- sealed: is not there/],
  ],
}

test.each(Object.entries(faults))('%s is told, and nothing is opened', async (_, [change, problems]) => {
  await change()
  const error = await open().catch((reason: unknown) => reason as Error & {code: string})
  expect(error).toMatchObject({code: 'HANDOVER'})
  const lines = (error as Error).message.split('\n')
  expect(lines).toEqual(
    problems.map(problem => (typeof problem === 'string' ? problem : expect.stringMatching(problem))),
  )
})

test('all wrong inputs are told at once', async () => {
  await expect(open([])).rejects.toMatchObject({problems: [expect.stringContaining('expected: names no hand-over')]})
  await expect(open(['sealed', '../x ' + 'a'.repeat(64)])).rejects.toMatchObject({
    problems: [
      expect.stringContaining('expected: "sealed" is not a name and a sha256'),
      expect.stringContaining('expected: "../x aaaa'),
    ],
  })
  await expect(main({...common, mode: 'seal', handover: 'none'}, host)).rejects.toMatchObject({
    problems: ['handover: there is no folder "none" in "handovers"'],
  })
  await expect(main({...common, mode: 'seal'}, host)).rejects.toMatchObject({
    problems: [expect.stringContaining('handover: "" is not the name of a folder')],
  })
})

test('a hand-over with a link, or without a file, is not sealed', async () => {
  symlinkSync('a.tgz', at('sealed/files/link'))
  await expect(seal('sealed')).rejects.toThrow('sealed: "files/link" is a link')
  await host.files.makeDirectory(at('empty'))
  await expect(seal('empty')).rejects.toThrow('empty: holds no file')
})
