import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {archiveError, directoryWriter, jsonEntry, readTar, unpackTo} from '@mcp-release/archives'
import type {Source} from './stage'
import type {Subject} from './subject'

interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly annotations?: Readonly<Record<string, string>>
}

interface Index {
  readonly manifests: readonly Descriptor[]
}

/** Unpacks an OCI archive; one source for each platform, since syft refuses layouts with several images. */
export async function stageImage(host: Host, {path, name}: Subject, folder: string): Promise<readonly Source[]> {
  const whole = join(folder, 'all')
  await unpackTo(await readTar(await host.files.readBytes(path)), directoryWriter(whole))
  const read = async (file: string): Promise<Index> => {
    const text = await host.files.readText(join(whole, file)).catch(() => '{}')
    const {manifests = []} = jsonEntry(file, text) as Partial<Index>
    return {manifests}
  }
  const images = await imagesOf(await read('index.json'), digest => read(blobPath(digest)))
  if (images.length === 0) {
    throw new ActionError('SBOM', `${name}: its index.json names no image`, {
      hint: 'Files named .oci.tar must be OCI image layouts, as `buildx build --output type=oci` writes them.',
    })
  }
  const sources: Source[] = []
  for (const [at, image] of images.entries()) {
    const layout = join(folder, String(at))
    const index = {schemaVersion: 2, manifests: [image]}
    if (at === images.length - 1) await host.files.move(whole, layout)
    else await host.files.copy(whole, layout)
    await host.files.write(join(layout, 'index.json'), JSON.stringify(index))
    sources.push({location: `oci-dir:${layout}`})
  }
  return sources
}

/** The images of an index and of the indexes inside it, each once; attestations are none. */
export async function imagesOf(index: Index, read: (digest: string) => Promise<Index>): Promise<readonly Descriptor[]> {
  const images = new Map<string, Descriptor>()
  for (const entry of index.manifests) {
    if (entry.annotations?.['vnd.docker.reference.type'] !== undefined) continue
    const inner = /index|manifest\.list/.test(entry.mediaType)
      ? await imagesOf(await read(entry.digest), read)
      : [entry]
    for (const image of inner) images.set(image.digest, image)
  }
  return [...images.values()]
}

function blobPath(digest: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw archiveError(`an index names ${JSON.stringify(digest)}, which is no sha256 digest`)
  return join('blobs', 'sha256', digest.slice('sha256:'.length))
}
