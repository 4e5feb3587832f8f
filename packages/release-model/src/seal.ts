import {z} from 'zod'
import {artifactKind, fileName, leftOutFile, sha256} from './artifact'

/**
 * The shape of seal.json, version 1: the files that build jobs handed over, measured before any program of the user's runs
 * beside them. Every later job compares what it gets with it.
 */
export const sealSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The digest of release-plan.json. */
  plan: sha256,
  /** What was built, and the commit of the plan. */
  commit: z.string().optional(),
  files: z.array(
    z.strictObject({
      name: fileName,
      kind: artifactKind,
      package: z.string().optional(),
      /** `os/arch`; absent when the file runs everywhere. */
      platform: z.string().optional(),
      /** The build job that handed it over. */
      job: z.string(),
      /** Bytes. */
      size: z.int().nonnegative(),
      sha256,
    }),
  ),
  /** Planned files that could not be made. */
  leftOut: z.array(leftOutFile).optional(),
})

/** What was built, as it was before anything of it was started. */
export type Seal = z.infer<typeof sealSchema>
export type SealedFile = Seal['files'][number]

/** The name under which bundles are handed over, which no build job makes. */
export const bundlesJob = 'bundles'
