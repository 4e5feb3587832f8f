import type {Run} from './identity'

/** Who must have signed: the same in all jobs of a run. */
export type ExpectedSigner =
  | {readonly kind: 'keyless'; readonly identity: string; readonly issuer: string}
  | {readonly kind: 'key'; readonly publicKey: string}

/** As one line of JSON, for an output. */
export function formatSigner(signer: ExpectedSigner): string {
  return JSON.stringify(signer)
}

/** Reads what `formatSigner` wrote; `undefined` for anything else. */
export function parseSigner(text: string): ExpectedSigner | undefined {
  let json: Readonly<Record<string, unknown>> | null
  try {
    json = JSON.parse(text) as typeof json
  } catch {
    return undefined
  }
  const {kind, identity, issuer, publicKey} = json ?? {}
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
  if (kind === 'keyless' && isText(identity) && isText(issuer)) return {kind, identity, issuer}
  if (kind === 'key' && isText(publicKey) && publicKey.startsWith('-----BEGIN PUBLIC KEY-----'))
    return {kind, publicKey}
  return undefined
}

/** The one who signs keyless in a run, as far as the run is known. */
export function keylessSigner({identity = '', issuer = ''}: Run): ExpectedSigner {
  return {kind: 'keyless', identity, issuer}
}
