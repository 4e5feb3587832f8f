import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import type {Plan} from '@mcp-release/release-model'
import {parse} from 'yaml'
import {readArguments} from '../arguments'
import {
  type Folders,
  type Step,
  buildStep,
  bundleStep,
  completeStep,
  planStep,
  releaseStep,
  sbomStep,
  sealStep,
  signStep,
  stampSteps,
  startFirstStep,
  unchangedStep,
  verifyStep,
} from './steps'

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

const folders: Folders = {
  plan: 'p',
  handovers: 'h',
  files: 'f',
  seal: 's',
  verified: 'w',
  verification: 'v',
  notes: 'n',
  publicKey: 'k',
}
const given = {directory: '.'}
// Every option that says something of a release.
const said = readArguments(
  'snapshot --tag v1.0.0 --package a --program a --exclude b --target linux/amd64 --no-image --image-platform linux/amd64 --no-bundles --server-arg a --server-env A=b --executable a --transport http --http-path /a --network on --timeout 9 --unverified allow --strict --changelog never'.split(
    ' ',
  ),
  '/',
)
const inputs = said.kind === 'snapshot' ? said.inputs : {}
const plan: Plan = {
  schemaVersion: 1,
  name: 'demo',
  version: {tag: 'v1.0.0', text: '1.0.0', semver: '1.0.0', prerelease: false, channel: 'stable'},
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
  planStep(folders, {inputs, toolchains: [], machine: 'linux/amd64', ...given}),
  job('build-wheel', {}),
  job('build-npm', {}),
  job('cross-compile', {
    language: 'go',
    targets: '',
    binary: '',
    main: '',
    commit: '',
    tag: '',
    ldflags: '',
    'build-tags': '',
    features: '',
    'default-features': '',
    'archive-names': '',
    'wrap-in-directory': '',
  }),
  job('buildx-image', {containerfile: '', context: '', platforms: '', archive: ''}),
  startFirstStep(plan, folders),
  bundleStep(plan, folders),
  sealStep(folders),
  verifyStep(plan, folders),
  sbomStep(plan, folders, given),
  ...stampSteps(plan, folders, given),
  completeStep(folders),
  unchangedStep(folders, false),
  signStep(folders, given),
  unchangedStep(folders, true),
  releaseStep(plan, folders, {token: ''}),
]

// The workflow's token is a default, its runners have all toolchains, and its signatures have certificates.
const onlyHere = new Set(['token', 'toolchains', 'public-key'])
// A matrix of versions is asked for by the settings file; its notes are the release's own in the workflow.
const onlyThere = new Set(['incompatible', 'node-versions', 'python-versions', 'sdk-versions'])

test('a snapshot starts the same actions in the same order with the same inputs as the workflow', () => {
  // A snapshot registers nothing.
  const theirs = Object.entries(workflow.jobs)
    .flatMap(([name, each]) => (name === 'registry' ? [] : (each.steps ?? [])))
    .filter(step => step.uses?.startsWith('$/actions/'))
    // One machine hands nothing over to itself.
    .filter(({with: given}) => given?.['stage'] !== 'unchanged' || given['seal'] === undefined)
    .map(step => ({action: step.uses?.slice('$/actions/'.length), inputs: Object.keys(step.with ?? {})}))
  const names = (inputs: readonly string[], except: ReadonlySet<string>) =>
    inputs.filter(name => !except.has(name)).sort()
  expect(ours.map(step => [step.action, names(Object.keys(step.inputs), onlyHere)])).toEqual(
    theirs.map(step => [step.action, names(step.inputs, onlyThere)]),
  )
})
