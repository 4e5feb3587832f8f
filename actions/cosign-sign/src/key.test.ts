import {execFileSync, spawnSync} from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
  readdirSync,
  renameSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {beforeAll, describe, expect, test} from '@jest/globals'
import {type InputsOf, realHost} from '@mcp-release/action-kit'
import type {contract} from './action.gen'
import {main} from './main'

const tools = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const path = [tools, process.env['PATH'] ?? ''].join(delimiter)
const found = path.split(delimiter).some(folder => existsSync(join(folder, 'cosign')))
if (!found && process.env['CI'] === 'true') throw new Error('CI lacks cosign')
const real = found ? describe : describe.skip

const newFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'cosign-sign-')))

interface KeyPair {
  readonly secret: string
  readonly file: string
}

function newKey(password: string): KeyPair {
  const cwd = newFolder()
  execFileSync('cosign', ['generate-key-pair'], {cwd, env: {PATH: path, HOME: cwd, COSIGN_PASSWORD: password}})
  return {secret: readFileSync(join(cwd, 'cosign.key'), 'utf8'), file: join(cwd, 'cosign.pub')}
}

function given(some: Partial<InputsOf<typeof contract>>): InputsOf<typeof contract> {
  return {
    files: ['built/*'],
    exclude: [],
    outputDirectory: undefined,
    key: undefined,
    keyPassword: undefined,
    publicKey: undefined,
    mode: 'sign',
    signer: undefined,
    publishedTag: undefined,
    publishedCommit: undefined,
    readToken: '',
    verify: true,
    transparencyLog: 'auto',
    toolMirror: undefined,
    ...some,
  }
}

function hostIn(workspace: string, env: Readonly<Record<string, string>> = {}) {
  const temp = newFolder()
  const host = realHost({PATH: path, HOME: newFolder(), GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp, ...env})
  return {host, temp}
}

function newWorkspace(): string {
  const workspace = newFolder()
  mkdirSync(join(workspace, 'built'))
  for (const name of ['a.tgz', 'b.zip']) writeFileSync(join(workspace, 'built', name), `contents of ${name}`)
  return workspace
}

/** What a user types, away from the action. */
function verify(workspace: string, key: string, name: string): {status: number | null; words: string} {
  const args = ['verify-blob', '--key', key, '--insecure-ignore-tlog', '--bundle', `${name}.sigstore.json`, name]
  const cwd = join(workspace, 'built')
  const {status, stderr} = spawnSync('cosign', args, {cwd, env: {PATH: path, HOME: newFolder()}, encoding: 'utf8'})
  return {status, words: stderr}
}

