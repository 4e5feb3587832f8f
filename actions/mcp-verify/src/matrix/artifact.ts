import type {Files} from '@mcp-release/action-kit'
import {readTar, readZip} from '@mcp-release/archives'
import type {Candidate} from '../candidate'
import type {Interpreter} from './interpreter'
import {npmArtifact} from './npm-artifact'
import {wheelArtifact} from './wheel-artifact'

/** An SDK that a package depends on, with the range of its own metadata; empty: every version. */
export interface SdkNeed {
  readonly name: string
  readonly range: string
}

/** What a package says of itself, as far as it decides with what it can be installed. */
export interface Artifact {
  readonly ecosystem: 'pypi' | 'npm'
  readonly runtime: Interpreter['runtime']
  readonly name: string
  readonly version: string
  /** `Requires-Python` or `engines.node`; empty: every version. */
  readonly requires: string
  /** The SDKs that it depends on in an interpreter, which says of itself what `environment` holds (PEP 508). */
  needs(environment: Readonly<Record<string, string>>): readonly SdkNeed[]
}

/** A package that is started in every combination. */
export interface MatrixCandidate {
  readonly candidate: Candidate
  readonly artifact: Artifact
}

/** The wheels and npm tarballs that have a command, with what they say of themselves. */
export async function matrixCandidates(
  files: Files,
  candidates: readonly Candidate[],
): Promise<readonly MatrixCandidate[]> {
  const found: MatrixCandidate[] = []
  for (const candidate of candidates) {
    const artifact = await readArtifact(files, candidate)
    if (artifact !== undefined) found.push({candidate, artifact})
  }
  return found
}

async function readArtifact(files: Files, {path, content}: Candidate): Promise<Artifact | undefined> {
  if (content.kind === 'wheel' && content.scripts.length > 0) return wheelArtifact(readZip(await files.readBytes(path)))
  if (content.kind === 'npm' && Object.keys(content.bins).length > 0) {
    return npmArtifact(await readTar(await files.readBytes(path)))
  }
  return undefined
}
