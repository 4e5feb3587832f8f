import {type ArchiveFile, ofFile, plainFiles, readTar, tarGz} from '@mcp-release/archives'
import type {FinishedFile} from '@mcp-release/release-model'
import {binTargets} from '@mcp-release/package-rules'

/** An npm tarball that was read. */
export interface Tarball {
  readonly file: FinishedFile
  /** Names without the leading `package/`. */
  readonly entries: readonly ArchiveFile[]
  /** Names that do not lie in `package/`. */
  readonly outside: readonly string[]
}

const root = 'package/'

/**
 * Reads a tarball and packs it again. npm gives every entry the same time, but compresses with the zlib inside Node,
 * whose bytes depend on the processor.
 */
export async function readTarball(name: string, bytes: Uint8Array, time: number): Promise<Tarball> {
  const files = withExecutableBins(await ofFile(name, async () => plainFiles(await readTar(bytes))))
  return {
    file: {name, kind: 'npm-package', content: tarGz(files, {time})},
    entries: files
      .filter(each => each.name.startsWith(root))
      .map(({name, ...rest}) => ({...rest, name: name.slice(root.length)})),
    outside: files.map(each => each.name).filter(each => !each.startsWith(root)),
  }
}

// Whether the mode of a command survived depends on the file system of the checkout and on the compiler.
function withExecutableBins(files: readonly ArchiveFile[]): readonly ArchiveFile[] {
  const manifest = files.find(({name}) => name === `${root}package.json`)
  const bins = new Set(binTargets(Buffer.from(manifest?.content ?? []).toString('utf8')).map(target => root + target))
  return files.map(file => (bins.has(file.name) ? {...file, mode: 0o755} : file))
}
