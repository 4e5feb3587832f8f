import {type ExecResult, type Host, toolError} from '@mcp-release/action-kit'
import {type Bundle, parseBundle} from './bundle'
import type {Identity} from './certificate'
import {expectationOf} from './identity'
import {type Cosign, runCosign} from './materials'
import {type Expectation, type SignedFile, verifyCommand} from './plan'
import {type Wait, withRetries} from './retry'

/** What it takes to verify a signature. */
export interface Verifier {
  readonly cosign: Cosign
  /** Whether it must be in the public log. */
  readonly log: boolean
  /** The file with the public key; absent for keyless signatures. */
  readonly publicKey?: string
  readonly wait?: Wait
}

/** A file with a bundle that may be its signature. */
export interface Candidate extends SignedFile {
  readonly sha256: string
}

/** A bundle that is the signature of the file by the one who should sign, or why it is not. */
export type Checked = {readonly bundle: Bundle} | {readonly problems: readonly string[]}

/** Checks what a bundle says, whether its signer is the right one (no problems), and then with cosign that it is true. */
export async function checkBundle(
  host: Host,
  candidate: Candidate,
  {verifier, problemsOf}: {readonly verifier: Verifier; readonly problemsOf: (signer: Identity) => readonly string[]},
): Promise<Checked> {
  const kind = (await host.files.stat(candidate.bundle))?.kind
  if (kind !== 'file') return {problems: [kind === undefined ? 'there is none' : 'it is not a file']}
  const bundle = parseBundle(await host.files.readText(candidate.bundle))
  if (bundle === undefined) return {problems: ['it is not a signature bundle']}
  const problems = said(bundle, candidate, {isKeyless: verifier.publicKey === undefined, problemsOf})
  if (problems.length > 0) return {problems}
  const result = await verifyWithCosign(host, candidate, {bundle, verifier})
  return result.exitCode === 0 ? {bundle} : {problems: [`it does not verify\n${lastWords('verify-blob', result)}`]}
}

function said(
  {sha256, signer}: Bundle,
  candidate: Candidate,
  {isKeyless, problemsOf}: {readonly isKeyless: boolean; readonly problemsOf: (signer: Identity) => readonly string[]},
): readonly string[] {
  if (sha256 !== candidate.sha256) return [`it is for sha256 ${sha256}, the file has ${candidate.sha256}`]
  if (!isKeyless) return signer === undefined ? [] : ['it was made with a certificate, not with the key']
  return signer === undefined ? ['it has no certificate that names an identity'] : problemsOf(signer)
}

/** Runs the very command that users are told. */
export function verifyWithCosign(
  host: Host,
  pair: SignedFile,
  {bundle: {signer}, verifier}: {readonly bundle: Bundle; readonly verifier: Verifier},
): Promise<ExecResult> {
  const {publicKey = '', cosign, wait} = verifier
  const who: Expectation = signer === undefined ? {kind: 'key', publicKey} : expectationOf(signer)
  const args = verifyCommand(verifier, who, pair)
  return withRetries(host, () => runCosign(host, cosign, args), wait)
}

/** What cosign said last. */
export function lastWords(command: string, result: ExecResult): string {
  return toolError(['cosign', command], result).message
}
