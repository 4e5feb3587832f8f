import {execFileSync} from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {expect, test} from '@jest/globals'
import {tagCopy} from './copy-repository'
import {copySource} from './copy-source'
import {readSource} from './source'
import type {Call} from './trace'

const folder = () => realpathSync(mkdtempSync(join(tmpdir(), 'source-test-')))
const identity = [
  '-c',
  'user.name=Ada',
  '-c',
  'user.email=ada@example.org',
  '-c',
  'protocol.file.allow=always',
  '-c',
  'commit.gpgSign=false',
]
const git = (at: string, ...args: readonly string[]) =>
  execFileSync('git', ['-C', at, ...identity, ...args], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim()

function write(at: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), {recursive: true})
    writeFileSync(join(at, name), text)
  }
}

function repository(files: Readonly<Record<string, string>>): string {
  const at = folder()
  git(at, 'init', '--quiet', '--initial-branch=main')
  write(at, files)
  git(at, 'add', '--all')
  git(at, 'commit', '--quiet', '--message', 'First')
  return at
}

async function copied(directory: string, options: {readonly submodules?: boolean; readonly history?: boolean} = {}) {
  const to = folder()
  const calls: Call[] = []
  const source = await readSource(directory, calls)
  const warnings = await copySource(source, to, {calls, submodules: true, history: true, ...options})
  return {to, source, warnings, calls}
}

const monorepo = {
  'tsconfig.json': '{}',
  'src/time/package.json': '{"name": "time"}',
  'src/other/package.json': '{"name": "other"}',
  '.gitignore': 'ignored\nbuild/\n',
}

test('a package in a subfolder takes its repository along, at its commit and with its tags', async () => {
  const root = repository(monorepo)
  git(root, 'tag', '--annotate', '--message', 'One', 'v1.0.0')
  git(root, 'remote', 'add', 'origin', 'https://token:x@example.org/octo/servers.git')
  write(root, {'src/time/new.ts': '', 'src/time/ignored': '', 'src/other/node_modules/a/b.js': ''})
  const {to, source, warnings} = await copied(join(root, 'src/time'))
  expect(source).toMatchObject({root, directory: 'src/time', name: 'time', repository: 'local/time', dirty: true})
  expect(warnings).toEqual([])
  expect(readdirSync(join(to, 'src/time')).sort()).toEqual(['new.ts', 'package.json'])
  expect(readdirSync(to).sort()).toEqual(['.git', '.gitignore', 'src', 'tsconfig.json'])
  expect(existsSync(join(to, 'src/other/node_modules'))).toBe(false)
  expect(git(to, 'rev-parse', 'HEAD')).toBe(source.commit)
  expect(git(to, 'describe', '--dirty')).toBe('v1.0.0')
  expect(git(to, 'status', '--porcelain')).toBe('?? src/time/new.ts')
  expect(git(to, 'remote', 'get-url', 'origin')).toBe('https://example.org/octo/servers.git')
})

test('the root of a repository has the name of its remote, and what is clean stays clean', async () => {
  const root = repository({'run.sh': 'x', 'a b/ü.txt': 'y'})
  execFileSync('chmod', ['+x', join(root, 'run.sh')])
  git(root, 'commit', '--quiet', '--all', '--message', 'Executable')
  git(root, 'remote', 'add', 'origin', 'git@example.org:octo/server.git')
  const {to, source} = await copied(root)
  expect(source).toMatchObject({directory: '.', repository: 'octo/server', dirty: false})
  expect(git(to, 'diff-index', 'HEAD')).toBe('')
  await tagCopy(to, 'v2.0.0', [])
  expect(git(to, 'describe', '--tags', '--exact-match')).toBe('v2.0.0')
  expect(git(root, 'tag')).toBe('')
})

test('submodules that are checked out belong to it, also those inside of them', async () => {
  const inner = repository({'deep.txt': 'deep'})
  const middle = repository({'lib.txt': 'lib'})
  git(middle, 'submodule', '--quiet', 'add', inner, 'inner')
  git(middle, 'commit', '--quiet', '--message', 'Inner')
  const root = repository(monorepo)
  git(root, 'submodule', '--quiet', 'add', middle, 'vendored')
  git(root, 'commit', '--quiet', '--message', 'Middle')
  git(root, 'submodule', '--quiet', 'update', '--init', '--recursive')
  const {to} = await copied(join(root, 'src/time'))
  expect(readFileSync(join(to, 'vendored/lib.txt'), 'utf8')).toBe('lib')
  expect(readFileSync(join(to, 'vendored/inner/deep.txt'), 'utf8')).toBe('deep')
  expect(git(to, 'status', '--porcelain')).toBe('')
  expect(existsSync(join((await copied(root, {submodules: false})).to, 'vendored/lib.txt'))).toBe(false)
})

