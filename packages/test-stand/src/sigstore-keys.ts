import {execFile} from 'node:child_process'
import {generateKeyPairSync} from 'node:crypto'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'

const run = promisify(execFile)

/** Files and texts with the keys of the services. */
export interface SigstoreKeys {
  /** For the issuer. */
  readonly tls: {readonly key: string; readonly cert: string}
  /** Where the issuer's certificate lies. */
  readonly tlsCertificate: string
  /** Fulcio's certificate authority: files and the password of the key. */
  readonly authority: {readonly cert: string; readonly key: string; readonly password: string}
  /** Files with the log's ed25519 key. */
  readonly log: {readonly privateKey: string; readonly publicKey: string}
}

/** Makes new keys and certificates in a folder; certificates come from openssl, for Node makes none. */
export async function makeKeys(folder: string, host: string): Promise<SigstoreKeys> {
  const at = (name: string) => join(folder, name)
  const password = 'loopback only'
  const ec = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  const log = generateKeyPairSync('ed25519')
  const authorityKey = ec.privateKey.export({type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: password})
  await writeFile(at('ca.key'), authorityKey, {mode: 0o600})
  await writeFile(at('rekor.key'), log.privateKey.export({type: 'pkcs8', format: 'pem'}), {mode: 0o600})
  await writeFile(at('rekor.pub'), log.publicKey.export({type: 'spki', format: 'pem'}))
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`],
    ...['-keyout', at('tls.key'), '-out', at('tls.crt')],
  ])
  await run('openssl', [
    ...['req', '-x509', '-new', '-key', at('ca.key'), '-passin', `pass:${password}`, '-sha256', '-days', '30'],
    ...['-subj', '/O=local/CN=local fulcio', '-addext', 'basicConstraints=critical,CA:TRUE,pathlen:0'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-out', at('ca.pem')],
  ])
  return {
    tls: {key: await readFile(at('tls.key'), 'utf8'), cert: await readFile(at('tls.crt'), 'utf8')},
    tlsCertificate: at('tls.crt'),
    authority: {cert: at('ca.pem'), key: at('ca.key'), password},
    log: {privateKey: at('rekor.key'), publicKey: at('rekor.pub')},
  }
}
