import type {Job} from '../job'
import {handedOver, handoverDigest, handovers} from '../job'
import type {Step} from '../step'
import {type Expression, type Value, input, join} from '../value'
import {inner, workflowText} from './expression'
import type {ForeignAction} from './pins'

/** A step as it stands in the workflow. */
export interface WorkflowStep {
  readonly id?: string
  readonly name?: string
  readonly if?: string
  /** One of ours by its name, or one of GitHub's. */
  readonly uses: {readonly ours: string} | {readonly foreign: ForeignAction}
  readonly with: readonly {
    readonly name: string
    readonly value: string | boolean | number
    readonly comment?: string
  }[]
  readonly comment?: string
}

/** All steps of a job: its checkout, what it gets, its toolchains, its work, what it hands over. */
export function stepsOf(
  job: Job,
  source: {readonly commit: Expression; readonly tag: Expression},
): readonly WorkflowStep[] {
  return [
    ...checkout(job, source),
    ...receive(job),
    ...(job.toolchains ?? []).map(setUp),
    ...job.steps.map(ourStep),
    ...handOver(job),
    ...(job.afterwards ?? []).map(ourStep),
  ]
}

const foreign = (
  name: ForeignAction,
  given: Readonly<Record<string, Value | boolean>>,
  more: Omit<WorkflowStep, 'uses' | 'with'> = {},
): WorkflowStep => ({
  ...more,
  uses: {foreign: name},
  with: Object.entries(given).map(([key, value]) => ({
    name: key,
    value: typeof value === 'boolean' ? value : workflowText(value),
  })),
})

function checkout({id, checkout: what}: Job, {commit, tag}: Parameters<typeof stepsOf>[1]): readonly WorkflowStep[] {
  if (what === undefined) return []
  const step = foreign('checkout', {
    ref: id === 'plan' ? tag : commit,
    submodules: input('submodules'),
    ...(what === 'history' ? {'fetch-depth': '0'} : {}),
    'persist-credentials': false,
  })
  const comments: Readonly<Record<string, string>> = {
    ...(id === 'plan' ? {ref: 'The tag, and not a branch of that name.'} : {}),
    'fetch-depth': 'Versions and files that a build asks git for: all commits and tags.',
  }
  return [{...step, with: step.with.map(each => ({...each, ...commentFor(comments[each.name])}))}]
}

const commentFor = (comment: string | undefined) => (comment === undefined ? {} : {comment})

/** The hand-overs that the job gets, each in a folder of its name, proved where they can be. */
function receive({receives}: Job): readonly WorkflowStep[] {
  const received = receives.flatMap(({id, handover}) => (handover === undefined ? [] : [{id, ...handover}]))
  const names = [...new Set(received.map(({name}) => pattern(name)))]
  // A pattern that the next one covers.
  const wanted = names.filter(
    name => !names.some(other => other.endsWith('*') && other !== name && name.startsWith(other.slice(0, -1))),
  )
  const [only = ''] = wanted
  if (wanted.length === 0) return []
  const download =
    wanted.length === 1
      ? foreign('download-artifact', {name: only, path: handedOver(only)})
      : foreign('download-artifact', {
          pattern: `{${wanted.join(',')}}`,
          path: handovers,
        })
  const proved = received.filter(({proof}) => proof === 'digest')
  const expected = proved.map(({id, name}) => join(name, ' ', {kind: 'output', of: 'job', id, name: handoverDigest}))
  const open = ourStep({
    action: 'release-handover',
    title: 'open what was handed over',
    inputs: {handovers, expected: lines(expected)},
  })
  return proved.length === 0 ? [download] : [download, open]
}

const lines = (values: readonly Value[]): Value =>
  join(...values.flatMap((value, at) => (at === 0 ? [value] : ['\n', value])))

/** `built-*` for what each entry of a matrix hands over. */
const pattern = (name: Value): string =>
  typeof name === 'string' ? name : workflowText(name).replace(/\$\{\{ matrix\.id \}\}$/, '*')

function setUp({name, when}: NonNullable<Job['toolchains']>[number]): WorkflowStep {
  const given = {
    python: {'python-version': '3.13'},
    node: {'node-version': '22', 'package-manager-cache': false},
    go: {'go-version-file': join({kind: 'matrix', field: 'inputs.working-directory'}, '/go.mod'), cache: false},
  }[name]
  return foreign(`setup-${name}`, given, when === undefined ? {} : {if: inner(when)})
}

function ourStep({id, action, title, inputs, when, comment}: Step): WorkflowStep {
  const given = Object.entries(inputs).filter(([, value]) => typeof value === 'string' || value.kind !== 'local')
  return {
    ...(id === undefined ? {} : {id}),
    name: `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
    ...(when === undefined ? {} : {if: inner(when)}),
    uses: {ours: action},
    with: given.map(([name, value]) => ({name, value: workflowText(value)})),
    ...commentFor(comment),
  }
}

function handOver({handover}: Job): readonly WorkflowStep[] {
  if (handover === undefined) return []
  const {name, proof} = handover
  const seal = ourStep({
    id: handoverDigest,
    action: 'release-handover',
    title: 'seal what is handed over',
    inputs: {mode: 'seal', handovers, handover: name},
  })
  const upload = foreign('upload-artifact', {
    name,
    path: handedOver(name),
    'if-no-files-found': 'error',
    // A job that is run again hands over anew.
    overwrite: true,
  })
  return [...(proof === 'digest' ? [seal] : []), upload]
}
