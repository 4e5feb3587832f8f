import {basename, dirname, join} from 'node:path'
import {type Host, type InputsOf, findFiles, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {parseVersion, sameVersion, suffixes} from '@mcp-release/release-model'
import type {contract} from './action.gen'

/** A format of SBOMs and the suffix of its files. */
export const formats = {'spdx-json': suffixes.spdx, 'cyclonedx-json': suffixes.cyclonedx} as const

/** A format of SBOMs, in syft's words. */
export type Format = keyof typeof formats

/** What is to be done. */
export interface Inputs {
  /** Absolute paths of files with different names. */
  readonly files: readonly string[]
  readonly formats: readonly Format[]
  /** Absolute. */
  readonly outputDirectory: string
  readonly version?: string
}

/** Finds the files and checks all inputs; throws one `InputError` with all problems. */
export async function refine(raw: InputsOf<typeof contract>, host: Host): Promise<Inputs> {
  const problems: string[] = []
  const found = await findFiles(host, {input: 'files', patterns: raw.files, exclude: raw.exclude}, problems)
  // `built/*` must mean the same when the action runs a second time.
  const files = found.filter(path => !Object.values(suffixes).some(suffix => path.endsWith(suffix)))
  if (found.length > 0 && files.length === 0) problems.push('files: the patterns match SBOMs and signatures only')
  problems.push(...repeatedNames(files))
  for (const format of raw.formats) {
    if (!isFormat(format))
      problems.push(`formats: ${JSON.stringify(format)} is none of ${Object.keys(formats).join(', ')}`)
  }
  const output = {input: 'output-directory', path: raw.outputDirectory}
  const outputDirectory = await pathInWorkspace(host, output, problems)
  const version = raw.version === undefined ? undefined : parseVersion(raw.version)
  if (raw.version !== undefined && version === undefined)
    problems.push(`version: ${JSON.stringify(raw.version)} is neither SemVer nor PEP 440`)
  if (version !== undefined) problems.push(...wheelsOfAnotherVersion(files, version.text))
  rejectProblems(problems)
  return {
    files,
    formats: [...new Set(raw.formats.filter(isFormat))],
    outputDirectory,
    ...(version === undefined ? {} : {version: version.text}),
  }
}

function isFormat(text: string): text is Format {
  return Object.hasOwn(formats, text)
}

// SBOMs are named after their file and lie in one folder.
function repeatedNames(files: readonly string[]): readonly string[] {
  const first = new Map<string, string>()
  const problems: string[] = []
  for (const path of files) {
    const before = first.get(basename(path))
    if (before === undefined) first.set(basename(path), path)
    else {
      const folders = `${JSON.stringify(dirname(before))} and ${JSON.stringify(dirname(path))}`
      problems.push(
        `files: ${JSON.stringify(basename(path))} is there twice, in ${folders}; give each a name of its own`,
      )
    }
  }
  return problems
}

function wheelsOfAnotherVersion(files: readonly string[], version: string): readonly string[] {
  return files
    .map(path => basename(path))
    .filter(name => name.endsWith('.whl') && !sameVersion(name.split('-')[1] ?? '', version))
    .map(name => `files: ${JSON.stringify(name)} is not of version ${version}`)
}

/** Where the SBOM of a file goes. */
export function sbomPath(inputs: Inputs, file: string, format: Format): string {
  return join(inputs.outputDirectory, basename(file) + formats[format])
}
