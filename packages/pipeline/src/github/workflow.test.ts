import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {parse} from 'yaml'
import {pipeline} from '../pipeline'
import {type Given, type Outputs, inputsOf, record, scopeOf, stepRuns} from '../step-runs'
import {allSteps} from '../audit/steps'
import {readPins} from './pins'
import {renderWorkflow} from './workflow'

const path = new URL('../../../../.github/workflows/release.yml', import.meta.url)
const text = readFileSync(path, 'utf8')

interface Workflow {
  readonly jobs: Readonly<Record<string, {readonly steps: readonly WorkflowStep[]}>>
}
interface WorkflowStep {
  readonly run?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

test('the workflow is what the pipeline says; `npm run generate` writes it', () => {
  expect(text).toBe(renderWorkflow(readPins(text)))
})

test('the workflow has no shell: what is done is done by tested actions', () => {
  const {jobs} = parse(text) as Workflow
  expect(Object.values(jobs).flatMap(({steps}) => steps.filter(({run}) => run !== undefined))).toEqual([])
})

test('two pins of one action are refused, and a missing one', () => {
  const [, commit = ''] = /actions\/checkout@(\w+)/.exec(text) ?? []
  expect(() => readPins(text.replace(commit, 'f'.repeat(40)))).toThrow('actions/checkout is pinned to')
  expect(() => readPins('')).toThrow('no pin of actions/checkout')
})

const given: Given = {
  inputs: {tag: 'v1.0.0', publish: 'true'},
  secrets: {'cosign-key': 'new'},
  local: {token: 't'},
  temp: '/t',
}
const job = (id: string, action: string) => ({
  id,
  action,
  runner: 'x',
  toolchain: 'node',
  verify: id === 'go',
  inputs: {'working-directory': id, version: '1.0.0', package: `p:${id}`},
})
const decided = {
  matrix: JSON.stringify({
    include: [
      job('go', 'cross-compile'),
      job('npm', 'build-npm'),
      job('wheel', 'build-wheel'),
      job('image', 'buildx-image'),
    ],
  }),
  'verify-matrix': JSON.stringify({include: [{id: 'linux-amd64', first: true}]}),
  commit: 'c'.repeat(40),
  tag: 'v1.0.0',
  version: '1.0.0',
  'source-date': '7',
  bundles: 'true',
  'server-json': 'true',
  compatibility: 'true',
  'changelog-copy': 'CHANGELOG.rst',
}

function planned(more: Partial<typeof decided> = {}, inputs: Given['inputs'] = {}) {
  const outputs: Outputs = new Map([['plan/plan', {...decided, ...more}]])
  const own = {...given, inputs: {...given.inputs, ...inputs}}
  const known = {jobs: pipeline, outputs}
  return {own, known, outputs, runs: stepRuns(pipeline, own, known)}
}

test('one machine runs the steps of the workflow in their order, without hand-overs', () => {
  const {jobs} = parse(text) as Workflow
  const theirs = Object.entries(jobs).flatMap(([name, {steps}]) =>
    steps
      .flatMap(({uses = ''}) => (uses.startsWith('$/actions/') ? [uses.slice('$/actions/'.length)] : []))
      .filter(action => action !== 'release-handover')
      .map(action => `${name} ${action}`),
  )
  const {runs} = planned({}, {'mcp-registry': 'https://registry.example'})
  const ours = runs.map(({job: {id}, step}) => `${id} ${step.action}`)
  // Each entry of the matrix is one of the four builds.
  const order = [
    'build cross-compile',
    'build mcp-verify',
    'build build-npm',
    'build build-wheel',
    'build buildx-image',
  ]
  expect(ours.filter(each => each.startsWith('build '))).toEqual(order)
  expect(theirs.filter(each => each.startsWith('build ')).sort()).toEqual([...order].sort())
  const others = (all: readonly string[]) => all.filter(each => !each.startsWith('build '))
  expect(others(ours)).toEqual(others(theirs))
})

test('what the workflow says as expressions, one machine says as values', () => {
  const {own, known, runs, outputs} = planned()
  const inputs = (id: string, action: string) => {
    const run = runs.find(each => each.job.id === id && each.step.action === action)
    if (run === undefined) throw new Error(`${id} does not run ${action}`)
    return inputsOf(run, scopeOf(own, run, known))
  }
  for (const run of runs) {
    const sha256 = {seal: 'a', complete: 'b'}[run.step.id ?? ''] ?? ''
    record(outputs, run, run.step.id === 'plan' ? decided : {sha256, subjects: 's', paths: 'p', files: 'f'})
  }
  expect(inputs('build', 'build-npm')).toEqual({
    'working-directory': 'npm',
    version: '1.0.0',
    package: 'p:npm',
    'output-directory': '/t/handovers/built-npm/files',
    fragment: '/t/handovers/built-npm/fragment.json',
    'source-date': '7',
  })
  expect(inputs('verify', 'mcp-verify')).toMatchObject({
    files: '/t/handovers/sealed/files/*',
    compatibility: '/t/handovers/verified-linux-amd64/compatibility.json',
  })
  expect(inputs('assemble', 'release-assemble')).toMatchObject({sha256: 'a', sealed: '/t/handovers/sealed/files'})
  expect(inputs('sign', 'cosign-sign')).toMatchObject({files: 's', key: 'new', 'key-password': ''})
  expect(inputs('release', 'gh-release')).toMatchObject({
    files: 'p',
    expect: 'f',
    draft: 'false',
    changelog: '/t/handovers/release-plan/CHANGELOG.rst',
    'generate-notes': 'false',
    'target-commitish': decided.commit,
    token: 't',
  })
})

test('what the plan does not have is not done', () => {
  const {runs} = planned({bundles: 'false', 'server-json': 'false'}, {'mcp-registry': 'https://registry.example'})
  const actions = new Set(runs.map(({step}) => step.action))
  expect([...actions].filter(action => ['mcpb-bundle', 'mcp-publish'].includes(action))).toEqual([])
  expect(planned().runs.some(({job: {id}}) => id === 'registry')).toBe(false)
})

test('ids of steps and titles tell them apart', () => {
  for (const each of pipeline) {
    const ids = allSteps(each).flatMap(({id}) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
  }
})
