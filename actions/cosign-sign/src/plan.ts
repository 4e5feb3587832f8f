import {basename, dirname, join} from 'node:path'
import {suffixes} from '@mcp-release/release-model'
import type {Inputs} from './inputs'

/** Files that cosign is given, besides the ones that are signed. */
export interface Materials {
  /** Which services are used; absent for Sigstore's usual ones. */
  readonly signingConfig?: string
  /** Whom signatures are checked against; absent for Sigstore's usual root. */
  readonly trustedRoot?: string
  /** The public key, only with a key. */
  readonly publicKey?: string
}

/** How a signature is checked. */
export type Expectation =
  | {readonly kind: 'key'; readonly publicKey: string}
  | {
      readonly kind: 'keyless'
      readonly identity: string
      readonly issuer: string
      /** The repository whose workflow ran, when that is not the one of the identity. */
      readonly caller?: string
    }

/** Where the signature of a file goes: beside it, or into the folder that is named. */
export function bundlePath(file: string, {directory}: Pick<Inputs, 'directory'>): string {
  return join(directory ?? dirname(file), basename(file) + suffixes.signature)
}

/** The command that signs one file. */
export function signCommand({signer}: Inputs, {signingConfig, trustedRoot}: Materials, files: SignedFile): string[] {
  return [
    ...['sign-blob', '--yes'],
    // Without a flow cosign would ask for a login in a browser when the identity token is refused, and wait.
    ...(signer.kind === 'key' ? ['--key', signer.reference] : ['--fulcio-auth-flow', 'token']),
    ...(signingConfig === undefined ? [] : ['--signing-config', signingConfig]),
    ...(trustedRoot === undefined ? [] : ['--trusted-root', trustedRoot]),
    ...['--bundle', files.bundle, files.file],
  ]
}

/** A file and its signature. */
export interface SignedFile {
  readonly file: string
  readonly bundle: string
}

/** The arguments with which cosign verifies one file; the same ones that users are told. */
export function verifyCommand({log}: {readonly log: boolean}, who: Expectation, {file, bundle}: SignedFile): string[] {
  return [
    'verify-blob',
    ...(who.kind === 'key' ? ['--key', who.publicKey] : identityArguments(who)),
    ...(log ? [] : ['--insecure-ignore-tlog']),
    // Without the log, only a signed timestamp shows that the certificate was valid at the time.
    ...(log || who.kind === 'key' ? [] : ['--use-signed-timestamps']),
    ...['--bundle', bundle, file],
  ]
}

function identityArguments(who: Expectation & {readonly kind: 'keyless'}): string[] {
  return [
    ...['--certificate-identity', who.identity],
    ...['--certificate-oidc-issuer', who.issuer],
    ...(who.caller === undefined ? [] : ['--certificate-github-workflow-repository', who.caller]),
  ]
}
