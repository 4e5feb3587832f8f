import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type Checksum, type Plan, parseChecksums, releaseFiles} from '@mcp-release/release-model'
import {type FoundFile, listFiles, readPlain} from './facts'
import {digestProblems, rejectIncomplete} from './seal'

/** A file and where it lies, absolute. */
interface PlacedFile extends FoundFile {
  readonly path: string
}

/** Files that are exactly those of a record. */
export interface Unchanged {
  readonly files: readonly PlacedFile[]
  /** The names of those that are to be signed. */
  readonly subjects: readonly string[]
}

/** Proves that a folder holds the sealed files and no other. */
export async function sealedFiles(host: Host, directory: string, sealed: readonly Checksum[]): Promise<Unchanged> {
  const problems: string[] = []
  const files = await listFiles(host, directory, {shown: directory, problems})
  rejectIncomplete([...problems, ...differences(files, sealed)])
  return {files: placed(directory, files), subjects: []}
}

const placed = (directory: string, files: readonly FoundFile[]): readonly PlacedFile[] =>
  files.map(file => ({...file, path: join(directory, file.name)}))

/**
 * Proves that a folder holds the files of SHA256SUMS and no other, that they are those of the plan, and that the signatures of the
 * plan are in their folder, where one is named: all of them and no others.
 */
export async function releasedFiles(
  host: Host,
  plan: Plan,
  {
    directory,
    sha256,
    signatures,
  }: {readonly directory: string; readonly sha256: string | undefined; readonly signatures: string | undefined},
): Promise<Unchanged> {
  const problems: string[] = []
  const files = await listFiles(host, directory, {shown: directory, problems})
  const text = await readPlain(host, join(directory, releaseFiles.checksums), releaseFiles.checksums)
  problems.push(...digestProblems(releaseFiles.checksums, text, sha256))
  const lines = parseChecksums(text)
  const listed = lines.filter((line): line is Checksum => line !== undefined)
  if (listed.length < lines.length) problems.push(`${releaseFiles.checksums}: has a line that cannot be read`)
  problems.push(
    ...listed
      .filter(({name}, at) => listed.findIndex(each => each.name === name) !== at)
      .map(({name}) => `${releaseFiles.checksums}: lists ${name} twice`),
  )
  const signed = plan.artifacts.filter(({kind}) => kind === 'signature')
  problems.push(
    ...differences(
      files.filter(({name}) => name !== releaseFiles.checksums),
      listed,
    ),
    ...unlike(plan, listed),
  )
  const bundles = signatures === undefined ? [] : await listFiles(host, signatures, {shown: signatures, problems})
  if (signatures !== undefined) problems.push(...foreign(signed, bundles), ...missing(signed, bundles))
  rejectIncomplete(problems)
  return {
    files: [...placed(directory, files), ...placed(signatures ?? '', bundles)],
    subjects: signed.flatMap(({subject}) => subject ?? []),
  }
}

function foreign(signed: Plan['artifacts'], bundles: readonly FoundFile[]): readonly string[] {
  const known = new Set(signed.map(({name}) => name))
  return bundles
    .filter(({name}) => !known.has(name))
    .map(({name}) => `${name}: is among the signatures, but the plan has no such file`)
}

function differences(files: readonly FoundFile[], record: readonly Checksum[]): readonly string[] {
  const known = new Map(record.map(({name, sha256}) => [name, sha256]))
  const names = new Set(files.map(({name}) => name))
  return [
    ...files.filter(({name}) => !known.has(name)).map(({name}) => `${name}: is there, but was not handed over`),
    ...record.filter(({name}) => !names.has(name)).map(({name}) => `${name}: was handed over, and is not there`),
    ...files.flatMap(({name, sha256}) => {
      const expected = known.get(name)
      return expected === undefined || expected === sha256
        ? []
        : [`${name}: sha256 is ${sha256}, and ${expected} was handed over`]
    }),
  ]
}

// What SHA256SUMS lists is what the plan has, without signatures, itself, and what was left out.
function unlike(plan: Plan, listed: readonly Checksum[]): readonly string[] {
  const planned = new Set(
    plan.artifacts.filter(({kind}) => kind !== 'signature' && kind !== 'checksums').map(({name}) => name),
  )
  const names = new Set(listed.map(({name}) => name))
  return [
    ...listed.filter(({name}) => !planned.has(name)).map(({name}) => `${name}: the plan has no such file`),
    ...[...planned]
      .filter(name => !names.has(name))
      .map(name => `${name}: planned, but ${releaseFiles.checksums} does not list it`),
  ]
}

function missing(signed: Plan['artifacts'], files: readonly FoundFile[]): readonly string[] {
  const names = new Set(files.map(({name}) => name))
  return signed.filter(({name}) => !names.has(name)).map(({name}) => `${name}: planned, but no step made it`)
}
