import {contracts} from '../contracts.gen'
import type {Job} from '../job'
import {planFile, planJob} from '../jobs/plan'
import {type Expression, equals, input, not, secret, tag} from '../value'
import {allSteps, shown} from './steps'

const ofPlan = (name: Parameters<typeof planJob.output>[0]): Expression => planJob.output(name)

/** Where inputs of these names come from, in whatever action they are. */
const sources: Readonly<Record<string, readonly Expression[]>> = {
  plan: [planFile],
  version: [ofPlan('version')],
  'source-date': [ofPlan('source-date')],
  'tag-name': [ofPlan('tag')],
  tag: [tag],
  'target-commitish': [ofPlan('commit')],
  'published-tag': [ofPlan('tag')],
  'published-commit': [ofPlan('commit')],
  draft: [not(input('publish'))],
  'generate-notes': [equals(ofPlan('changelog'), '')],
  key: [secret('cosign-key')],
  'key-password': [secret('cosign-password')],
  'tool-mirror': [input('tool-mirror')],
  registry: [input('mcp-registry')],
  'working-directory': [input('working-directory')],
}

/** Inputs of these names are left out where the action has them, but needs them only alone. */
const optional: Readonly<Record<string, readonly string[]>> = {
  'mcp-verify': ['source-date', 'tool-mirror'],
  'mcpb-bundle': ['tool-mirror', 'version', 'working-directory'],
  // There is no checkout.
  'gh-release': ['working-directory'],
  'release-plan': ['tool-mirror'],
  'cross-compile': ['tool-mirror'],
  'buildx-image': ['tool-mirror'],
  'build-npm': ['tool-mirror'],
  'build-wheel': ['tool-mirror'],
}

/** An input means the same in every action, so its value comes from one place. */
export function sourceProblems(jobs: readonly Job[]): readonly string[] {
  return jobs.flatMap(job =>
    allSteps(job).flatMap(({action, inputs}) => {
      const declared = Object.keys(contracts[action as keyof typeof contracts].inputs)
      return Object.entries(sources).flatMap(([name, allowed]) => {
        const value = inputs[name]
        if (!declared.includes(name)) return []
        if (value === undefined) return isNeeded(action, name) ? [`${job.id}: ${action} gets no ${name}`] : []
        const found = shown(value)
        const fromMatrix = job.matrix !== undefined && found === `\${{ matrix.inputs.${name} }}`
        return fromMatrix || allowed.some(each => shown(each) === found)
          ? []
          : [`${job.id}: ${name} of ${action} is ${found}`]
      })
    }),
  )
}

// What mcp-publish does is decided by its other inputs.
const isNeeded = (action: string, name: string): boolean =>
  action !== 'mcp-publish' && action !== 'release-assemble' && optional[action]?.includes(name) !== true
