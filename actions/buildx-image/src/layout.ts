import {join} from 'node:path'
import {ActionError, errorText, type Host} from '@mcp-release/action-kit'
import {type Descriptor, type Unchecked, isIndex, readDescriptors, unchecked} from './descriptor'
import {blobName} from './digest'
import {platformName} from './platforms'

/** An OCI image layout in a folder, read and proved to be whole. */
export interface Layout {
  readonly folder: string
  /** The image: an index when there are several platforms. */
  readonly root: Descriptor
  readonly images: readonly PlatformImage[]
  /** Every blob that belongs to the image, once, in order of digests. */
  readonly blobs: readonly Descriptor[]
}

/** The image for one platform. */
export interface PlatformImage {
  readonly platform: string
  readonly digest: string
  /** Bytes of the compressed layers. */
  readonly size: number
  /** Empty: root. */
  readonly user: string
  readonly labels: ReadonlyMap<string, string>
  readonly created: string | undefined
}

/** Reads the layout that BuildKit wrote; `IMAGE` for a blob that is missing or not what its digest says. */
export async function readLayout(host: Host, folder: string): Promise<Layout> {
  const blobs = new Map<string, Descriptor>()
  const images: PlatformImage[] = []
  const [root, ...more] = descriptors(await parsed(host, folder, 'index.json'), 'manifests')
  if (root === undefined || more.length > 0)
    throw damaged(`index.json names ${root === undefined ? 'no image' : `${more.length + 1} images`}, not one`)
  await collect(root, {host, folder, blobs, images})
  const byDigest = [...blobs.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1))
  return {folder, root, images, blobs: byDigest}
}

interface Collection {
  readonly host: Host
  readonly folder: string
  readonly blobs: Map<string, Descriptor>
  readonly images: PlatformImage[]
}

async function collect(descriptor: Descriptor, collection: Collection): Promise<void> {
  await keep(descriptor, collection)
  const manifest = await readJson(descriptor, collection)
  if (isIndex(descriptor)) {
    for (const child of descriptors(manifest, 'manifests')) await collect(child, collection)
    return
  }
  const [config] = descriptors({config: [manifest['config']]}, 'config')
  const layers = descriptors(manifest, 'layers')
  if (config === undefined) throw damaged(`${descriptor.digest} has no config`)
  for (const blob of [config, ...layers]) await keep(blob, collection)
  const size = layers.reduce((sum, layer) => sum + layer.size, 0)
  collection.images.push({digest: descriptor.digest, size, ...readConfig(await readJson(config, collection))})
}

async function keep(descriptor: Descriptor, {host, folder, blobs}: Collection): Promise<void> {
  const {digest, size} = descriptor
  if (blobs.has(digest)) return
  const path = join(folder, blobName(digest))
  const found = await host.files.stat(path)
  if (found?.kind !== 'file' || found.size !== size)
    throw damaged(`blob ${digest} has ${found === undefined ? 'no file' : `${found.size} bytes`}, not ${size} bytes`)
  const actual = `sha256:${await host.files.sha256(path)}`
  if (actual !== digest) throw damaged(`blob ${digest} has the digest ${actual}`)
  blobs.set(digest, descriptor)
}

// Indexes, manifests and configurations are small; a large one is none.
async function readJson({digest, size}: Descriptor, {host, folder}: Collection): Promise<Unchecked> {
  if (size > 2 ** 23) throw damaged(`${digest} has ${size} bytes, too many for a manifest`)
  return parsed(host, folder, blobName(digest))
}

async function parsed(host: Host, folder: string, name: string): Promise<Unchecked> {
  try {
    return unchecked(JSON.parse(await host.files.readText(join(folder, name))))
  } catch (error) {
    throw damaged(`${name} cannot be read: ${errorText(error)}`)
  }
}

function descriptors(content: Unchecked, member: string): readonly Descriptor[] {
  try {
    return readDescriptors(content[member])
  } catch (error) {
    throw damaged(`${member}: ${errorText(error)}`)
  }
}

function readConfig(content: Unchecked): Omit<PlatformImage, 'digest' | 'size'> {
  const {os, architecture, variant, created, config} = content
  const {User: user, Labels: labels} = unchecked(config)
  const texts = Object.entries(unchecked(labels)).filter(
    (each): each is [string, string] => typeof each[1] === 'string',
  )
  return {
    platform: platformName({
      os: typeof os === 'string' ? os : 'unknown',
      architecture: typeof architecture === 'string' ? architecture : 'unknown',
      ...(typeof variant === 'string' ? {variant} : {}),
    }),
    user: typeof user === 'string' ? user : '',
    labels: new Map(texts),
    created: typeof created === 'string' ? created : undefined,
  }
}

function damaged(message: string): ActionError {
  return new ActionError('IMAGE', `the image that was built: ${message}`, {
    hint: 'Run the job again; if it fails again, remove the cache of the builder (buildx prune).',
  })
}