real('with a key pair', () => {
  const workspace = newWorkspace()
  let key: KeyPair
  let outputs: Awaited<ReturnType<typeof main>>

  beforeAll(async () => {
    key = newKey('open sesame')
    const inputs = given({key: key.secret, keyPassword: 'open sesame', publicKey: 'cosign.pub'})
    outputs = await main(inputs, hostIn(workspace).host)
  }, 120_000)

  test('files are signed, anybody may read the bundles, and cosign verifies them', () => {
    for (const name of ['a.tgz', 'b.zip']) {
      expect(verify(workspace, key.file, name)).toMatchObject({status: 0})
      expect(statSync(join(workspace, 'built', `${name}.sigstore.json`)).mode & 0o777).toBe(0o644)
    }
    expect(JSON.parse(outputs.bundles)).toEqual({
      [join(workspace, 'built/a.tgz')]: join(workspace, 'built/a.tgz.sigstore.json'),
      [join(workspace, 'built/b.zip')]: join(workspace, 'built/b.zip.sigstore.json'),
    })
    expect(outputs).toMatchObject({identity: '', issuer: ''})
  })

  test('the command for users verifies a file as it stands', () => {
    const [cosign = '', ...args] = outputs['verify-command'].replaceAll('FILE', 'built/a.tgz').split(' ')
    expect(args).toContain('cosign.pub')
    execFileSync(cosign, args, {cwd: workspace, env: {PATH: path, HOME: newFolder()}, stdio: 'pipe'})
    expect(readFileSync(join(workspace, 'cosign.pub'), 'utf8')).toBe(readFileSync(key.file, 'utf8'))
  })

  test('a changed file and another key are refused', () => {
    const copy = newWorkspace()
    const bundle = readFileSync(join(workspace, 'built/a.tgz.sigstore.json'))
    writeFileSync(join(copy, 'built/a.tgz.sigstore.json'), bundle)
    writeFileSync(join(copy, 'built/a.tgz'), 'other contents')
    expect(verify(copy, key.file, 'a.tgz')).toMatchObject({status: 1})
    expect(verify(workspace, newKey('').file, 'a.tgz')).toMatchObject({status: 1})
  })

  test('signatures go into a folder of their own, and nothing lies beside the files', async () => {
    const copy = newWorkspace()
    const inputs = given({key: key.secret, keyPassword: 'open sesame', outputDirectory: 'signatures'})
    const {bundles} = await main(inputs, hostIn(copy).host)
    const names = ['a.tgz.sigstore.json', 'b.zip.sigstore.json']
    expect(readdirSync(join(copy, 'built')).sort()).toEqual(['a.tgz', 'b.zip'])
    expect(readdirSync(join(copy, 'signatures')).sort()).toEqual(names)
    expect(Object.values(JSON.parse(bundles) as object)).toEqual(names.map(name => join(copy, 'signatures', name)))
    for (const name of names) renameSync(join(copy, 'signatures', name), join(copy, 'built', name))
    expect(verify(copy, key.file, 'a.tgz')).toMatchObject({status: 0})
  })

  test('files of one name cannot be signed into one folder', async () => {
    const copy = newWorkspace()
    mkdirSync(join(copy, 'other'))
    writeFileSync(join(copy, 'other/a.tgz'), 'another')
    const inputs = given({files: ['*/*'], key: key.secret, outputDirectory: 'signatures'})
    await expect(main(inputs, hostIn(copy).host)).rejects.toThrow(
      'output-directory: "a.tgz" is the name of several files; sign them in several steps',
    )
    expect(readdirSync(copy).sort()).toEqual(['built', 'other'])
  })

  test('a second run keeps good signatures and replaces those of changed files', async () => {
    const copy = newWorkspace()
    const inputs = given({key: 'env://MY_SIGNING_KEY', keyPassword: 'open sesame'})
    const env = {MY_SIGNING_KEY: key.secret}
    await main(inputs, hostIn(copy, env).host)
    const bundles = () =>
      ['a.tgz', 'b.zip'].map(name => readFileSync(join(copy, `built/${name}.sigstore.json`), 'utf8'))
    const before = bundles()
    writeFileSync(join(copy, 'built/b.zip'), 'new contents')
    await main(inputs, hostIn(copy, env).host)
    const after = bundles()
    expect(after[0]).toBe(before[0])
    expect(after[1]).not.toBe(before[1])
    expect(verify(copy, key.file, 'b.zip')).toMatchObject({status: 0})
  }, 60_000)

  test('signatures of another key are replaced', async () => {
    const copy = newWorkspace()
    await main(given({key: newKey('').secret}), hostIn(copy).host)
    expect(verify(copy, key.file, 'a.tgz')).toMatchObject({status: 1})
    await main(given({key: key.secret, keyPassword: 'open sesame'}), hostIn(copy).host)
    expect(verify(copy, key.file, 'a.tgz')).toMatchObject({status: 0})
  }, 60_000)

  test('a wrong password is told as such; nothing is left, and neither key nor password is on the disk', async () => {
    const copy = newWorkspace()
    const {host, temp} = hostIn(copy)
    await expect(main(given({key: key.secret, keyPassword: 'wrong'}), host)).rejects.toMatchObject({
      code: 'KEY',
      hint: 'key-password is not the password of this key.',
    })
    expect(existsSync(join(copy, 'built/a.tgz.sigstore.json'))).toBe(false)
    expect(execFileSync('find', [temp, '-type', 'f'], {encoding: 'utf8'})).toBe('')
  }, 60_000)
})

real('a new key', () => {
  test('signs, leaves its public half and nothing of the private one', async () => {
    const workspace = newWorkspace()
    const {host, temp} = hostIn(workspace)
    await main(given({key: 'new', publicKey: 'cosign.pub'}), host)
    expect(verify(workspace, join(workspace, 'cosign.pub'), 'a.tgz').status).toBe(0)
    const left = spawnSync('grep', ['-rlE', 'ENCRYPTED (SIGSTORE|COSIGN) PRIVATE', workspace, temp], {encoding: 'utf8'})
    expect(left).toMatchObject({status: 1, stdout: ''})
  }, 60_000)

  test('needs a place for its public half, and has a password of its own', async () => {
    const {host} = hostIn(newWorkspace())
    await expect(main(given({key: 'new', keyPassword: 'x'}), host)).rejects.toMatchObject({
      problems: [
        'key-password: a new key has a password of its own',
        'public-key: required with a new key; nobody could verify without it',
      ],
    })
  })
})
