import {execFile} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type InputsOf, realHost} from '@mcp-release/action-kit'
import {type Sigstore, sigstorePrograms, startSigstore} from '@mcp-release/test-stand'
import type {contract} from './action.gen'
import {main} from './main'

const run = promisify(execFile)
const binaries = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const path = [binaries, process.env['PATH'] ?? ''].join(delimiter)
const missing = sigstorePrograms.filter(name => !existsSync(join(binaries, name)))
if (missing.length > 0 && process.env['CI'] === 'true') throw new Error(`CI lacks ${missing.join(', ')}`)
const real = missing.length === 0 ? describe : describe.skip

const newFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'cosign-keyless-')))
const sha = 'a'.repeat(40)
const started = 'some/server/.github/workflows/publish.yml@refs/tags/v2.0.0'
const called = 'mcp-release/mcp-release/.github/workflows/release.yml@refs/tags/v1.0.0'
const ref = 'refs/tags/v2.0.0'
const runner = {
  ...{GITHUB_REPOSITORY: 'some/server', GITHUB_REPOSITORY_ID: '1001'},
  ...{GITHUB_WORKFLOW_REF: started, GITHUB_REF: ref, GITHUB_SHA: sha},
}
const claims = {repository: 'some/server', workflow_ref: started, job_workflow_ref: started, ref, sha}

const inputs: InputsOf<typeof contract> = {
  files: ['*.tgz'],
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
}

function newWorkspace(...names: string[]): string {
  const workspace = newFolder()
  for (const name of names) writeFileSync(join(workspace, name), `contents of ${name}`)
  return workspace
}

