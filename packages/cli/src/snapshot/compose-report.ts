import {createHash} from 'node:crypto'
import {readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {type Plan, manifestSchema, parseJson, releaseFiles, suffixes} from '@mcp-release/release-model'
import type {FileReport, Report} from '@mcp-release/report'
import type {Outcome} from './outcome'
import {coveredSeconds} from './trace'
import type {Source} from './source'

/** What is known of a project besides its outcome. */
export interface Subject {
  readonly directory: string
  readonly source: Source
  readonly startedAt: Date
  readonly seconds: number
  /** Where the files of the release lie, and their signatures. Absolute. */
  readonly files: string
  readonly signatures: string
}

/** The report of one project from what its steps left. */
export async function composeReport(
  subject: Subject,
  outcome: Outcome,
  ended: {readonly status: Report['status']; readonly reason?: string},
): Promise<Report> {
  const {plan, release} = outcome
  return {
    schemaVersion: 1,
    name: subject.source.name,
    source: subject.directory,
    ...ended,
    ...(plan === undefined ? {} : {version: plan.version}),
    ...(subject.source.commit === undefined ? {} : {commit: subject.source.commit}),
    dirty: subject.source.dirty,
    startedAt: subject.startedAt.toISOString(),
    seconds: subject.seconds,
    toolSeconds: coveredSeconds(outcome.calls),
    packages: plan?.packages ?? [],
    findings: plan?.findings ?? [],
    warnings: outcome.warnings,
    files: ended.status === 'released' && plan !== undefined ? await describeFiles(plan, subject) : [],
    servers: outcome.verification?.servers ?? [],
    skipped: plan?.skipped ?? [],
    steps: outcome.steps,
    ...(release === undefined ? {} : {release}),
    verify: ended.status === 'released' ? verifyCommands() : [],
  }
}

async function describeFiles(plan: Plan, {files, signatures}: Subject): Promise<readonly FileReport[]> {
  const text = await readFile(join(files, releaseFiles.manifest), 'utf8')
  const manifest = parseJson(manifestSchema, {file: releaseFiles.manifest, text})
  const sboms = new Map(manifest.artifacts.map(each => [each.name, each.sboms]))
  return Promise.all(
    plan.artifacts.map(async ({name, kind, platform}): Promise<FileReport> => {
      const path = join(kind === 'signature' ? signatures : files, name)
      const signature = plan.artifacts.find(each => each.kind === 'signature' && each.subject === name)?.name
      return {
        name,
        kind,
        ...(platform === undefined ? {} : {platform}),
        size: (await stat(path)).size,
        sha256: createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
        ...(signature === undefined ? {} : {signature}),
        sboms: sboms.get(name) ?? [],
      }
    }),
  )
}

function verifyCommands(): readonly string[] {
  const bundle = releaseFiles.checksums + suffixes.signature
  return [
    `cosign verify-blob --key cosign.pub --insecure-ignore-tlog --bundle ${bundle} ${releaseFiles.checksums}`,
    `sha256sum --check --ignore-missing ${releaseFiles.checksums}`,
  ]
}
