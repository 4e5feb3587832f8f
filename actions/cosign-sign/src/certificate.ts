/** What a certificate of Fulcio says about a signer; https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
export interface Identity {
  /** The subject alternative name: for GitHub Actions the URL of the workflow file that ran, with its ref. */
  readonly identity: string
  readonly issuer: string
  /** The URL of the repository whose workflow was started. */
  readonly repository?: string
  /** Its number, which outlives a new name, and which nobody else gets who takes the old one. */
  readonly repositoryId?: string
  /** The ref that the workflow ran on, such as `refs/tags/v1.0.0`. */
  readonly ref?: string
  /** The commit that the workflow ran on. */
  readonly commit?: string
  /** The URL of the workflow that was started, which may have called the one of `identity`. */
  readonly workflow?: string
}

interface Element {
  readonly tag: number
  readonly body: Buffer
}

// 2.5.29.17 and the arc 1.3.6.1.4.1.57264.1 of Sigstore, as DER.
const alternativeName = '551d11'
const sigstore = '2b0601040183bf3001'
const issuerField = 8
const fields = {repository: 12, commit: 13, ref: 14, repositoryId: 15, workflow: 18} as const

/** Reads a certificate in DER; `undefined` when it is none of Fulcio's. */
export function readIdentity(certificate: Uint8Array): Identity | undefined {
  const extensions = readExtensions(Buffer.from(certificate))
  const text = (number: number) => {
    const value = extensions.get(sigstore + number.toString(16).padStart(2, '0'))
    return value === undefined ? undefined : elements(value)[0]?.body.toString()
  }
  const names = elements(elements(extensions.get(alternativeName) ?? Buffer.alloc(0))[0]?.body ?? Buffer.alloc(0))
  // A URI (workflows) or an e-mail address (people).
  const identity = names.find(({tag}) => tag === 0x86 || tag === 0x81)?.body.toString()
  const issuer = text(issuerField)
  if (identity === undefined || issuer === undefined) return undefined
  const rest = Object.entries(fields).flatMap(([name, number]) => {
    const value = text(number)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {identity, issuer, ...Object.fromEntries(rest)}
}

// Certificate → tbsCertificate → [3] extensions → each: object identifier, (critical,) octet string (RFC 5280, 4.1).
function readExtensions(certificate: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  const [whole] = elements(certificate)
  const [signed] = elements(whole?.body ?? Buffer.alloc(0))
  const wrapper = elements(signed?.body ?? Buffer.alloc(0)).find(({tag}) => tag === 0xa3)
  for (const list of elements(wrapper?.body ?? Buffer.alloc(0))) {
    for (const extension of elements(list.body)) {
      const parts = elements(extension.body)
      const [name, value] = [parts[0], parts.at(-1)]
      if (name !== undefined && value?.tag === 0x04) found.set(name.body.toString('hex'), value.body)
    }
  }
  return found
}

/** The DER elements that lie side by side; stops at what is cut off. */
function elements(bytes: Buffer): Element[] {
  const found: Element[] = []
  let at = 0
  while (at + 2 <= bytes.length) {
    let length = bytes.readUInt8(at + 1)
    let start = at + 2
    if (length >= 0x80) {
      const size = length & 0x7f
      if (size === 0 || size > 4 || start + size > bytes.length) break
      length = bytes.readUIntBE(start, size)
      start += size
    }
    if (start + length > bytes.length) break
    found.push({tag: bytes.readUInt8(at), body: bytes.subarray(start, start + length)})
    at = start + length
  }
  return found
}
