import {ActionError} from '@mcp-release/action-kit'
import {type Identity, readIdentity} from './certificate'

/** What a signature bundle says; https://github.com/sigstore/protobuf-specs (bundle v0.3). */
export interface Bundle {
  /** Of the signed file, lower-case hex. */
  readonly sha256: string
  /** Absent when a key signed. */
  readonly signer?: Identity
}

interface BundleJson {
  readonly verificationMaterial?: {
    readonly certificate?: {readonly rawBytes?: string}
    readonly x509CertificateChain?: {readonly certificates?: readonly {readonly rawBytes?: string}[]}
  }
  readonly messageSignature?: {
    readonly messageDigest?: {readonly algorithm?: string; readonly digest?: string}
    readonly signature?: string
  }
}

/** Reads a bundle; `undefined` when it is none. */
export function parseBundle(text: string): Bundle | undefined {
  let json: BundleJson | null
  try {
    json = JSON.parse(text) as BundleJson | null
  } catch {
    return undefined
  }
  const {verificationMaterial, messageSignature} = json ?? {}
  const {algorithm, digest = ''} = messageSignature?.messageDigest ?? {}
  if (algorithm !== 'SHA2_256' || !messageSignature?.signature) return undefined
  const certificate =
    verificationMaterial?.certificate?.rawBytes ??
    verificationMaterial?.x509CertificateChain?.certificates?.[0]?.rawBytes
  const signer = certificate === undefined ? undefined : readIdentity(Buffer.from(certificate, 'base64'))
  return {
    sha256: Buffer.from(digest, 'base64').toString('hex'),
    ...(signer === undefined ? {} : {signer}),
  }
}

/** Reads the bundle that cosign just wrote for a file; it must be about these bytes. */
export function requireBundle(text: string, {name, sha256}: {readonly name: string; readonly sha256: string}): Bundle {
  const bundle = parseBundle(text)
  const hint = 'Sign again; if it happens twice, look at the log of cosign above.'
  if (bundle === undefined) throw new ActionError('BUNDLE', `${name}: cosign left no whole signature bundle`, {hint})
  if (bundle.sha256 !== sha256) {
    const message = `${name}: the signature is for sha256 ${bundle.sha256}, the file has ${sha256}`
    throw new ActionError('BUNDLE', message, {
      hint: 'The file changed while it was signed; nothing else may write to it.',
    })
  }
  return bundle
}
