import type {YAMLMap} from 'yaml'
import {type Job, handoverDigest, needsOf} from '../job'
import {planJob} from '../jobs/plan'
import {pipeline, workflowOutputs} from '../pipeline'
import {tag} from '../value'
import {workflowInputs, workflowSecrets} from '../workflow-inputs'
import {inner, workflowText} from './expression'
import {documentText, entriesOf, map, sequence} from './nodes'
import type {Pins} from './pins'
import {type WorkflowStep, stepsOf} from './steps'

const runner = 'ubuntu-24.04'

const head = `Generated from packages/pipeline by \`npm run generate\`: do not edit. Only Dependabot raises the pinned commits here.

The release of an MCP server from a v* tag, called by the user's own workflow. Nothing is public before the release job; each job has only the permissions that it names, and takes from another job nothing but what that one handed over.`

/** .github/workflows/release.yml. */
export function renderWorkflow(pins: Pins): string {
  const call = map([
    {key: 'inputs', value: workflowInputs},
    {
      key: 'secrets',
      value: mapValues(workflowSecrets, description => ({description, required: false})),
    },
    {
      key: 'outputs',
      value: mapValues(workflowOutputs, ({description, value}) => ({
        description,
        value: workflowText(value).replace('needs.', 'jobs.'),
      })),
    },
  ])
  const root = map([
    {key: 'name', value: 'mcp-release'},
    {key: 'on', value: map([{key: 'workflow_call', value: call}]), space: true},
    {key: 'permissions', value: {}, space: true},
    {key: 'concurrency', value: concurrency(), space: true},
    {
      key: 'jobs',
      value: map(
        pipeline.map((job, at) => ({key: job.id, value: jobNode(job, pins), before: job.comment, space: at > 0})),
      ),
      space: true,
    },
  ])
  return documentText(root, head)
}

function mapValues<V>(object: Readonly<Record<string, V>>, change: (value: V) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}

function concurrency(): YAMLMap {
  return map([
    {
      key: 'group',
      value: `mcp-release-\${{ github.repository }}-\${{ ${inner(tag)} }}`,
      before: 'Two runs for one tag would do the same work twice; the second waits and then finds everything done.',
    },
    {key: 'cancel-in-progress', value: false},
  ])
}

function jobNode(job: Job, pins: Pins): YAMLMap {
  const needs = needsOf(job, pipeline)
  const outputs = {
    ...(job.handover?.proof === 'digest' ? {[handoverDigest]: `\${{ steps.${handoverDigest}.outputs.sha256 }}`} : {}),
    ...mapValues(job.outputs, workflowText),
  }
  const perEntry = job.matrix !== undefined
  return map([
    {key: 'needs', value: needs.length === 0 ? undefined : needs.length === 1 ? needs[0] : [...needs]},
    {key: 'if', value: conditionOf(job)},
    {key: 'name', value: perEntry ? `${job.id} (\${{ matrix.id }})` : undefined},
    {key: 'runs-on', value: perEntry ? '${{ matrix.runner }}' : runner},
    {key: 'timeout-minutes', value: job.timeoutMinutes},
    {key: 'permissions', value: permissionsNode(job)},
    {
      key: 'strategy',
      value:
        job.matrix === undefined ? undefined : {'fail-fast': false, matrix: `\${{ fromJSON(${inner(job.matrix)}) }}`},
    },
    {key: 'outputs', value: Object.keys(outputs).length === 0 ? undefined : outputs},
    {
      key: 'steps',
      value: sequence(
        stepsOf(job, {commit: planJob.output('commit'), tag}).map(step => ({
          node: stepNode(step, pins),
          before: step.comment,
        })),
      ),
    },
  ])
}

function permissionsNode({permissions}: Job): YAMLMap | object {
  if (permissions.length === 0) return {}
  return map(permissions.map(({scope, access, why}) => ({key: scope, value: access, after: why})))
}

/** A job that may be skipped skips those behind it, too, unless they say when they run. */
function conditionOf(job: Job): string | undefined {
  const before = neededBy(job)
  if (!before.some(isSkippable)) return job.when === undefined ? undefined : inner(job.when)
  const ended = before.map(({id, when}) => {
    const done = `needs.${id}.result == 'success'`
    return when === undefined ? done : `(${done} || needs.${id}.result == 'skipped')`
  })
  const own = job.when === undefined ? [] : [inner(job.when)]
  return `\${{ ${['!cancelled()', ...ended, ...own].join(' && ')} }}`
}

const neededBy = (job: Job): readonly Job[] => {
  const ids = needsOf(job, pipeline)
  return pipeline.filter(({id}) => ids.includes(id))
}

const isSkippable = (job: Job): boolean => job.when !== undefined || neededBy(job).some(isSkippable)

function stepNode({id, name, if: condition, uses, with: given}: WorkflowStep, pins: Pins): YAMLMap {
  const foreign = 'ours' in uses ? undefined : pins[uses.foreign]
  return map([
    ...entriesOf({id, name, if: condition}),
    {
      key: 'uses',
      value: 'ours' in uses ? `$/actions/${uses.ours}` : `actions/${uses.foreign}@${pins[uses.foreign].commit}`,
      after: foreign?.version,
    },
    {
      key: 'with',
      value:
        given.length === 0
          ? undefined
          : map(given.map(each => ({key: each.name, value: each.value, before: each.comment}))),
    },
  ])
}
