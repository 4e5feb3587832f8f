import {basename} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {tarNames} from '@mcp-release/archives'
import {type Subject, type SubjectKind, kindByName} from './subject'

/** What PEP 625 puts into the one folder of an sdist. */
export const packageInfo = /^[^/]+\/PKG-INFO$/

/** Looks at a file: kind and digest. */
export async function readSubject(host: Host, path: string, version: string | undefined): Promise<Subject> {
  return {
    path,
    name: basename(path),
    kind: await kindOf(path),
    sha256: await host.files.sha256(path),
    ...(version === undefined ? {} : {version}),
  }
}

// An sdist is called name-version.tar.gz, the version begins with a digit (PEP 625, PEP 440).
const versioned = /-v?\d.*\.tar\.gz$/

async function kindOf(path: string): Promise<SubjectKind> {
  const kind = kindByName(basename(path))
  // Archives are unpacked for this no more than needed.
  if (kind !== 'archive' || !versioned.test(basename(path))) return kind
  return (await tarNames(path)).some(({name}) => packageInfo.test(name)) ? 'sdist' : 'archive'
}
