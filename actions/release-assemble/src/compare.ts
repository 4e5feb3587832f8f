import {type Plan, type PlannedArtifact, builtFiles, installableFiles} from '@mcp-release/release-model'
import type {Facts} from './facts'

/** Every difference between a plan and what is there, in words; none means: as planned. */
export function compare(plan: Plan, facts: Facts, stage: 'built' | 'complete'): readonly string[] {
  return [...missing(plan, facts, stage), ...unplanned(plan, facts, stage), ...changed(plan, facts)]
}

/** Files that may not be left out: only bundles may, because nothing else depends on them, and not where `strict` is set. */
export function wronglyLeftOut({artifacts, settings}: Plan, {leftOut}: Pick<Facts, 'leftOut'>): readonly string[] {
  const kinds = new Map(artifacts.map(({name, kind}) => [name, kind]))
  return leftOut.flatMap(({name, reason}) => {
    const kind = kinds.get(name)
    if (kind === 'mcpb' && settings.strict !== true) return []
    if (kind === undefined) return [`${name}: is said to be left out, but the plan has no such file`]
    return [`${name}: could not be made (${reason}), and must not be left out`]
  })
}

function expected(plan: Plan, stage: 'built' | 'complete'): readonly PlannedArtifact[] {
  if (stage === 'built') return builtFiles(plan)
  return plan.artifacts.filter(({kind}) => !['signature', 'manifest', 'checksums'].includes(kind))
}

function missing(plan: Plan, {files}: Facts, stage: 'built' | 'complete'): readonly string[] {
  const names = new Set(files.map(file => file.name))
  return expected(plan, stage)
    .filter(({name}) => !names.has(name))
    .map(
      ({name, job}) => `${name}: planned, but ${job === undefined ? 'no step made it' : `job ${job} did not make it`}`,
    )
}

function unplanned(plan: Plan, {files}: Facts, stage: 'built' | 'complete'): readonly string[] {
  // An earlier, interrupted run may have left the records that this stage writes anew.
  const names = new Set(
    [...expected(plan, stage), ...(stage === 'complete' ? plan.artifacts : [])].map(({name}) => name),
  )
  return files.filter(({name}) => !names.has(name)).map(({name}) => `${name}: is there, but the plan has no such file`)
}

function changed(plan: Plan, {files, built}: Facts): readonly string[] {
  const found = new Map(files.map(file => [file.name, file]))
  const problems: string[] = []
  const described = new Map<string, string>()
  for (const artifact of built) {
    const before = described.get(artifact.name)
    if (before !== undefined && before !== artifact.sha256)
      problems.push(`${artifact.name}: two jobs made it with different bytes`)
    described.set(artifact.name, artifact.sha256)
    const file = found.get(artifact.name)
    if (file !== undefined && file.sha256 !== artifact.sha256) {
      problems.push(`${artifact.name}: sha256 is ${file.sha256}, its build job said ${artifact.sha256}`)
    }
  }
  for (const {name} of installableFiles(plan)) {
    if (found.has(name) && !described.has(name)) problems.push(`${name}: no build job described it in a fragment`)
  }
  return problems
}
