import type {LeftOutFile} from './artifact'
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
