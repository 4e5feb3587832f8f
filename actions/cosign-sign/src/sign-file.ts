import {basename, join} from 'node:path'
import {ActionError, type ExecResult, type Host, toolError} from '@mcp-release/action-kit'
import {type Bundle, parseBundle, requireBundle} from './bundle'
import type {Identity} from './certificate'
import {expectationOf, identityProblems} from './identity'
import type {Inputs} from './inputs'
import {type Cosign, runCosign} from './materials'
import {type Expectation, type Materials, type SignedFile, bundlePath, signCommand, verifyCommand} from './plan'
import {type Wait, withRetries} from './retry'

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
  readonly cosign: Cosign
  /** For the bundle until it is known to be good. */
  readonly folder: string
  readonly wait?: Wait
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
  const pair = {file, bundle: join(context.folder, `${sha256}.json`)}
  const bundle = requireBundle(await signAnew(host, pair, context), {name, sha256})
  requireIdentity(host, name, bundle, context)
  if (context.inputs.verify) {
    const result = await verify(host, pair, bundle, context)
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
  context: Context,
): Promise<Bundle | undefined> {
  const path = bundlePath(file, context.inputs)
  if ((await host.files.stat(path))?.kind !== 'file') return undefined
  const bundle = parseBundle(await host.files.readText(path))
  if (bundle?.sha256 !== sha256) return undefined
  const keyless = context.inputs.signer.kind === 'keyless'
  if (keyless !== (bundle.signer !== undefined)) return undefined
  if (bundle.signer !== undefined && identityProblems(bundle.signer, host.env).length > 0) return undefined
  const result = await verify(host, {file, bundle: path}, bundle, context)
  return result.exitCode === 0 ? bundle : undefined
}

async function signAnew(host: Host, pair: SignedFile, context: Context): Promise<string> {
  const {inputs, materials, cosign} = context
  const args = signCommand(inputs, materials, pair)
  await host.files.remove(pair.bundle)
  const {env} = inputs.signer
  const result = await withRetries(host, () => runCosign(host, cosign, args, {env}), context.wait)
  const name = basename(pair.file)
  if (result.exitCode !== 0) {
    throw new ActionError('SIGN', `${name}: cosign could not sign it\n${lastWords('sign-blob', result)}`, {
      hint: hintFor(result),
    })
  }
  return (await host.files.stat(pair.bundle)) === undefined ? '' : host.files.readText(pair.bundle)
}

function hintFor({stderr}: ExecResult): string {
  if (/retrieving ID token|identity token/.test(stderr)) {
    return (
      'The job got no identity token that Sigstore accepts; it needs `permissions: id-token: write`. ' +
      'If it has that, the token service was away: run the job again.'
    )
  }
  return 'Files that are signed already stay so: run the job again, it goes on where it stopped.'
}

function requireIdentity(host: Host, name: string, {signer}: Bundle, {inputs}: Context): void {
  if (inputs.signer.kind === 'key') return
  const problems = signer === undefined ? ['its certificate names no identity'] : identityProblems(signer, host.env)
  if (problems.length === 0) return
  throw new ActionError('IDENTITY', `${name}: ${problems.join('; ')}`, {
    hint: 'The token came from another run than this one; do not publish the files.',
  })
}

function verify(host: Host, pair: SignedFile, {signer}: Bundle, context: Context): Promise<ExecResult> {
  const who: Expectation =
    signer === undefined ? {kind: 'key', publicKey: context.materials.publicKey ?? ''} : expectationOf(signer)
  const args = verifyCommand(context.inputs, who, pair)
  return withRetries(host, () => runCosign(host, context.cosign, args), context.wait)
}

function lastWords(command: string, result: ExecResult): string {
  return toolError(['cosign', command], result).message
}
