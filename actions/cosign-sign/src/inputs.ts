import {basename} from 'node:path'
import {
  type Host,
  type InputsOf,
  InputError,
  findFiles,
  outputInWorkspace,
  pathInWorkspace,
} from '@mcp-release/action-kit'
import {suffixes} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {type ExpectedSigner, parseSigner} from './expected-signer'
import {bundlePath} from './plan'
import type {PublishedRelease} from './published'
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
  /** The release whose published signatures count. */
  readonly published?: PublishedRelease
  /** Whether the signatures go into the public log. */
  readonly log: boolean
}

/** What is to be verified alone. */
export interface VerifyInputs {
  readonly files: readonly string[]
  readonly signer: ExpectedSigner
  /** Where the signatures are, absolute; beside the files without it. */
  readonly directory?: string
  readonly published?: PublishedRelease
  readonly log: boolean
}

type Raw = InputsOf<typeof contract>

/** Finds the files and checks all inputs; throws one `InputError` with all problems. Secrets are masked first. */
export async function refine(raw: Raw, host: Host): Promise<Inputs<Signer>> {
  const problems: string[] = []
  const signer = readSigner(raw, host, problems)
  const files = await filesOf(raw, host, problems)
  const directory = await directoryOf(raw, host, {files, problems})
  const publicKey =
    raw.publicKey === undefined
      ? undefined
      : await outputInWorkspace(host, {input: 'public-key', path: raw.publicKey}, problems)
  if (publicKey !== undefined && files.includes(publicKey))
    problems.push(`public-key: ${JSON.stringify(raw.publicKey)} is one of the files to sign`)
  if (raw.signer !== undefined)
    problems.push('signer: is for `mode: verify`; who signs here is the output of this name')
  problems.push(...(await foldersInPlace(host, files, directory)))
  const published = publishedOf(raw, host, problems)
  if (signer === undefined || problems.length > 0) throw new InputError(problems, hintFor(problems))
  return {
    files,
    signer,
    ...(directory === undefined ? {} : {directory}),
    ...(publicKey === undefined ? {} : {publicKey}),
    verify: raw.verify,
    ...(published === undefined ? {} : {published}),
    log: raw.transparencyLog === 'auto' ? signer.kind === 'keyless' : raw.transparencyLog === 'true',
  }
}

/** As `refine`, for signatures that are only verified. */
export async function refineVerify(raw: Raw, host: Host): Promise<VerifyInputs> {
  const problems: string[] = []
  const secrets = {key: raw.key, 'key-password': raw.keyPassword, 'public-key': raw.publicKey}
  for (const [name, value] of Object.entries(secrets))
    if (value !== undefined)
      problems.push(`${name}: is not needed with \`mode: verify\`, where \`signer\` says who must have signed`)
  const signer = parseSigner(raw.signer ?? '')
  if (signer === undefined)
    problems.push('signer: must be the output `signer` of the step that signed, with `mode: verify`')
  const files = await filesOf(raw, host, problems)
  const directory = await directoryOf(raw, host, {files, problems})
  const published = publishedOf(raw, host, problems)
  if (signer === undefined || problems.length > 0) throw new InputError(problems)
  return {
    files,
    signer,
    ...(directory === undefined ? {} : {directory}),
    ...(published === undefined ? {} : {published}),
    log: raw.transparencyLog === 'auto' ? signer.kind === 'keyless' : raw.transparencyLog === 'true',
  }
}

async function filesOf(raw: Raw, host: Host, problems: string[]): Promise<readonly string[]> {
  const found = await findFiles(host, {input: 'files', patterns: raw.files, exclude: raw.exclude}, problems)
  // `built/*` must mean the same when the action runs a second time.
  const files = found.filter(path => !path.endsWith(suffixes.signature))
  if (found.length > 0 && files.length === 0) problems.push('files: the patterns match signatures only')
  return files
}

async function directoryOf(
  {outputDirectory: path}: Raw,
  host: Host,
  {files, problems}: {readonly files: readonly string[]; readonly problems: string[]},
): Promise<string | undefined> {
  if (path === undefined) return undefined
  problems.push(...sameNames(files))
  return pathInWorkspace(host, {input: 'output-directory', path}, problems)
}

// Found before anything is signed: what is entered into the log stays there.
async function foldersInPlace(
  host: Host,
  files: readonly string[],
  directory: string | undefined,
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const file of files) {
    const path = bundlePath(file, directory === undefined ? {} : {directory})
    if ((await host.files.stat(path))?.kind === 'directory')
      problems.push(`files: the signature of ${JSON.stringify(basename(file))} goes to ${path}, which is a folder`)
  }
  return problems
}

// Their signatures would have one name.
function sameNames(files: readonly string[]): readonly string[] {
  const names = files.map(path => basename(path))
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].map(
    name => `output-directory: ${JSON.stringify(name)} is the name of several files; sign them in several steps`,
  )
}

function publishedOf(raw: Raw, host: Host, problems: string[]): PublishedRelease | undefined {
  const {publishedTag: tag, publishedCommit: commit} = raw
  if (tag === undefined) {
    if (commit !== undefined) problems.push('published-commit: given without published-tag')
    return undefined
  }
  if (raw.readToken.startsWith('${{')) problems.push('read-token: empty; outside a workflow there is no default')
  else host.maskSecret(raw.readToken)
  const [, owner = '', name = ''] = /^([\w.-]+)\/([\w.-]+)$/.exec(host.env['GITHUB_REPOSITORY'] ?? '') ?? []
  if (owner === '') problems.push('published-tag: the runner names no repository (GITHUB_REPOSITORY)')
  return {
    tag: tag.replace(/^refs\/tags\//, ''),
    ...(commit === undefined ? {} : {commit}),
    token: raw.readToken,
    repository: {owner, name},
  }
}

function hintFor(problems: readonly string[]): {hint?: string} {
  if (!problems.some(problem => problem.startsWith('key:') && problem.includes('PEM'))) return {}
  return {hint: '`cosign generate-key-pair` makes such a key, `cosign import-key-pair` converts one of openssl.'}
}
