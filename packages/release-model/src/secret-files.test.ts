import {expect, test} from '@jest/globals'
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
