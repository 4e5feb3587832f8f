import {z} from 'zod'
import {artifactKind, fileName} from './artifact'
import {platforms} from './platform'
import {settingsSchema} from './settings'
import {startRecipe} from './start'

const version = z.strictObject({
  /** The git tag, such as `v1.2.3-rc.1`. */
  tag: z.string(),
  /** The spelling that files carry whose ecosystem has none of its own. */
  text: z.string(),
  /** Absent for a version that only PEP 440 can spell. */
  semver: z.string().optional(),
  pep440: z.string().optional(),
  prerelease: z.boolean(),
  channel: z.enum(['stable', 'alpha', 'beta', 'rc', 'other']),
})

/** The languages and formats in which a server is published. */
export const ecosystems = ['pypi', 'npm', 'go', 'cargo', 'oci'] as const

const plannedPackage = z.strictObject({
  /** Unique in the plan: `ecosystem:path`. */
  id: z.string(),
  ecosystem: z.enum(ecosystems),
  /** Folder relative to the repository, `.` for its root, always with `/`. */
  path: z.string(),
  name: z.string(),
  /** As the ecosystem spells it. */
  version: z.string(),
  /** The file that decided name and version, relative to the repository. */
  manifest: z.string(),
  /** Commands that the package installs; the first one is the server. */
  executables: z.array(z.string()),
  /** Python: what `python -m` starts, where the package installs no command. */
  module: z.string().optional(),
  /** npm: the file that `node` starts, relative to the package, where the package installs no command. */
  entry: z.string().optional(),
  /** Where the server's command is named, when `npx` or `uvx` would not start it by the package's name. */
  commandSource: z.string().optional(),
  /** Cargo: the crate, under which its registry knows it, where the program is called otherwise. */
  crate: z.string().optional(),
  /** https://github.com/package-url/purl-spec */
  purl: z.string(),
  /** SPDX expression, as the manifest has it. */
  license: z.string().optional(),
  /** `server`: must speak MCP. `program`: another program, only checked for --version or --help. `library`: has no command. */
  role: z.enum(['server', 'program', 'library']),
  /** Why it has that role, in words for people, such as `depends on @modelcontextprotocol/sdk`. */
  roleReason: z.string(),
  /** How the server is started when it is verified; absent for what is no server. */
  start: startRecipe.optional(),
  /** What to try in this order where `start` does not start it. */
  alternatives: z.array(startRecipe).optional(),
  /** npm: what `os` and `cpu` of package.json allow: it is one of a set of packages and installs nowhere else. */
  only: z.strictObject({os: z.array(z.string()), cpu: z.array(z.string())}).optional(),
  /** Image: the folder that its build reads, relative to the repository, where it is not `path`. */
  context: z.string().optional(),
})

const plannedArtifact = z.strictObject({
  name: fileName,
  kind: artifactKind,
  package: z.string().optional(),
  platform: z.enum(platforms).optional(),
  /** The build job that makes it; absent for what the later stages add. */
  job: z.string().optional(),
  /** The file that this one describes or signs. */
  subject: fileName.optional(),
})

/** What a build job needs on its machine. */
export const toolchains = ['python', 'node', 'go', 'rust', 'buildx'] as const

const job = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  /** The label of the runner. */
  runner: z.string(),
  toolchain: z.enum(toolchains),
  action: z.enum(['build-wheel', 'build-npm', 'cross-compile', 'buildx-image']),
  /** The inputs of the action, by their names. */
  inputs: z.record(z.string(), z.string()),
  /** Its files are started as soon as they are made: what does not start is found before other platforms are compiled. */
  verify: z.literal(true).optional(),
})

const bundle = z.strictObject({
  package: z.string(),
  /** `server.type` of its manifest. */
  type: z.enum(['node', 'binary', 'uv', 'python']),
  /** `uv` installs the dependencies on the machine of the user; absent: they lie inside. */
  dependencies: z.literal('uv').optional(),
  /** The folder of the package, relative to the workspace. */
  directory: z.string(),
  /** The author's manifest, relative to the workspace; without it one is generated. */
  manifest: z.string().optional(),
  /** The command that is the server. */
  executable: z.string(),
  files: z.array(
    z.strictObject({
      name: fileName,
      platform: z.enum(platforms).optional(),
      /** The built files that it is made of. */
      from: z.array(fileName).min(1),
    }),
  ),
})

const skip = z.strictObject({subject: z.string(), reason: z.string(), hint: z.string().optional()})

const planFinding = z.strictObject({
  /** `notice`: worth knowing. `warning`: will trouble users. What stops a release is thrown, not planned. */
  level: z.enum(['notice', 'warning']),
  /** The file and place, such as `README.md, line 42`. */
  subject: z.string(),
  text: z.string(),
  hint: z.string().optional(),
})

/** The shape of release-plan.json, version 1. Unknown keys are refused: a plan is read by the version that wrote it. */
export const planSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The last part of the repository's name, or the folder's. */
  name: z.string(),
  version,
  /** `owner/name` on the forge. */
  repository: z.string().optional(),
  /** 40 hex digits, absent outside git. */
  commit: z.string().optional(),
  /** Seconds since 1970: the time that all built files carry (https://reproducible-builds.org/specs/source-date-epoch/). */
  sourceDate: z.int().nonnegative(),
  packages: z.array(plannedPackage),
  jobs: z.array(job),
  /** The MCP bundles, made from built files once those are all there. */
  bundles: z.array(bundle),
  /** Every file that the release will contain. */
  artifacts: z.array(plannedArtifact),
  /** The changelog that has a section for the version, relative to the workspace; absent: the notes are generated. */
  changelog: z.string().optional(),
  skipped: z.array(skip),
  /** What was found in the repository that does not stop the release. */
  findings: z.array(planFinding),
  /** The effective settings: the file, and what inputs or the command line said instead. */
  settings: settingsSchema,
})

/** All decisions of one release, made before anything is built. */
export type Plan = z.infer<typeof planSchema>
export type PlannedPackage = Plan['packages'][number]
export type PlannedArtifact = Plan['artifacts'][number]
export type PlannedBundle = Plan['bundles'][number]
export type PlannedJob = Plan['jobs'][number]
export type PlanFinding = Plan['findings'][number]
export type Skip = Plan['skipped'][number]
export type Ecosystem = PlannedPackage['ecosystem']
export type Toolchain = PlannedJob['toolchain']

/** The files that build jobs make and the bundles made from them: what users install, as opposed to what describes it. */
export function installableFiles(plan: Plan): readonly PlannedArtifact[] {
  return plan.artifacts.filter(artifact => artifact.job !== undefined || artifact.kind === 'mcpb')
}

/** The files that build jobs make, as opposed to those that later stages add. */
export function builtFiles(plan: Plan): readonly PlannedArtifact[] {
  return plan.artifacts.filter(artifact => artifact.job !== undefined)
}
