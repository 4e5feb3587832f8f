import {expect, test} from '@jest/globals'
import {parseBundle, requireBundle} from './bundle'
import {readIdentity} from './certificate'

const digest = 'ab'.repeat(32)
const bundle = (sha256: string, more: object = {}) =>
  JSON.stringify({
    messageSignature: {
      messageDigest: {algorithm: 'SHA2_256', digest: Buffer.from(sha256, 'hex').toString('base64')},
      signature: 'x',
    },
    ...more,
  })

test.each([
  ['an empty file', ''],
  ['half a file', bundle(digest).slice(0, 40)],
  ['null', 'null'],
  ['another JSON file', '{"name": "x"}'],
  ['a bundle without signature', bundle(digest).replace('"x"', '""')],
  ['a bundle with another digest', bundle(digest).replace('SHA2_256', 'SHA2_512')],
])('%s is no bundle', (_, text) => {
  expect(parseBundle(text)).toBeUndefined()
  expect(() => requireBundle(text, {name: 'a.tgz', sha256: digest})).toThrow('a.tgz: cosign left no whole signature')
})

test('a bundle for other bytes is refused with both digests', () => {
  const other = 'cd'.repeat(32)
  expect(() => requireBundle(bundle(other), {name: 'a.tgz', sha256: digest})).toThrow(
    `a.tgz: the signature is for sha256 ${other}, the file has ${digest}`,
  )
})

test.each([
  ['nothing', ''],
  ['an endless length', '3084ffffffff'],
  ['no extensions', '30023000'],
  ['a cut element', '308201'],
])('a certificate of %s has no identity', (_, hex) => {
  expect(readIdentity(Buffer.from(hex, 'hex'))).toBeUndefined()
  const verificationMaterial = {certificate: {rawBytes: Buffer.from(hex, 'hex').toString('base64')}}
  expect(parseBundle(bundle(digest, {verificationMaterial}))).toEqual({sha256: digest})
})
