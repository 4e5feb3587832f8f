import {z} from 'zod'
import {builtArtifact, fileName, sha256} from './artifact'
import {ecosystems, planSchema} from './plan'

/**
 * The shape of release-manifest.json, version 1: what a release consists of, for programs that read it. It holds no time
 * of day and no machine, so that the same commit gives the same bytes.
 */
export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string(),
  version: planSchema.shape.version,
  repository: z.string().optional(),
  commit: z.string().optional(),
  sourceDate: z.int().nonnegative(),
  packages: z.array(
    z.strictObject({
      ecosystem: z.enum(ecosystems),
      name: z.string(),
      version: z.string(),
      purl: z.string(),
      license: z.string().optional(),
    }),
  ),
  artifacts: z.array(
    builtArtifact.omit({package: true}).extend({
      /** purl of the package that the file belongs to. */
      purl: z.string().optional(),
      /** Names of the files that list its components. */
      sboms: z.array(fileName),
    }),
  ),
  /** The files that list components, with their own digests. */
  sboms: z.array(z.strictObject({name: fileName, subject: fileName, sha256})),
  /** What a reader might expect and will not find, and why. */
  skipped: planSchema.shape.skipped,
  /** The planned files that could not be made; why is said in `skipped`. */
  leftOut: z.array(fileName).optional(),
})

/** What a release consists of. */
export type Manifest = z.infer<typeof manifestSchema>
