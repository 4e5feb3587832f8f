import {X509Certificate, createHash, generateKeyPairSync, sign, type KeyObject} from 'node:crypto'
import http from 'node:http'
import {type Listening, listen} from './sigstore-ports'

/** A certificate log that answers with correctly signed timestamps (RFC 6962) and keeps no tree. */
export interface CertificateLog extends Listening {
  /** In PEM. */
  readonly publicKey: string
}

interface Element {
  readonly tag: number
  readonly body: Buffer
  readonly whole: Buffer
}

// RFC 6962, 3.1: the extension that makes a certificate a precertificate.
const poison = Buffer.from('060a2b06010401d679020403', 'hex')

/** Starts the log on loopback. */
export async function startCertificateLog(): Promise<CertificateLog> {
  const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  const spki = publicKey.export({type: 'spki', format: 'der'})
  const id = createHash('sha256').update(spki).digest('base64')
  const server = http.createServer((request, response) => {
    if (request.method !== 'POST' || request.url?.endsWith('/ct/v1/add-pre-chain') !== true) {
      response.writeHead(404).end()
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      try {
        const {chain} = JSON.parse(Buffer.concat(chunks).toString()) as {chain: string[]}
        const body = JSON.stringify({sct_version: 0, id, extensions: '', ...signedTimestamp(chain, privateKey)})
        response.writeHead(200, {'content-type': 'application/json'}).end(body)
      } catch (error) {
        response.writeHead(400).end(String(error))
      }
    })
  })
  return {...(await listen(server)), publicKey: publicKey.export({type: 'spki', format: 'pem'}).toString()}
}

function signedTimestamp(chain: readonly string[], key: KeyObject): {timestamp: number; signature: string} {
  const [precertificate, issuer] = chain.map(each => Buffer.from(each, 'base64'))
  if (precertificate === undefined || issuer === undefined) throw new Error('the chain has no issuer')
  const body = withoutPoison(precertificate)
  const issuerKey = new X509Certificate(issuer).publicKey.export({type: 'spki', format: 'der'})
  const timestamp = Date.now()
  // RFC 6962, 3.2: version, type, timestamp, entry type, issuer key hash, length, certificate body, no extensions.
  const [time, length] = [Buffer.alloc(8), Buffer.alloc(3)]
  time.writeBigUInt64BE(BigInt(timestamp))
  length.writeUIntBE(body.length, 0, 3)
  const digest = createHash('sha256').update(issuerKey).digest()
  const entry = Buffer.concat([
    Buffer.from([0, 0]),
    time,
    Buffer.from([0, 1]),
    digest,
    length,
    body,
    Buffer.from([0, 0]),
  ])
  const bytes = sign('sha256', entry, key)
  // RFC 5246, 4.7: sha256, ecdsa, length.
  const head = Buffer.from([4, 3, bytes.length >> 8, bytes.length & 255])
  return {timestamp, signature: Buffer.concat([head, bytes]).toString('base64')}
}

/** The body of a certificate without the poison: what the log signs. */
function withoutPoison(certificate: Buffer): Buffer {
  const [body] = elements(element(certificate, 0).body)
  if (body === undefined) throw new Error('this is no certificate')
  const parts = elements(body.body).map(part => {
    if (part.tag !== 0xa3) return part.whole
    const kept = elements(element(part.body, 0).body).filter(
      extension => !extension.body.subarray(0, poison.length).equals(poison),
    )
    return encode(0xa3, encode(0x30, Buffer.concat(kept.map(({whole}) => whole))))
  })
  return encode(0x30, Buffer.concat(parts))
}

function element(bytes: Buffer, at: number): Element {
  let length = bytes.readUInt8(at + 1)
  let start = at + 2
  if (length >= 0x80) {
    const size = length & 0x7f
    length = bytes.readUIntBE(start, size)
    start += size
  }
  return {
    tag: bytes.readUInt8(at),
    body: bytes.subarray(start, start + length),
    whole: bytes.subarray(at, start + length),
  }
}

function elements(bytes: Buffer): Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length; at += found.at(-1)?.whole.length ?? bytes.length) found.push(element(bytes, at))
  return found
}

function encode(tag: number, body: Buffer): Buffer {
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