real('keyless, with a Sigstore on loopback', () => {
  let sigstore: Sigstore

  beforeAll(async () => {
    const directory = join(newFolder(), 'services')
    mkdirSync(directory)
    sigstore = await startSigstore({binaries, directory})
  }, 240_000)

  afterAll(async () => {
    await sigstore.close()
  })

  const hostIn = (workspace: string, env: Readonly<Record<string, string>> = runner) => {
    const folders = {HOME: newFolder(), GITHUB_WORKSPACE: workspace, RUNNER_TEMP: newFolder()}
    return realHost({PATH: path, ...folders, ...sigstore.env, ...env})
  }
  /** As a user does, with no more than the public root. */
  const cosign = (cwd: string, args: readonly string[]) => {
    const {TUF_MIRROR, TUF_ROOT_JSON} = sigstore.env
    return run('cosign', [...args], {cwd, env: {PATH: path, HOME: newFolder(), TUF_MIRROR, TUF_ROOT_JSON}})
  }
  const verify = (cwd: string, command: string, name: string) =>
    cosign(cwd, command.replaceAll('FILE', name).split(' ').slice(1))

  test('files are signed by the workflow, and users verify them with the command they are told', async () => {
    sigstore.setClaims(claims)
    const workspace = newWorkspace('a.tgz', 'b.tgz', 'c.tgz', 'd.tgz', 'e.tgz')
    const outputs = await main(inputs, hostIn(workspace))
    expect(outputs).toMatchObject({
      identity: `https://github.com/${started}`,
      issuer: 'https://token.actions.githubusercontent.com',
    })
    expect(Object.keys(JSON.parse(outputs.bundles) as object)).toHaveLength(5)
    for (const name of ['a.tgz', 'e.tgz']) {
      expect((await verify(workspace, outputs['verify-command'], name)).stderr).toContain('Verified OK')
    }
    copyFileSync(join(workspace, 'a.tgz'), join(workspace, 'b.tgz'))
    await expect(verify(workspace, outputs['verify-command'], 'b.tgz')).rejects.toThrow('invalid signature')
    const other = outputs['verify-command'].replace('publish.yml', 'other.yml')
    await expect(verify(workspace, other, 'a.tgz')).rejects.toThrow('expected SAN value')
  }, 60_000)

  test('a called workflow signs under its own name, and the command demands the caller', async () => {
    sigstore.setClaims({...claims, job_workflow_ref: called})
    const workspace = newWorkspace('a.tgz')
    const outputs = await main(inputs, hostIn(workspace))
    expect(outputs.identity).toBe(`https://github.com/${called}`)
    expect(outputs['verify-command']).toContain('--certificate-github-workflow-repository some/server ')
    await verify(workspace, outputs['verify-command'], 'a.tgz')
    const other = outputs['verify-command'].replace('some/server', 'other/server')
    await expect(verify(workspace, other, 'a.tgz')).rejects.toThrow('expected GithubWorkflowRepository')
  }, 60_000)

  test('a run that is repeated keeps its signatures; one for another commit signs anew', async () => {
    sigstore.setClaims(claims)
    const workspace = newWorkspace('a.tgz')
    const bundle = () => readFileSync(join(workspace, 'a.tgz.sigstore.json'), 'utf8')
    await main(inputs, hostIn(workspace))
    const first = bundle()
    await main(inputs, hostIn(workspace))
    expect(bundle()).toBe(first)
    const commit = 'b'.repeat(40)
    sigstore.setClaims({...claims, sha: commit})
    await main(inputs, hostIn(workspace, {...runner, GITHUB_SHA: commit}))
    expect(bundle()).not.toBe(first)
  }, 60_000)

  test('a certificate for another workflow or commit is refused, and no signature is left', async () => {
    sigstore.setClaims({
      ...claims,
      workflow_ref: 'some/server/.github/workflows/evil.yml@refs/heads/x',
      sha: 'c'.repeat(40),
    })
    const workspace = newWorkspace('a.tgz')
    await expect(main(inputs, hostIn(workspace))).rejects.toMatchObject({
      code: 'IDENTITY',
      message:
        'a.tgz: the workflow of the certificate is https://github.com/some/server/.github/workflows/evil.yml@refs/heads/x, ' +
        `this run's is https://github.com/${started}; ` +
        `the commit of the certificate is ${'c'.repeat(40)}, this run's is ${sha}`,
    })
    expect(existsSync(join(workspace, 'a.tgz.sigstore.json'))).toBe(false)
  }, 60_000)

  test('what somebody else signed is never kept: neither another repository of the name, nor another workflow', async () => {
    const workspace = newWorkspace('a.tgz')
    const bundle = () => readFileSync(join(workspace, 'a.tgz.sigstore.json'), 'utf8')
    for (const foreign of [{repository_id: '666'}, {job_workflow_ref: called}, {ref: 'refs/heads/v2.0.0'}]) {
      sigstore.setClaims({...claims, ...foreign})
      const {GITHUB_REPOSITORY, GITHUB_WORKFLOW_REF} = runner
      await main(inputs, hostIn(workspace, {GITHUB_REPOSITORY, GITHUB_WORKFLOW_REF}))
      const theirs = bundle()
      sigstore.setClaims(claims)
      await main(inputs, hostIn(workspace))
      expect(bundle()).not.toBe(theirs)
    }
  }, 90_000)

  test('a later job without an identity verifies the signatures once more, by what the signing job says', async () => {
    sigstore.setClaims({...claims, job_workflow_ref: called})
    const workspace = newWorkspace('a.tgz', 'b.tgz')
    const {signer} = await main(inputs, hostIn(workspace))
    const {ACTIONS_ID_TOKEN_REQUEST_URL: _, ...services} = sigstore.env
    const later = (env: Readonly<Record<string, string>> = runner) =>
      realHost({
        PATH: path,
        HOME: newFolder(),
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: newFolder(),
        ...services,
        ...env,
      })
    const verifying = {...inputs, mode: 'verify', signer} as const
    expect(JSON.parse((await main(verifying, later())).bundles)).toHaveProperty([join(workspace, 'b.tgz')])
    const elsewhere = later({...runner, GITHUB_REPOSITORY_ID: '1002'})
    await expect(main(verifying, elsewhere)).rejects.toMatchObject({code: 'VERIFY'})
    const ownFile = signer.replace('mcp-release/mcp-release', 'other/other')
    await expect(main({...verifying, signer: ownFile}, later())).rejects.toThrow('the identity of the certificate is')
    writeFileSync(join(workspace, 'a.tgz'), 'other contents')
    copyFileSync(join(workspace, 'a.tgz.sigstore.json'), join(workspace, 'b.tgz.sigstore.json'))
    await expect(main(verifying, later())).rejects.toThrow(
      /these are not the signatures of `signer`:\n- a\.tgz\.sigstore\.json: it is for sha256 \w+, the file has \w+\n- b\.tgz\.sigstore\.json: it is for/,
    )
  }, 90_000)

  test('a refused identity token is told as such', async () => {
    const workspace = newWorkspace('a.tgz')
    const host = hostIn(workspace, {...runner, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'wrong'})
    await expect(main(inputs, host)).rejects.toMatchObject({
      code: 'SIGN',
      hint: expect.stringContaining('it needs `permissions: id-token: write`'),
    })
  }, 60_000)

  test('without the log, a timestamp proves the time', async () => {
    sigstore.setClaims(claims)
    const workspace = newWorkspace('a.tgz')
    const outputs = await main({...inputs, transparencyLog: 'false'}, hostIn(workspace))
    expect(readFileSync(join(workspace, 'a.tgz.sigstore.json'), 'utf8')).not.toContain('tlogEntries')
    expect((await verify(workspace, outputs['verify-command'], 'a.tgz')).stderr).toContain('Verified OK')
  }, 60_000)

  test('a signature of a key pair can be entered into the log', async () => {
    const workspace = newWorkspace('a.tgz')
    await run('cosign', ['generate-key-pair'], {
      cwd: workspace,
      env: {PATH: path, HOME: workspace, COSIGN_PASSWORD: 'open sesame'},
    })
    const key = readFileSync(join(workspace, 'cosign.key'), 'utf8')
    const withKey = {
      ...inputs,
      key,
      keyPassword: 'open sesame',
      publicKey: 'cosign.pub',
      transparencyLog: 'true',
    } as const
    const outputs = await main(withKey, hostIn(workspace))
    expect(readFileSync(join(workspace, 'a.tgz.sigstore.json'), 'utf8')).toContain('tlogEntries')
    expect(outputs['verify-command']).not.toContain('insecure')
    expect((await verify(workspace, outputs['verify-command'], 'a.tgz')).stderr).toContain('Verified OK')
  }, 60_000)
})
