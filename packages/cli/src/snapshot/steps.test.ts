import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import type {Plan} from '@mcp-release/release-model'
import {parse} from 'yaml'
import {type Folders, type Step, assembleSteps, buildStep, completeStep, planStep, releaseStep, signStep} from './steps'

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {readonly steps?: readonly {readonly uses?: string; readonly with?: Readonly<Record<string, unknown>>}[]}
    >
  >
}

const workflow = parse(
  readFileSync(new URL('../../../../.github/workflows/release.yml', import.meta.url), 'utf8'),
) as Workflow

const folders: Folders = {plan: 'p', files: 'f', fragments: 'g', verification: 'v', tools: 't', publicKey: 'k'}
const given = {serverArgs: [], serverEnv: []}
const plan: Plan = {
  schemaVersion: 1,
  name: 'demo',
  version: {tag: 'v1.0.0', semver: '1.0.0', prerelease: false, channel: 'stable'},
  sourceDate: 0,
  packages: [],
  jobs: [],
  bundles: [{package: 'demo', type: 'node', directory: '.', executable: 'demo', files: []}],
  artifacts: [{name: 'server.json', kind: 'server-json'}],
  skipped: [],
  findings: [],
  settings: {},
}
const common = {'working-directory': '.', version: '1.0.0', package: 'x'}
const job = (action: Plan['jobs'][number]['action'], inputs: Record<string, string>) =>
  buildStep(
    {id: action, runner: 'ubuntu-24.04', toolchain: 'go', action, inputs: {...common, ...inputs}},
    plan,
    folders,
  )

const ours: readonly Step[] = [
  planStep(folders, {targets: [], image: true, bundles: true, toolchains: [], ...given}),
  job('build-wheel', {}),
  job('build-npm', {}),
  job('cross-compile', {language: 'go', targets: '', binary: '', main: '', commit: ''}),
  job('buildx-image', {containerfile: '', platforms: '', archive: ''}),
  ...assembleSteps(plan, folders, given).flat(),
  completeStep(folders),
  signStep(folders, given),
  releaseStep(plan, folders, {token: ''}),
]

// The workflow's token is a default, its runners have all toolchains, and its signatures have certificates.
const onlyHere = new Set(['token', 'toolchains', 'public-key'])
// On this machine images are built for the platforms that the plan's defaults name.
const onlyThere = new Set([
  'image-platforms',
  // A snapshot tries each server with what this machine has, without a matrix.
  'compatibility',
  'compatibility-matrix',
  'compatibility-notes',
  'incompatible',
  'node-versions',
  'python-versions',
  'sdk-versions',
  'body-path',
])

test('a snapshot starts the same actions in the same order with the same inputs as the workflow', () => {
  // A snapshot registers nothing.
  const theirs = Object.entries(workflow.jobs)
    .flatMap(([name, each]) => (name === 'registry' ? [] : (each.steps ?? [])))
    .filter(step => step.uses?.startsWith('$/actions/'))
    .map(step => ({action: step.uses?.slice('$/actions/'.length), inputs: Object.keys(step.with ?? {})}))
  const names = (inputs: readonly string[], except: ReadonlySet<string>) =>
    inputs.filter(name => !except.has(name)).sort()
  expect(ours.map(step => [step.action, names(Object.keys(step.inputs), onlyHere)])).toEqual(
    theirs.map(step => [step.action, names(step.inputs, onlyThere)]),
  )
})
