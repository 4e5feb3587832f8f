import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {pins} from '@mcp-release/tools'
import {runBundle, stubTool, temporaryFolder} from './run-bundle'

// Answers as cosign does with a key, and reports each call with the secrets that reached it.
const cosign = stubTool(
  'cosign',
  pins.cosign,
  `const {appendFileSync, readFileSync, writeFileSync} = require('node:fs')
  const {createHash} = require('node:crypto')
  const args = process.argv.slice(2)
  const secrets = ['COSIGN_PRIVATE_KEY', 'COSIGN_PASSWORD', 'INPUT_KEY', 'NPM_TOKEN'].filter(name => name in process.env)
  appendFileSync('calls', args[0] + ': ' + secrets.join(' ') + '\\n')
  if (args[0] === 'public-key') console.log('-----BEGIN PUBLIC KEY-----\\nx\\n-----END PUBLIC KEY-----')
  if (args[0] === 'verify-blob' && process.env.REFUSE) { console.error('Error: invalid signature'); process.exit(1) }
  if (args[0] === 'sign-blob') {
    const digest = createHash('sha256').update(readFileSync(args.at(-1))).digest('base64')
    const messageSignature = {messageDigest: {algorithm: 'SHA2_256', digest}, signature: 'x'}
    writeFileSync(args[args.indexOf('--bundle') + 1], JSON.stringify({messageSignature}), {mode: 0o600})
  }`,
)
const key = '-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----'
const inputs = {files: 'server.zip', key, 'key-password': 'open sesame', 'public-key': 'cosign.pub'}

function newWorkspace(): string {
  const workspace = temporaryFolder()
  writeFileSync(join(workspace, 'server.zip'), 'program')
  return workspace
}

const readable = (text: string) =>
  text
    .replaceAll(cosign, '<tools>')
    .replaceAll(/cosign-\w{6}/g, 'cosign-XXXXXX')
    .replaceAll(/[0-9a-f]{64}/g, '<sha256>')

test('signing with a key: the whole transcript, and who saw the key', async () => {
  const workspace = newWorkspace()
  const result = await runBundle('cosign-sign', {inputs, workspace, path: [cosign], env: {NPM_TOKEN: 'secret'}})
  expect(readable(result.stdout)).toBe(`::add-mask::open sesame
::add-mask::-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
::add-mask::c2VjcmV0
::add-mask::-----END ENCRYPTED SIGSTORE PRIVATE KEY-----
cosign ${pins.cosign.version} (path): <tools>/cosign
::group::Sign 1 files
$ cosign public-key --key env://COSIGN_PRIVATE_KEY
$ cosign sign-blob --yes --key env://COSIGN_PRIVATE_KEY --signing-config <temp>/cosign-XXXXXX/signing-config.json --trusted-root <temp>/cosign-XXXXXX/trusted-root.json --bundle <temp>/cosign-XXXXXX/<sha256>.json <workspace>/server.zip
$ cosign verify-blob --key <temp>/cosign-XXXXXX/cosign.pub --insecure-ignore-tlog --bundle <temp>/cosign-XXXXXX/<sha256>.json <workspace>/server.zip
server.zip: signed and verified
::endgroup::
`)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toEqual({
    bundles: JSON.stringify({[join(workspace, 'server.zip')]: join(workspace, 'server.zip.sigstore.json')}),
    identity: '',
    issuer: '',
    signer: JSON.stringify({kind: 'key', publicKey: '-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n'}),
    'verify-command': 'cosign verify-blob --key cosign.pub --insecure-ignore-tlog --bundle FILE.sigstore.json FILE',
    'cosign-version': pins.cosign.version,
  })
  expect(readFileSync(join(workspace, 'calls'), 'utf8').split('\n')).toEqual([
    'public-key: COSIGN_PRIVATE_KEY COSIGN_PASSWORD',
    'sign-blob: COSIGN_PRIVATE_KEY COSIGN_PASSWORD',
    'verify-blob: ',
    '',
  ])
})

test('a signature that does not verify fails the step and is not left behind', async () => {
  const result = await runBundle('cosign-sign', {inputs, workspace: newWorkspace(), path: [cosign], env: {REFUSE: '1'}})
  expect(result.exitCode).toBe(1)
  expect(result.stdout).toContain(
    '::error::cosign-sign [VERIFY]: server.zip: the new signature does not verify%0A' +
      'cosign verify-blob exited with 1:%0AError: invalid signature%0ANothing was written.',
  )
  expect(() => readFileSync(join(result.workspace, 'server.zip.sigstore.json'))).toThrow('ENOENT')
})

test('a job without key and without identity token stops before anything runs', async () => {
  const workspace = newWorkspace()
  const result = await runBundle('cosign-sign', {inputs: {files: 'server.zip'}, workspace, path: [cosign]})
  expect(result.exitCode).toBe(1)
  expect(result.stdout).toMatch(/^::error::cosign-sign \[INPUT\]: key: not given, .*`permissions: id-token: write`/)
})
