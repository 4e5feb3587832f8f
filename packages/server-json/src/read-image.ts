import {ActionError} from '@mcp-release/action-kit/errors'
import type {ListedFile} from '@mcp-release/archives'
import {z} from 'zod'
import type {BuiltPackage} from './built-package'

/** The label that the registry compares with the name of the server. */
export const nameLabel = 'io.modelcontextprotocol.server.name'

// https://github.com/opencontainers/image-spec: index, manifest and configuration, as far as they are read.
const descriptor = z.object({
  mediaType: z.string().default(''),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  annotations: z.record(z.string(), z.string()).optional(),
})
const index = z.object({manifests: z.array(descriptor)})
const manifest = z.object({config: descriptor})
const configuration = z.object({
  os: z.string().default('unknown'),
  architecture: z.string().default('unknown'),
  config: z.object({Labels: z.record(z.string(), z.string()).nullish()}).default({}),
})

function parsed(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString())
  } catch {
    return undefined
  }
}

/** Reads the labels of an image from the files of its OCI archive; code `ARCHIVE` when it is none. */
export function readImage(file: string, files: readonly ListedFile[]): Omit<BuiltPackage, 'file' | 'sha256'> {
  const contents = new Map(files.map(({name, content}) => [name, content]))
  const read = <S extends z.ZodType>(schema: S, name: string): z.infer<S> => {
    const content = contents.get(name)
    const result = schema.safeParse(content === undefined ? undefined : parsed(content))
    if (result.success) return result.data
    const what = content === undefined ? 'is missing' : 'is not what an OCI image layout has there'
    throw new ActionError('ARCHIVE', `${file}: ${name} ${what}`, {
      hint: 'Build the image anew, and give its archive as it was written.',
    })
  }
  const blob = (digest: string) => `blobs/sha256/${digest.slice('sha256:'.length)}`
  const names = new Map<string, string | undefined>()
  const visit = (name: string, depth: number): void => {
    for (const each of read(index, name).manifests) {
      if (each.annotations?.['vnd.docker.reference.type'] !== undefined) continue
      if (/index|manifest\.list/.test(each.mediaType) && depth < 4) {
        visit(blob(each.digest), depth + 1)
        continue
      }
      const {os, architecture, config} = read(configuration, blob(read(manifest, blob(each.digest)).config.digest))
      names.set(`${os}/${architecture}`, config.Labels?.[nameLabel])
    }
  }
  visit('index.json', 0)
  // `NAME_VERSION_image.oci.tar`, as this suite names them; other files are matched by being the only one.
  const [, name = file] = /^(.+?)_[^_]+_image\.oci\.tar$/.exec(file) ?? []
  return {type: 'oci', name, proof: {in: 'labels', names}}
}
