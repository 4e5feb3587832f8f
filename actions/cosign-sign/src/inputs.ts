import {basename} from 'node:path'
import {type Host, type InputsOf, InputError, findFiles, pathInWorkspace} from '@mcp-release/action-kit'
import {suffixes} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {type Signer, readSigner} from './signer'

/** What is to be done; `S` is narrowed once a new key has been made. */
export interface Inputs<S extends Signer = Exclude<Signer, {readonly kind: 'new'}>> {
  /** Absolute paths. */
  readonly files: readonly string[]
  readonly signer: S
  /** Where the signatures go, absolute; beside the files without it. */
  readonly directory?: string
  /** Absolute; only with a key. */
  readonly publicKey?: string
  readonly verify: boolean
  /** Whether the signatures go into the public log. */
  readonly log: boolean
}

/** Finds the files and checks all inputs; throws one `InputError` with all problems. Secrets are masked first. */
export async function refine(raw: InputsOf<typeof contract>, host: Host): Promise<Inputs<Signer>> {
  const problems: string[] = []
  const signer = readSigner(raw, host, problems)
  const found = await findFiles(host, {input: 'files', patterns: raw.files, exclude: raw.exclude}, problems)
  // `built/*` must mean the same when the action runs a second time.
  const files = found.filter(path => !path.endsWith(suffixes.signature))
  if (found.length > 0 && files.length === 0) problems.push('files: the patterns match signatures only')
  const directory =
    raw.outputDirectory === undefined
      ? undefined
      : await pathInWorkspace(host, {input: 'output-directory', path: raw.outputDirectory}, problems)
  if (directory !== undefined) problems.push(...sameNames(files))
  const publicKey =
    raw.publicKey === undefined
      ? undefined
      : await pathInWorkspace(host, {input: 'public-key', path: raw.publicKey}, problems)
  if (publicKey !== undefined && files.includes(publicKey))
    problems.push(`public-key: ${JSON.stringify(raw.publicKey)} is one of the files to sign`)
  if (signer === undefined || problems.length > 0) throw new InputError(problems, hintFor(problems))
  return {
    files,
    signer,
    ...(directory === undefined ? {} : {directory}),
    ...(publicKey === undefined ? {} : {publicKey}),
    verify: raw.verify,
    log: raw.transparencyLog === 'auto' ? signer.kind === 'keyless' : raw.transparencyLog === 'true',
  }
}

// Their signatures would have one name.
function sameNames(files: readonly string[]): readonly string[] {
  const names = files.map(path => basename(path))
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(
    name => `output-directory: ${JSON.stringify(name)} is the name of several files; sign them in several steps`,
  )
}

function hintFor(problems: readonly string[]): {hint?: string} {
  if (!problems.some(problem => problem.startsWith('key:') && problem.includes('PEM'))) return {}
  return {hint: '`cosign generate-key-pair` makes such a key, `cosign import-key-pair` converts one of openssl.'}
}
