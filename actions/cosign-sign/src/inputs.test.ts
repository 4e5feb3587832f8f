import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import type {InputsOf} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import type {contract} from './action.gen'
import {refine} from './inputs'

const raw: InputsOf<typeof contract> = {
  files: ['*'],
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
const pem = '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----'
const token = {ACTIONS_ID_TOKEN_REQUEST_URL: 'http://localhost/token?', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret'}

function hostWith(env: Readonly<Record<string, string>>): FakeHost {
  const host = new FakeHost(() => undefined, {env})
  writeFileSync(join(host.workspace, 'a.tgz'), '')
  writeFileSync(join(host.workspace, 'a.tgz.sigstore.json'), '')
  return host
}

test('keyless: the identity token is handed on, the log is used, signatures are not signed', async () => {
  const host = hostWith({...token, NPM_TOKEN: 'other'})
  expect(await refine(raw, host)).toEqual({
    files: [join(host.workspace, 'a.tgz')],
    signer: {kind: 'keyless', env: token},
    verify: true,
    log: true,
  })
})

test('a key in PEM goes to cosign in a variable and is masked with its password', async () => {
  const host = hostWith(token)
  const inputs = await refine({...raw, key: pem, keyPassword: 'open sesame'}, host)
  expect(inputs.signer).toEqual({
    kind: 'key',
    reference: 'env://COSIGN_PRIVATE_KEY',
    env: {COSIGN_PASSWORD: 'open sesame', COSIGN_PRIVATE_KEY: `${pem}\n`},
  })
  expect(inputs.log).toBe(false)
  expect(host.secrets).toEqual(['open sesame', pem])
})

test('a key service gets the variables of its own account only', async () => {
  const env = {...token, AWS_SECRET_ACCESS_KEY: 'a', AWS_REGION: 'eu', VAULT_TOKEN: 'v'}
  expect((await refine({...raw, key: 'awskms:///alias/release'}, hostWith(env))).signer).toEqual({
    kind: 'key',
    reference: 'awskms:///alias/release',
    env: {COSIGN_PASSWORD: '', AWS_SECRET_ACCESS_KEY: 'a', AWS_REGION: 'eu'},
  })
})

test('the log may be asked for with a key and declined without one', async () => {
  expect((await refine({...raw, key: pem, transparencyLog: 'true'}, hostWith({}))).log).toBe(true)
  expect((await refine({...raw, transparencyLog: 'false'}, hostWith(token))).log).toBe(false)
})

test('a job without an identity token is told which permission it lacks', async () => {
  await expect(refine(raw, hostWith({}))).rejects.toThrow('`permissions: id-token: write`')
})

test.each([
  ['a key of openssl', '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----', 'but -----BEGIN PRIVATE KEY-----'],
  ['a key that was cut off', pem.slice(0, -10), 'the PEM is no whole ENCRYPTED SIGSTORE PRIVATE KEY'],
  ['a variable that is not there', 'env://NO_KEY', 'the variable "NO_KEY" is not set or empty'],
  ['an unknown reference', 'ftp://key', 'neither "new", nor a private key in PEM, nor a reference'],
])('%s is refused', async (_, key, message) => {
  await expect(refine({...raw, key}, hostWith({}))).rejects.toThrow(message)
})

test('what looks like a secret is not repeated in the message', async () => {
  await expect(refine({...raw, key: 'hunter2'}, hostWith({}))).rejects.toThrow(
    expect.objectContaining({message: expect.not.stringContaining('hunter2')}),
  )
})

test('all problems come in one message', async () => {
  const bad = {...raw, files: ['none*'], keyPassword: 'open sesame', publicKey: '../cosign.pub'}
  const host = hostWith(token)
  await expect(refine(bad, host)).rejects.toMatchObject({
    problems: [
      'key-password: given without key',
      'public-key: given without key; keyless signatures have a certificate',
      `files: "none*" matches no file in ${host.workspace}`,
      'public-key: "../cosign.pub" lies outside the workspace',
    ],
  })
})