test('a submodule that is not checked out is told with the command that brings it', async () => {
  const library = repository({'lib.txt': 'lib'})
  const root = repository(monorepo)
  git(root, 'submodule', '--quiet', 'add', library, 'vendored')
  git(root, 'commit', '--quiet', '--message', 'Library')
  git(root, 'submodule', '--quiet', 'deinit', '--force', 'vendored')
  await expect(copied(root)).rejects.toMatchObject({
    message: 'vendored: is a submodule that is not checked out',
    hint: expect.stringContaining('git submodule update --init'),
  })
  expect((await copied(root, {submodules: false})).source.directory).toBe('.')
})

test('links inside the repository stay links; one that leaves it is refused where it could be released', async () => {
  const root = repository({...monorepo, LICENSE: 'MIT'})
  symlinkSync('../../LICENSE', join(root, 'src/time/LICENSE'))
  symlinkSync('nowhere', join(root, 'src/time/dangling'))
  symlinkSync('/etc', join(root, 'src/other/system'))
  const {to} = await copied(join(root, 'src/time'))
  expect(readlinkSync(join(to, 'src/time/LICENSE'))).toBe('../../LICENSE')
  expect(readFileSync(join(to, 'src/time/LICENSE'), 'utf8')).toBe('MIT')
  expect(readlinkSync(join(to, 'src/time/dangling'))).toBe('nowhere')
  await expect(copied(join(root, 'src/other'))).rejects.toThrow('src/other/system: is a link that leaves')
})

test('a linked work tree, and a shallow clone, are repositories like others', async () => {
  const root = repository({'a.txt': '1'})
  write(root, {'a.txt': '2'})
  git(root, 'commit', '--quiet', '--all', '--message', 'Second')
  const tree = join(folder(), 'tree')
  git(root, 'worktree', 'add', '--quiet', '--detach', tree, 'HEAD~1')
  const shallow = join(folder(), 'shallow')
  git(root, 'clone', '--quiet', '--depth=1', `file://${root}`, shallow)
  for (const each of [tree, shallow]) {
    const {to, source, warnings} = await copied(each)
    expect([warnings, git(to, 'rev-parse', 'HEAD'), git(to, 'status', '--porcelain')]).toEqual([[], source.commit, ''])
  }
})

test('what a repository configures to be run is not run', async () => {
  const root = repository({...monorepo, '.gitattributes': '*.txt filter=evil\n', 'a.txt': 'a'})
  const marker = join(folder(), 'ran')
  const script = join(root, '.git/evil')
  writeFileSync(script, `#!/bin/sh\ntouch ${marker}\n`, {mode: 0o755})
  for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change'])
    writeFileSync(join(root, '.git/hooks', hook), `#!/bin/sh\ntouch ${marker}\n`, {mode: 0o755})
  for (const name of [
    'core.fsmonitor',
    'core.sshCommand',
    'gpg.program',
    'filter.evil.clean',
    'filter.evil.process',
    'diff.external',
  ])
    git(root, 'config', name, script)
  git(root, 'config', 'log.showSignature', 'true')
  writeFileSync(join(root, 'a.txt'), 'b')
  const {to, source} = await copied(root)
  expect(source.dirty).toBe(true)
  expect(git(to, 'rev-parse', 'HEAD')).toBe(source.commit)
  expect(existsSync(marker)).toBe(false)
})

test('a folder outside git, and one that the repository around it ignores, stand for themselves', async () => {
  const alone = folder()
  write(alone, {'package.json': '{}', 'node_modules/a.js': ''})
  const root = repository(monorepo)
  write(root, {'build/download/package.json': '{}'})
  for (const directory of [alone, join(root, 'build/download')]) {
    const {to, source} = await copied(directory)
    expect(source).toMatchObject({
      root: directory,
      directory: '.',
      dirty: false,
      repository: expect.stringMatching(/^local\//),
    })
    expect(source.commit).toBeUndefined()
    expect(readdirSync(to)).toEqual(['package.json'])
  }
})

test('of a folder of which nothing is tracked, what is new elsewhere stays out', async () => {
  const root = repository(monorepo)
  write(root, {'fresh/package.json': '{}', 'letters/private.txt': ''})
  const {to, source} = await copied(join(root, 'fresh'))
  expect(source.directory).toBe('fresh')
  expect(readdirSync(to).sort()).toEqual(['.git', '.gitignore', 'fresh', 'src', 'tsconfig.json'])
})

test('variables that a hook of git sets lead nowhere else', async () => {
  const root = repository({'a.txt': 'a'})
  const other = repository({'b.txt': 'b'})
  process.env['GIT_DIR'] = join(other, '.git')
  try {
    expect((await readSource(root, [])).commit).not.toBe(undefined)
    expect((await readSource(root, [])).root).toBe(root)
  } finally {
    delete process.env['GIT_DIR']
  }
})
