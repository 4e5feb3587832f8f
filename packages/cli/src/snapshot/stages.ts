import type {Plan} from '@mcp-release/release-model'
import type {EmbeddedForge} from './embedded-forge'
import {
  type Folders,
  type Given,
  type Step,
  buildStep,
  bundleStep,
  completeStep,
  releaseStep,
  sbomStep,
  sealStep,
  signStep,
  stampSteps,
  startFirstStep,
  unchangedStep,
  verifyStep,
} from './steps'

/** Steps that run at the same time. */
export interface Stage {
  readonly steps: readonly Step[]
  /** Variables that only these steps get; asked for before their turn, too, since they may take a moment. */
  readonly env?: () => Promise<Readonly<Record<string, string>>>
  /** What the workflow does in a line of shell before them. */
  readonly before?: () => Promise<void>
}

/** From the plan to the release, stage by stage. */
export function stagesOf(
  plan: Plan,
  {
    folders,
    given,
    forge,
    changelog,
  }: {
    readonly folders: Folders
    readonly given: Given
    readonly forge: {readonly token: string; readonly env: () => Promise<EmbeddedForge['env']>}
    readonly changelog?: string
  },
): readonly Stage[] {
  const {token, env} = forge
  const release = releaseStep(plan, folders, {token, ...(changelog === undefined ? {} : {changelog})})
  const build = (jobs: Plan['jobs']) => jobs.map(job => ({steps: [buildStep(job, plan, folders)]}))
  const stamp = stampSteps(plan, folders, given)
  const first = plan.jobs.filter(({verify}) => verify === true)
  return [
    ...build(first),
    ...(first.length === 0 ? [] : [{steps: [startFirstStep(plan, folders)]}]),
    ...build(plan.jobs.filter(job => !first.includes(job))),
    ...(plan.bundles.length === 0 ? [] : [{steps: [bundleStep(plan, folders)]}]),
    {steps: [sealStep(folders)]},
    {steps: [verifyStep(plan, folders), sbomStep(plan, folders, given)]},
    ...(stamp.length === 0 ? [] : [{steps: stamp}]),
    {steps: [completeStep(folders)]},
    {steps: [unchangedStep(folders, false)]},
    {steps: [signStep(folders, given)]},
    {steps: [unchangedStep(folders, true)]},
    {steps: [release], env},
  ]
}
