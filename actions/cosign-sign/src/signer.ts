import type {Host} from '@mcp-release/action-kit'

/** With what is signed, and the variables that cosign needs for it and nobody else gets. */
export type Signer =
  | {readonly kind: 'new'}
  | {readonly kind: 'keyless'; readonly env: Readonly<Record<string, string>>}
  | {
      readonly kind: 'key'
      /** For `--key`. */
      readonly reference: string
      readonly env: Readonly<Record<string, string>>
    }

interface KeyInputs {
  readonly key: string | undefined
  readonly keyPassword: string | undefined
  readonly publicKey: string | undefined
}

// The variables with which cosign's key services find their account; https://docs.sigstore.dev/cosign/key_management/
const services: Readonly<Record<string, RegExp>> = {
  awskms: /^AWS_/,
  gcpkms: /^(GOOGLE|CLOUDSDK|GCE)_/,
  azurekms: /^AZURE_/,
  hashivault: /^(VAULT_|TRANSIT_SECRET_ENGINE_PATH$)/,
  k8s: /^KUBE/,
}

const pem =
  /^-----BEGIN ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----\n[\s\S]+-----END ENCRYPTED (SIGSTORE|COSIGN) PRIVATE KEY-----$/

/** Reads who signs from the inputs and the environment; masks the key and its password. */
export function readSigner(inputs: KeyInputs, host: Host, problems: string[]): Signer | undefined {
  const {key, keyPassword = '', publicKey} = inputs
  if (keyPassword !== '') host.maskSecret(keyPassword)
  if (key === undefined) {
    if (keyPassword !== '') problems.push('key-password: given without key')
    if (publicKey !== undefined) problems.push('public-key: given without key; keyless signatures have a certificate')
    return keyless(host, problems)
  }
  if (key === 'new') return newKey(inputs, problems)
  // cosign asks for the password when the variable is absent, and there is nobody to answer.
  const env = {COSIGN_PASSWORD: keyPassword}
  if (key.startsWith('-----BEGIN')) return keyInPem(key, {env, host}, problems)
  const [, scheme = '', rest = ''] = /^([a-z0-9]+):\/\/(.*)$/.exec(key) ?? []
  if (scheme === 'env') return keyInVariable(rest, {env, host}, problems)
  const variables = services[scheme]
  if (variables === undefined) {
    // Not repeated here: it may be a secret that was meant to be a key.
    problems.push(
      `key: neither "new", nor a private key in PEM, nor a reference to env, ${Object.keys(services).join(', ')}`,
    )
    return undefined
  }
  return {kind: 'key', reference: key, env: {...env, ...pick(host, variables)}}
}

function newKey({keyPassword = '', publicKey}: KeyInputs, problems: string[]): Signer {
  if (keyPassword !== '') problems.push('key-password: a new key has a password of its own')
  if (publicKey === undefined) problems.push('public-key: required with a new key; nobody could verify without it')
  return {kind: 'new'}
}

interface KeyContext {
  readonly env: Readonly<Record<string, string>>
  readonly host: Host
}

// The key goes to cosign in a variable: nothing is written to the disk, nothing shows among the arguments.
function keyInPem(key: string, {env, host}: KeyContext, problems: string[]): Signer | undefined {
  const text = key.replaceAll('\r\n', '\n').trim()
  host.maskSecret(text)
  if (!pem.test(text)) {
    const [title = ''] = text.split('\n')
    const found = /^-----BEGIN [A-Z0-9 ]+-----$/.test(title) ? `, but ${title}` : ''
    problems.push(`key: the PEM is no whole ENCRYPTED SIGSTORE PRIVATE KEY${found}`)
    return undefined
  }
  return {kind: 'key', reference: 'env://COSIGN_PRIVATE_KEY', env: {...env, COSIGN_PRIVATE_KEY: `${text}\n`}}
}

function keyInVariable(name: string, context: KeyContext, problems: string[]): Signer | undefined {
  const value = /^[A-Za-z_]\w*$/.test(name) ? context.host.env[name] : undefined
  if (value !== undefined && value.trim() !== '') return keyInPem(value, context, problems)
  problems.push(`key: the variable ${JSON.stringify(name)} is not set or empty`)
  return undefined
}

function keyless(host: Host, problems: string[]): Signer | undefined {
  const env = pick(host, /^ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)$/)
  if (Object.keys(env).length < 2) {
    problems.push(
      'key: not given, and the job has no identity token for a keyless signature; add `permissions: id-token: write` ' +
        'to the job, or give a key (a pull request from a fork never has an identity token)',
    )
    return undefined
  }
  return {kind: 'keyless', env}
}

function pick(host: Host, names: RegExp): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(host.env)) {
    if (value !== undefined && value !== '' && names.test(name)) found[name] = value
  }
  return found
}
