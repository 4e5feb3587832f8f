import {z} from 'zod'
import {isPlainName, plainNameRule} from './file-names'

/** What a file of a release is. */
export const artifactKinds = [
  'wheel',
  'sdist',
  'npm-package',
  'archive',
  'mcpb',
  'image',
  'sbom',
  'tools',
  'server-json',
  'manifest',
  'checksums',
  'signature',
  'compatibility',
] as const

export const artifactKind = z.enum(artifactKinds)

/** What a file of a release is. */
export type ArtifactKind = z.infer<typeof artifactKind>

/** A plain file name. */
export const fileName = z.string().refine(isPlainName, `is no plain file name (${plainNameRule})`)

/** Lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is no sha256 in lower-case hex')

/** A file that was built. */
export const builtArtifact = z.strictObject({
  name: fileName,
  kind: artifactKind,
  /** The plan's package, absent when the file was built outside a release. */
  package: z.string().optional(),
  /** `os/arch`, absent when the file runs everywhere. */
  platform: z.string().optional(),
  /** Bytes. */
  size: z.int().nonnegative(),
  sha256,
})

/** A file that was built: name, kind, platform, size in bytes and sha256. */
export type BuiltArtifact = z.infer<typeof builtArtifact>

/** What one build job made; travels beside the files, so that the fan-in can prove that nothing was lost or changed. */
export const fragment = z.strictObject({schemaVersion: z.literal(1), artifacts: z.array(builtArtifact)})

/** What one build job made. */
export type Fragment = z.infer<typeof fragment>
