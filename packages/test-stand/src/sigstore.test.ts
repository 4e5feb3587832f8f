import {execFile} from 'node:child_process'
import {existsSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type Sigstore, sigstorePrograms, startSigstore} from './sigstore'

const run = promisify(execFile)
const binaries = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const missing = sigstorePrograms.filter(name => !existsSync(join(binaries, name)))
if (missing.length > 0 && process.env['CI'] === 'true') throw new Error(`CI lacks ${missing.join(', ')}`)
const real = missing.length === 0 ? describe : describe.skip
const issuer = 'https://token.actions.githubusercontent.com'

real('Sigstore on loopback', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sigstore-'))
  const file = join(directory, 'file.txt')
  let sigstore: Sigstore

  const cosign = (...args: string[]) => {
    const {PATH = ''} = process.env
    return run(join(binaries, 'cosign'), args, {env: {PATH, HOME: directory, ...sigstore.env}})
  }

  beforeAll(async () => {
    writeFileSync(file, 'contents')
    sigstore = await startSigstore({binaries, directory: join(directory, 'services')})
  }, 240_000)

  afterAll(async () => {
    await sigstore.close()
  })

  test('cosign signs and verifies with no argument that production lacks, and refuses other identities', async () => {
    const workflow = 'some/server/.github/workflows/publish.yml@refs/tags/v2.0.0'
    sigstore.setClaims({job_workflow_ref: workflow, repository: 'some/server'})
    const bundle = `${file}.sigstore.json`
    await cosign('sign-blob', '--yes', '--bundle', bundle, file)
    const verify = (identity: string) =>
      cosign(
        ...['verify-blob', '--bundle', bundle, '--certificate-oidc-issuer', issuer],
        ...['--certificate-identity', identity, file],
      )
    expect((await verify(`https://github.com/${workflow}`)).stderr).toContain('Verified OK')
    await expect(verify(`https://github.com/${workflow}.1`)).rejects.toThrow('expected SAN value')
    writeFileSync(file, 'changed')
    await expect(verify(`https://github.com/${workflow}`)).rejects.toThrow('invalid signature')
  }, 60_000)

  test('a wrong request token gets no identity', async () => {
    const answer = await fetch(sigstore.env.ACTIONS_ID_TOKEN_REQUEST_URL, {headers: {authorization: 'bearer other'}})
    expect(answer.status).toBe(401)
  })
})
