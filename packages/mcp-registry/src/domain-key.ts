import {type KeyObject, createECDH, createPrivateKey, createPublicKey, sign} from 'node:crypto'
import {InputError} from '@mcp-release/action-kit/errors'

/** A private key of one of the two kinds that the registry verifies. */
export interface SigningKey {
  readonly algorithm: 'ed25519' | 'ecdsap384'
  readonly key: KeyObject
}

/** Reads a private key; an `InputError` when it is of another kind. The key itself is never part of a message. */
export function readDomainKey(text: string): SigningKey {
  const key = keyFrom(text.trim())
  if (key?.asymmetricKeyType === 'ed25519') return {algorithm: 'ed25519', key}
  if (key?.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'secp384r1')
    return {algorithm: 'ecdsap384', key}
  throw new InputError([
    'private-key: is neither an Ed25519 nor an ECDSA P-384 key, as PEM or in hex; make one with `openssl genpkey -algorithm Ed25519`',
  ])
}

function keyFrom(text: string): KeyObject | undefined {
  try {
    if (text.startsWith('-----BEGIN ')) return createPrivateKey(text)
    if (!/^([0-9a-f]{64}|[0-9a-f]{96})$/i.test(text)) return undefined
    const raw = Buffer.from(text, 'hex')
    return raw.length === 32 ? fromSeed(raw) : fromScalar(raw)
  } catch {
    return undefined
  }
}

// PKCS #8 of an Ed25519 key is this and the seed (RFC 8410, section 7).
function fromSeed(seed: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  return createPrivateKey({key: der, format: 'der', type: 'pkcs8'})
}

function fromScalar(scalar: Buffer): KeyObject {
  const pair = createECDH('secp384r1')
  pair.setPrivateKey(scalar)
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 49), point.subarray(49)]
  const [d, ...xy] = [scalar, x, y].map(each => each.toString('base64url'))
  return createPrivateKey({key: {kty: 'EC', crv: 'P-384', d: d ?? '', x: xy[0] ?? '', y: xy[1] ?? ''}, format: 'jwk'})
}

/** The signature of a text in hex: Ed25519, or ECDSA over SHA-384 as R and S. */
export function signText({algorithm, key}: SigningKey, text: string): string {
  const data = Buffer.from(text)
  if (algorithm === 'ed25519') return sign(null, data, key).toString('hex')
  return sign('sha384', data, {key, dsaEncoding: 'ieee-p1363'}).toString('hex')
}

/** The record that the domain must show: a TXT record at the domain itself, or the content of the well-known URL. */
export function proofRecord({algorithm, key}: SigningKey): string {
  const {x = '', y = ''} = createPublicKey(key).export({format: 'jwk'})
  const raw = Buffer.from(x, 'base64url')
  const point =
    algorithm === 'ed25519' ? raw : Buffer.concat([Buffer.of(2 + ((Buffer.from(y, 'base64url').at(-1) ?? 0) & 1)), raw])
  return `v=MCPv1; k=${algorithm}; p=${point.toString('base64')}`
}
