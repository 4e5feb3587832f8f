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
export const fileName = z.string().refine(isPlainName, `is not a plain file name (${plainNameRule})`)

/** Lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a sha256 in lower-case hex')

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

/** A planned file that could not be made, so that the release goes on without it. */
export const leftOutFile = z.strictObject({name: fileName, reason: z.string(), hint: z.string().optional()})

/** A planned file that could not be made, so that the release goes on without it. */
export type LeftOutFile = z.infer<typeof leftOutFile>

/** What one build job made; travels beside the files, so that the fan-in can prove that nothing was lost or changed. */
export const fragment = z.strictObject({
  schemaVersion: z.literal(1),
  artifacts: z.array(builtArtifact),
  /** Planned files that it could not make; the only ones that may be missing. */
  leftOut: z.array(leftOutFile).optional(),
})

/** What one build job made. */
export type Fragment = z.infer<typeof fragment>
