import {createHash} from 'node:crypto'
import {basename, join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {type Bundle, requireBundle} from './bundle'
import type {Identity} from './certificate'
import {type Verifier, checkBundle, lastWords, verifyWithCosign} from './check'
import {type Run, identityProblems} from './identity'
import type {Inputs} from './inputs'
import {runCosign} from './materials'
import {type Materials, type SignedFile, bundlePath, signCommand} from './plan'
import {withRetries} from './retry'

/** A file with its signature. */
export interface Signature {
  /** Absolute. */
  readonly file: string
  readonly sha256: string
  /** Absent with a key. */
  readonly signer?: Identity
  /** Whether an earlier signature was good and stayed. */
  readonly kept: boolean
}

/** What signing a file needs. */
export interface Context {
  readonly inputs: Inputs
  readonly materials: Materials
  readonly verifier: Verifier
  /** This run, whose certificates count. */
  readonly run: Run
  /** For the bundle until it is known to be good. */
  readonly folder: string
}

/** Signs a file, or keeps the signature that it has when that is as good as a new one. */
export async function signFile(host: Host, file: string, context: Context): Promise<Signature> {
  const sha256 = await host.files.sha256(file)
  const name = basename(file)
  const kept = await goodBundle(host, {file, sha256}, context)
  if (kept !== undefined) {
    host.info(`${name}: its signature is good and stays`)
    return signature({file, sha256, kept: true}, kept)
  }
  // Not by its digest: two files with the same bytes are signed at the same time.
  const pair = {file, bundle: join(context.folder, `${createHash('sha256').update(file).digest('hex')}.json`)}
  const bundle = requireBundle(await signAnew(host, pair, context), {name, sha256})
  requireIdentity(name, bundle, context)
  if (context.inputs.verify) {
    const result = await verifyWithCosign(host, pair, {bundle, verifier: context.verifier})
    if (result.exitCode !== 0) {
      throw new ActionError(
        'VERIFY',
        `${name}: the new signature does not verify\n${lastWords('verify-blob', result)}`,
        {
          hint: 'Nothing was written. If Sigstore is away for the moment, run the job again.',
        },
      )
    }
  }
  // cosign writes bundles that only their owner may read; they are for everybody.
  await host.files.write(bundlePath(file, context.inputs), await host.files.readBytes(pair.bundle))
  host.info(`${name}: signed${context.inputs.verify ? ' and verified' : ''}`)
  return signature({file, sha256, kept: false}, bundle)
}

function signature(facts: Omit<Signature, 'signer'>, {signer}: Bundle): Signature {
  return {...facts, ...(signer === undefined ? {} : {signer})}
}

async function goodBundle(
  host: Host,
  {file, sha256}: {readonly file: string; readonly sha256: string},
  {inputs, verifier, run}: Context,
): Promise<Bundle | undefined> {
  const candidate = {file, sha256, bundle: bundlePath(file, inputs)}
  const problemsOf = (signer: Identity) => identityProblems(signer, run)
  const checked = await checkBundle(host, candidate, {verifier, problemsOf})
  return 'bundle' in checked ? checked.bundle : undefined
}

async function signAnew(host: Host, pair: SignedFile, context: Context): Promise<string> {
  const {inputs, materials, verifier} = context
  const args = signCommand(inputs, materials, pair)
  await host.files.remove(pair.bundle)
  const {env} = inputs.signer
  const result = await withRetries(host, () => runCosign(host, verifier.cosign, args, {env}), verifier.wait)
  const name = basename(pair.file)
  if (result.exitCode !== 0) {
    throw new ActionError('SIGN', `${name}: cosign could not sign it\n${lastWords('sign-blob', result)}`, {
      hint: /retrieving ID token|identity token/.test(result.stderr) ? noToken : againHint,
    })
  }
  return (await host.files.stat(pair.bundle)) === undefined ? '' : host.files.readText(pair.bundle)
}

/** What to do when the job gets no identity token. */
export const noToken =
  'The job got no identity token that Sigstore accepts; it needs `permissions: id-token: write`. ' +
  'If it has that, the token service was away: run the job again.'
const againHint = 'Files that are signed already stay so: run the job again, it goes on where it stopped.'

function requireIdentity(name: string, {signer}: Bundle, {inputs, run}: Context): void {
  if (inputs.signer.kind === 'key') return
  const problems = signer === undefined ? ['its certificate names no identity'] : identityProblems(signer, run)
  if (problems.length === 0) return
  throw new ActionError('IDENTITY', `${name}: ${problems.join('; ')}`, {
    hint: 'The token came from another run than this one; do not publish the files.',
  })
}
