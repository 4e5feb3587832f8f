import {type ArchiveEntry, type ArchiveFile, plainFiles, readTar, tarGz} from '@mcp-release/archives'
import type {FinishedFile} from '@mcp-release/release-model'
import {type Metadata, parseMetadata} from './metadata'

/** A source distribution that was read (PEP 517, PEP 625). */
export interface Sdist {
  readonly file: FinishedFile
  readonly entries: readonly ArchiveFile[]
  readonly metadata: Metadata
  /** The one folder that all files must lie in. */
  readonly folder: string
}

/** Reads an sdist and packs it again, because some backends keep the times and owners of the build machine. */
export async function readSdist(name: string, bytes: Uint8Array, time: number): Promise<Sdist> {
  const entries = plainFiles(lastOfEach(await readTar(bytes)))
  const folder = name.replace(/\.tar\.gz$/, '')
  const info = entries.find(entry => entry.name === `${folder}/PKG-INFO`)
  return {
    file: {name, kind: 'sdist', content: tarGz(entries, {time})},
    entries,
    folder,
    metadata: parseMetadata(info === undefined ? '' : Buffer.from(info.content).toString('utf8')),
  }
}

// hatchling writes PKG-INFO a second time when the sources are an unpacked sdist; unpacking leaves the last one.
function lastOfEach(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  return [...new Map(entries.map(entry => [entry.name, entry])).values()]
}
