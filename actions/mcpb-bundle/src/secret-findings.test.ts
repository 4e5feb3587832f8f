import {generateKeyPairSync} from 'node:crypto'
import {expect, test} from '@jest/globals'
import {secretFindings} from './secret-findings'

// Made at run time, so that no key stands in this file.
const key = generateKeyPairSync('ed25519').privateKey.export({type: 'pkcs8', format: 'pem'})
const long = generateKeyPairSync('ec', {namedCurve: 'P-256'}).privateKey.export({type: 'pkcs8', format: 'pem'})

test('own files with secrets are errors, those among tests warnings, those of dependencies neither', () => {
  const files = ['server/key.ts', 'tests/key.ts', 'node_modules/x/key.ts', 'server/lib/x/key.py', '.env'].map(name => ({
    name,
    mode: 0o644 as const,
    content: Buffer.from(String(long)),
  }))
  expect(secretFindings({files}).map(({level, text}) => `${level}: ${text.split('\n')[0] ?? ''}`)).toEqual([
    'error: server/key.ts holds a private key',
    'warning: tests/key.ts holds a private key; among tests that may be meant so',
    'error: .env is a file of credentials by its name',
  ])
})

test('a short key is one, too', () => {
  const files = [{name: 'a', mode: 0o644 as const, content: Buffer.from(String(key))}]
  expect(secretFindings({files})).toHaveLength(1)
})
