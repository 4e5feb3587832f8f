import {execFile} from 'node:child_process'
import {generateKeyPairSync, verify} from 'node:crypto'
import {existsSync, mkdtempSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, expect, test} from '@jest/globals'
import {mcpRegistryPrograms, standBinaries} from '@mcp-release/test-stand'
import {proofRecord, readDomainKey} from './domain-key'
import {openRegistry} from './index'
import {login} from './login'

interface Exchange {
  readonly url: string
  readonly body: Readonly<Record<string, string>>
}

const exchanges: Exchange[] = []
let answer: readonly [number, object] = [200, {registry_token: 'token-of-the-registry', expires_at: 0}]
const registry = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    exchanges.push({
      url: request.url ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString() || '{}') as Exchange['body'],
    })
    response.writeHead(answer[0]).end(JSON.stringify(answer[1]))
  })
})
let origin = ''

beforeAll(async () => {
  await new Promise<void>(resolve => registry.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`
})
afterAll(() => {
  registry.close()
  registry.closeAllConnections()
})

const seed = '0123456789abcdef'.repeat(4)
const scalar = '0123456789abcdef'.repeat(6)
const withPublisher = existsSync(join(standBinaries, mcpRegistryPrograms[1])) ? test : test.skip

withPublisher.each([
  ['ed25519', seed],
  ['ecdsap384', scalar],
] as const)("an %s key signs and is shown as the registry's own client does it", async (algorithm, hex) => {
  const home = mkdtempSync(join(tmpdir(), 'mcp-publisher-'))
  const key = readDomainKey(hex)
  const args = [
    'login',
    'dns',
    `--registry=${origin}`,
    '--domain=example.com',
    `--private-key=${hex}`,
    `--algorithm=${algorithm}`,
  ]
  const {stdout} = await promisify(execFile)(join(standBinaries, 'mcp-publisher'), args, {
    env: {HOME: home, PATH: process.env['PATH'] ?? ''},
  })
  expect(stdout).toContain(`${proofRecord(key)}\n`)
  const theirs = exchanges.at(-1)

  const secrets: string[] = []
  const credentials = {kind: 'dns', domain: 'example.com', privateKey: hex} as const
  expect(await login({api: `${origin}/v0.1`, credentials, mask: secret => void secrets.push(secret)})).toBe(
    'token-of-the-registry',
  )
  expect(secrets).toEqual(['token-of-the-registry'])
  const ours = exchanges.at(-1)
  expect([theirs?.url, ours?.url]).toEqual(['/v0/auth/dns', '/v0.1/auth/dns'])
  expect(Object.keys(ours?.body ?? {}).sort()).toEqual(Object.keys(theirs?.body ?? {}).sort())
  for (const {body: {domain, timestamp = '', signed_timestamp = ''} = {}} of [
    theirs ?? {body: {}},
    ours ?? {body: {}},
  ] as Exchange[]) {
    expect(domain).toBe('example.com')
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    const signature = Buffer.from(signed_timestamp, 'hex')
    const digest = algorithm === 'ed25519' ? null : 'sha384'
    expect(verify(digest, Buffer.from(timestamp), {key: key.key, dsaEncoding: 'ieee-p1363'}, signature)).toBe(true)
  }
})

test('keys are read from PEM, and others are refused without a word of theirs', () => {
  const pem = (type: 'ed25519' | 'ec', options: object) =>
    generateKeyPairSync(type as 'ec', options as {namedCurve: string})
      .privateKey.export({format: 'pem', type: 'pkcs8'})
      .toString()
  expect(readDomainKey(pem('ed25519', {})).algorithm).toBe('ed25519')
  expect(readDomainKey(pem('ec', {namedCurve: 'P-384'})).algorithm).toBe('ecdsap384')
  for (const wrong of [
    pem('ec', {namedCurve: 'P-256'}),
    'secret words',
    '00'.repeat(48),
    '-----BEGIN PRIVATE KEY-----\nx\n',
  ])
    expect(() => readDomainKey(wrong)).toThrow(/^private-key: is neither an Ed25519 nor an ECDSA P-384 key/)
})

test('a refused key says what the registry must find and where, and is not tried again', async () => {
  answer = [401, {title: 'Unauthorized', status: 401, detail: 'DNS authentication failed'}]
  const credentials = {kind: 'http', domain: 'example.com', privateKey: seed} as const
  await expect(login({api: `${origin}/v0.1`, credentials, mask: () => undefined})).rejects.toMatchObject({
    code: 'LOGIN',
    isTransient: false,
    message: `${origin}/v0.1/auth/http answered 401: DNS authentication failed`,
    hint: `The registry must find ${JSON.stringify(proofRecord(readDomainKey(seed)))} at https://example.com/.well-known/mcp-registry-auth.`,
  })
})

test('a job without an identity is told which permission it lacks', async () => {
  const credentials = {kind: 'github-oidc', requestUrl: undefined, requestToken: undefined} as const
  await expect(login({api: `${origin}/v0.1`, credentials, mask: () => undefined})).rejects.toMatchObject({
    code: 'LOGIN',
    hint: 'Give the job the permission:\npermissions:\n  id-token: write',
  })
})

test('secrets travel only over https, or to this machine', () => {
  expect(() => openRegistry('http://registry.example.com', {kind: 'none'})).toThrow(
    'registry: "http://registry.example.com" is no https URL',
  )
  expect(openRegistry('https://registry.example.com/mcp/', {kind: 'none'}).address('a/b', '1+2')).toBe(
    'https://registry.example.com/mcp/v0.1/servers/a%2Fb/versions/1%2B2',
  )
})
