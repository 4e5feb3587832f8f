const names: readonly RegExp[] = [
  /^\.env$/,
  /^\.env\.(?!(?:example|sample|template|dist|defaults?|schema)$)/,
  /^\.(?:netrc|pypirc|git-credentials|htpasswd)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)$/,
  /\.(?:p12|pfx|jks|keystore|ppk)$/i,
]

const testFolder = /(?:^|\/)(?:tests?|__tests__|fixtures?|testdata)\//i

/** A file of a package that looks like a secret. */
export interface SecretFile {
  readonly name: string
  readonly reason: string
  /** Among tests a key is most often a made-up one; elsewhere it must not be published. */
  readonly amongTests: boolean
}

/** The files that must not be published: environment files, private keys and stored credentials. */
export function secretFiles(
  files: readonly {readonly name: string; readonly content: Uint8Array}[],
): readonly SecretFile[] {
  return files.flatMap(({name, content}) => {
    const reason = reasonOf(name, content)
    return reason === undefined ? [] : [{name, reason, amongTests: testFolder.test(name)}]
  })
}

function reasonOf(name: string, content: Uint8Array): string | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1)
  if (names.some(rule => rule.test(base))) return 'is a file of credentials by its name'
  const text = () => Buffer.from(content).toString('latin1')
  if (base === '.npmrc' && /_(?:authToken|auth|password)\s*=\s*(?!\$\{)\S/.test(text())) return 'holds a credential'
  const mayBeKey = /\.(?:pem|key|asc)$/i.test(base)
  return mayBeKey && /^-----BEGIN [A-Z ]*PRIVATE KEY/m.test(text()) ? 'holds a private key' : undefined
}
