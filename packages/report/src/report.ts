import type {BuiltArtifact, Check, Plan, Skip, VerifiedServer} from '@mcp-release/release-model'

/** How one step of a snapshot went. */
export interface StepReport {
  /** Such as `build-wheel`. */
  readonly action: string
  /** What a person calls it, such as `build wheel`. */
  readonly title: string
  readonly status: 'done' | 'failed' | 'skipped'
  /** Seconds. */
  readonly seconds: number
  /** Seconds of it in which the programs that it called ran (npm, go, cosign, …). */
  readonly toolSeconds: number
  /** The step's log, relative to the report. */
  readonly log: string
  /** Why it failed, as the action said it. */
  readonly error?: string
  /** What it warned of. */
  readonly warnings?: readonly string[]
}

/** One check of a started server. */
export type CheckReport = Check

/** What answered when an artifact was started over MCP. */
export type ServerReport = VerifiedServer

/** A file of the release. */
export interface FileReport extends Omit<BuiltArtifact, 'package'> {
  /** Name of the signature bundle, when it was signed. */
  readonly signature?: string
  /** Names of its SBOMs. */
  readonly sboms: readonly string[]
}

/** The release on the embedded forge. */
export interface ReleaseReport {
  readonly tag: string
  readonly state: string
  readonly draft: boolean
  readonly prerelease: boolean
  /** Assets that were downloaded again and had the digest of SHA256SUMS. */
  readonly downloaded: number
  readonly assets: number
}

/** Everything that a snapshot did: the content of report.json, from which the table and report.html are made. */
export interface Report {
  readonly schemaVersion: 1
  readonly name: string
  /** The folder that was released, as the user gave it. */
  readonly source: string
  readonly status: 'released' | 'failed' | 'skipped'
  /** Why it was skipped or failed. */
  readonly reason?: string
  readonly version?: Plan['version']
  readonly commit?: string
  /** Whether files differed from the commit. */
  readonly dirty: boolean
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly seconds: number
  /** Seconds of them in which at least one program that a step called ran. */
  readonly toolSeconds: number
  /** The packages of the plan: what each is, how it is started, and where that was learnt. */
  readonly packages: Plan['packages']
  /** What the plan found in the repository. */
  readonly findings: Plan['findings']
  /** What a person should know of the sources. */
  readonly warnings: readonly string[]
  readonly files: readonly FileReport[]
  readonly servers: readonly ServerReport[]
  readonly skipped: readonly Skip[]
  readonly steps: readonly StepReport[]
  readonly release?: ReleaseReport
  /** Commands with which anybody can check the files, relative to the folder. */
  readonly verify: readonly string[]
}
