import {copyFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type Plan, releaseFiles} from '@mcp-release/release-model'
import type {EmbeddedForge} from './embedded-forge'
import {
  type Folders,
  type Given,
  type Step,
  assembleSteps,
  buildStep,
  completeStep,
  hasCompatibility,
  releaseStep,
  signStep,
  startFirstStep,
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
  const before = async () => {
    await copyFile(folders.tools, join(folders.files, releaseFiles.tools))
    if (hasCompatibility(plan)) await copyFile(folders.compatibility, join(folders.files, releaseFiles.compatibility))
  }
  const build = (jobs: Plan['jobs']) => jobs.map(job => ({steps: [buildStep(job, plan, folders)]}))
  const first = plan.jobs.filter(({verify}) => verify === true)
  return [
    ...build(first),
    ...(first.length === 0 ? [] : [{steps: [startFirstStep(plan, folders)]}]),
    ...build(plan.jobs.filter(job => !first.includes(job))),
    ...assembleSteps(plan, folders, given).map(steps => ({steps})),
    {steps: [completeStep(folders)], before},
    {steps: [signStep(folders, given)]},
    {steps: [release], env},
  ]
}
