import {generateKeyPairSync, randomBytes} from 'node:crypto'
import {describe, expect, test} from '@jest/globals'
import {secretFiles} from './secret-files'

const key = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')

test.each([
  ['.env', '', true],
  ['a/.env.production', '', true],
  ['.env.example', '', false],
  ['a/id_ed25519', '', true],
  ['a/id_ed25519.pub', '', false],
  ['store.p12', '', true],
  ['server.pem', `${key}\nAAAA`, true],
  ['roots.pem', '-----BEGIN CERTIFICATE-----', false],
  ['keys.py', key, false],
  ['.npmrc', '//npm.example.org/:_authToken=abc', true],
  ['.npmrc', '//npm.example.org/:_authToken=${TOKEN}', false],
])('%s with %j is a secret: %s', (name, content, secret) => {
  expect(secretFiles([{name, content: Buffer.from(content)}]).length === 1).toBe(secret)
})

test('a key among tests is told apart', () => {
  const found = secretFiles(
    ['tests/data/server.key', 'src/server.key'].map(name => ({name, content: Buffer.from(key)})),
  )
  expect(found.map(({name, amongTests}) => [name, amongTests])).toEqual([
    ['tests/data/server.key', true],
    ['src/server.key', false],
  ])
})

// Made up at run time: nothing that looks like a secret stands in this file.
const letters = (length: number, alphabet = 'abcdefghijkmnpqrstuvwzABCDEFGHJKLMNPQRSTUVWZ23456789') =>
  Array.from({length}, (_, at) => alphabet[(at * 7 + (randomBytes(1)[0] ?? 0)) % alphabet.length]).join('')
const joined = (...parts: readonly string[]) => parts.join('')
const pem = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  .privateKey.export({type: 'pkcs8', format: 'pem'})
  .toString()
const rsa = generateKeyPairSync('rsa', {modulusLength: 2048})
  .privateKey.export({type: 'pkcs1', format: 'pem'})
  .toString()
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const reasonOf = (name: string, content: string | Buffer) =>
  secretFiles([{name, content: Buffer.from(content)}])[0]?.reason

describe('what is a secret by its content', () => {
  const github = joined('gh', 'p_', letters(36))
  test.each([
    ['a key in a module', 'server/keys.py', `KEY = '''${pem}'''`],
    [
      'a key in quoted lines',
      'src/key.js',
      pem
        .split('\n')
        .map(line => `'${line}\\n'`)
        .join(' +\n'),
    ],
    ['a service account', 'account.json', JSON.stringify({type: 'service_account', private_key: rsa})],
    ['a key without a known name', 'deploy/host', rsa],
    [
      'a key of SSH',
      'config/deploy',
      joined(
        '-----BEGIN OPENSSH ',
        'PRIVATE KEY-----\n',
        randomBytes(400).toString('base64'),
        '\n-----END OPENSSH ',
        'PRIVATE KEY-----',
      ),
    ],
    ['a key in UTF-16', 'key.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(pem, 'utf16le')])],
    ['a token of GitHub', 'notes.md', `token: ${github}.`],
    ['a fine-grained token', 'x', joined('github', '_pat_', letters(22), '_', letters(59))],
    ['a token of npm', 'Makefile', joined('npm', '_', letters(36))],
    ['a token of PyPI', 'tox.ini', joined('py', 'pi-AgE', letters(120))],
    ['an access key of AWS', 'config.toml', joined('AK', 'IA', letters(16, upper))],
    ['a key of Anthropic', 'main.go', joined('sk-', 'ant-api03-', letters(95))],
    ['a key of OpenAI', '.config', joined('sk-', 'proj-', letters(40), 'T3Blbk', 'FJ', letters(40))],
    ['a token of Slack', 'a.yml', joined('xo', 'xb-', '204815162342-', letters(24))],
    ['a client configuration', '.cursor/mcp.json', JSON.stringify({mcpServers: {x: {env: {API_KEY: letters(32)}}}})],
    [
      'a header of a client',
      '.mcp.json',
      JSON.stringify({mcpServers: {x: {headers: {Authorization: `Bearer ${letters(40)}`}}}}),
    ],
    ['settings of VS Code', '.vscode/mcp.json', JSON.stringify({servers: {x: {env: {GITHUB_TOKEN: letters(40)}}}})],
  ])('%s', (_, name, content) => {
    expect(reasonOf(name, content)).toMatch(/^holds /)
  })

  test.each([
    ['the line with which code looks for a key', 'jwt.js', `if (text.includes('${key}-----')) parse(text)`],
    ['a key that stands for one', 'README.md', `${key}-----\n${'A'.repeat(200)}\n${key.replace('BEGIN', 'END')}-----`],
    ['a key with dots', 'README.md', `${key}-----\nMIIEvQIBADANBgkqhki...\n${key.replace('BEGIN', 'END')}-----`],
    ['a public key', 'cosign.pub', pem.replaceAll('PRIVATE', 'PUBLIC')],
    ['the example of AWS', 'README.md', joined('AK', 'IAIOSFODNN7', 'EXAMPLE')],
    ['a token of crosses', 'README.md', joined('gh', 'p_', 'x'.repeat(36))],
    ['a token that says so', 'README.md', joined('gh', 'p_', 'yourTokenHere', letters(23))],
    // As in the README of @octokit/auth-token.
    ['a token in words', 'README.md', joined('gh', 'p_', 'PersonalAccessToken', '01245678900000000')],
    ['a word that begins alike', 'a.py', 'npm_config_registry = ghp_utils.pypi_AgE'],
    ['a configuration with places', '.mcp.json', '{"mcpServers": {"x": {"env": {"API_KEY": "${API_KEY}"}}}}'],
    ['a configuration with words', '.mcp.json', '{"mcpServers": {"x": {"env": {"API_KEY": "<your-api-key>"}}}}'],
    ['another file of the name', 'mcp.json', JSON.stringify({theme: 'dark', secret: letters(32)})],
    ['a large file', 'data.bin', Buffer.concat([Buffer.alloc(2 ** 20), Buffer.from(github)])],
    ['a hash', 'package-lock.json', joined('"integrity": "sha512-', randomBytes(64).toString('base64'), '"')],
  ])('not %s', (_, name, content) => {
    expect(reasonOf(name, content)).toBeUndefined()
  })
})

test.each([
  '.mcpregistry_github_token',
  '.mcpregistry_registry_token',
  'package/gha-creds-0123456789abcdef.json',
  'home/.aws/credentials',
  '.kube/config',
  '.docker/config.json',
  '.cargo/credentials.toml',
  '.claude/settings.local.json',
  'x/.claude.json',
  '.azure/msal_token_cache.json',
  'application_default_credentials.json',
])('%s is a file of credentials by its name', name => {
  expect(reasonOf(name, '')).toBe('is a file of credentials by its name')
})

test.each([
  'src/credentials.py',
  'config.json',
  '.claude/settings.json',
  'aws/credentials',
  'creds.json',
  'kube/config',
])('%s is none by its name', name => {
  expect(reasonOf(name, '{}')).toBeUndefined()
})

test('what looks like a key without end is read in linear time', () => {
  const begin = `${key}-----\n`
  const started = performance.now()
  reasonOf('a.txt', begin.repeat(30_000))
  reasonOf('a.txt', `${begin}${'A'.repeat(900_000)}`)
  reasonOf('mcp.json', `"mcpServers": ${'"token": "'.repeat(60_000)}`)
  expect(performance.now() - started).toBeLessThan(5000)
})
