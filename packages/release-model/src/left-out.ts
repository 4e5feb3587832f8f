import type {LeftOutFile} from './artifact'
import {suffixes} from './file-names'
import type {Manifest} from './manifest'
import type {Plan} from './plan'

/**
 * A plan as it was carried out: without the files that could not be made and those that describe or sign them. Why is told
 * in `skipped`.
 */
export function withoutLeftOut(plan: Plan, leftOut: readonly LeftOutFile[]): Plan {
  if (leftOut.length === 0) return plan
  const names = new Set(leftOut.map(({name}) => name))
  const stays = ({name, subject}: {readonly name: string; readonly subject?: string | undefined}) =>
    !names.has(name) && (subject === undefined || !names.has(subject))
  return {
    ...plan,
    artifacts: plan.artifacts.filter(stays),
    bundles: plan.bundles
      .map(bundle => ({...bundle, files: bundle.files.filter(stays)}))
      .filter(({files}) => files.length > 0),
    skipped: [
      ...plan.skipped,
      ...leftOut.map(({name, reason, hint}) => ({subject: name, reason, ...(hint === undefined ? {} : {hint})})),
    ],
  }
}

/** A plan as a release with this manifest carried it out. */
export function carriedOut(plan: Plan, {leftOut = [], skipped}: Pick<Manifest, 'leftOut' | 'skipped'>): Plan {
  const why = new Map(skipped.map(({subject, ...rest}) => [subject, rest]))
  return withoutLeftOut(
    plan,
    leftOut.map(name => ({name, ...(why.get(name) ?? {reason: 'it could not be made'})})),
  )
}

/** Names without those of files that were left out, and of what would describe or sign them. */
export function namesWithout(names: readonly string[], leftOut: readonly string[]): readonly string[] {
  const gone = new Set(leftOut.flatMap(name => [name, ...Object.values(suffixes).map(suffix => name + suffix)]))
  return names.filter(name => !gone.has(name))
}
