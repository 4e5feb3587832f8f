import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type TarSource, writeTarFile} from '@mcp-release/archives'
import {type BuiltArtifact, describeFile} from '@mcp-release/release-model'
import {blobName} from './digest'
import type {Request} from './inputs'
import type {Layout} from './layout'
import type {Reference} from './reference'

/**
 * Writes the image as a tar file with the same bytes each time. The tar file that BuildKit writes has the order and the
 * times of its run, and its index.json says when it ran.
 */
export async function writeArchive(
  host: Host,
  layout: Layout,
  {request, name, time}: {readonly request: Request; readonly name: string; readonly time: number},
): Promise<BuiltArtifact> {
  const partial = join(layout.folder, 'archive.partial')
  const path = join(request.output, name)
  await writeTarFile(partial, archiveSources(layout, request.tags), {time})
  await host.files.move(partial, path)
  const owner = request.package === undefined ? {} : {package: request.package}
  return describeFile(host.files, path, {name, kind: 'image', ...owner})
}

function archiveSources({folder, root, blobs}: Layout, tags: readonly Reference[]): readonly TarSource[] {
  const [first] = tags
  const {mediaType, digest, size} = root
  // docker and podman take the name of a loaded image from here, other programs only its tag.
  const annotations =
    first === undefined
      ? {}
      : {
          annotations: {
            'io.containerd.image.name': `${first.repository}:${first.tag}`,
            'org.opencontainers.image.ref.name': first.tag,
          },
        }
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{mediaType, digest, size, ...annotations}],
  }
  return [
    {name: 'oci-layout', text: '{"imageLayoutVersion":"1.0.0"}'},
    {name: 'index.json', text: JSON.stringify(index)},
    ...blobs.map(blob => ({name: blobName(blob.digest), path: join(folder, blobName(blob.digest))})),
  ]
}
