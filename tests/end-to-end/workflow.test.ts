import {execFileSync} from 'node:child_process'
import {readFileSync, readdirSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {standBinaries} from '@mcp-release/test-stand'
import {parse} from 'yaml'
import {testWith} from './release-requirements'

interface Step {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly needs?: string | readonly string[]
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly on: {readonly workflow_call: {readonly inputs: Readonly<Record<string, unknown>>}}
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

interface Contract {
  readonly inputs: Readonly<Record<string, {readonly required?: boolean; readonly default?: string}>>
  readonly outputs?: Readonly<Record<string, unknown>>
}

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const file = join(root, '.github/workflows/release.yml')
const text = readFileSync(file, 'utf8')
const workflow = parse(text) as Workflow
const jobs = Object.entries(workflow.jobs)
const steps = jobs.flatMap(([job, {steps: all}]) => all.map(step => ({job, step})))
const own = steps.flatMap(({job, step}) =>
  step.uses?.startsWith('$/actions/') === true ? [{job, step, action: step.uses.slice('$/actions/'.length)}] : [],
)

function contractOf(action: string): Contract {
  return parse(readFileSync(join(root, 'actions', action, 'action.yml'), 'utf8')) as Contract
}

test('each job has only the permissions that its work needs', () => {
  expect(workflow.permissions).toEqual({})
  expect(Object.fromEntries(jobs.map(([name, job]) => [name, job.permissions]))).toEqual({
    plan: {contents: 'read'},
    build: {contents: 'read'},
    bundle: {contents: 'read'},
    seal: {},
    verify: {contents: 'read'},
    assemble: {},
    sign: {contents: 'read', 'id-token': 'write'},
    release: {contents: 'write'},
    registry: {'id-token': 'write'},
  })
})

test('every granted permission has its reason beside it', () => {
  const granted = text
    .split('\n')
    .filter(line => /^\s+(contents|id-token|packages|attestations): (read|write)/.test(line))
  expect(granted).toHaveLength(8)
  for (const line of granted) expect(line).toMatch(/ # \S+/)
})

test('no repository is checked out and no program of the user runs where a token can write', () => {
  for (const name of ['seal', 'assemble', 'sign', 'release', 'registry']) {
    const uses = (workflow.jobs[name]?.steps ?? []).flatMap(step => (step.uses === undefined ? [] : [step.uses]))
    expect(
      uses.filter(
        each =>
          !/^(actions\/(download-artifact|upload-artifact|setup-python|setup-node)@|\$\/actions\/(cosign-sign|gh-release|mcp-publish|release-assemble|release-handover|syft-sbom)$)/.test(
            each,
          ),
      ),
    ).toEqual([])
  }
  const checkouts = steps.filter(({step}) => step.uses?.startsWith('actions/checkout@') === true)
  expect(checkouts.map(({step}) => step.with?.['persist-credentials'])).toEqual(checkouts.map(() => false))
})

test('every job ends by itself', () => {
  expect(jobs.filter(([, job]) => job['timeout-minutes'] === undefined).map(([name]) => name)).toEqual([])
})

test('no expression is pasted into a script: there are none', () => {
  expect(steps.filter(({step}) => step.run !== undefined)).toEqual([])
})

test("foreign actions are GitHub's own, at a full commit, with the version in a comment", () => {
  const foreign = steps.flatMap(({step}) => (step.uses === undefined || step.uses.startsWith('$/') ? [] : [step.uses]))
  expect(foreign.filter(uses => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(uses))).toEqual([])
  const lines = text.split('\n').filter(line => /uses: actions\//.test(line))
  expect(lines).toHaveLength(foreign.length)
  expect(lines.filter(line => !/ # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  const versions = new Map(foreign.map(uses => [uses.slice(0, uses.indexOf('@')), uses]))
  expect(foreign.filter(uses => versions.get(uses.slice(0, uses.indexOf('@'))) !== uses)).toEqual([])
})

test.each(own.map(each => [`${each.job}: ${each.step.id ?? each.action}`, each] as const))(
  '%s is called with inputs that the action has, and with all that it requires',
  (_, {step, action}) => {
    const given = Object.keys(step.with ?? {})
    const {inputs} = contractOf(action)
    expect(given.filter(name => !(name in inputs))).toEqual([])
    const required = Object.entries(inputs).filter(
      ([, input]) => input.required === true && input.default === undefined,
    )
    expect(required.map(([name]) => name).filter(name => !given.includes(name))).toEqual([])
  },
)

test('outputs of steps that are read are outputs that the actions have', () => {
  const read = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].map(([, id = '', name = '']) => ({id, name}))
  const declared = (id: string): readonly string[] => {
    const action = own.find(each => each.step.id === id)?.action
    return action === undefined ? [] : Object.keys(contractOf(action).outputs ?? {})
  }
  expect(read.length).toBeGreaterThan(0)
  expect(read.filter(({id, name}) => !declared(id).includes(name))).toEqual([])
})

test('every input of the workflow is used', () => {
  const unused = Object.keys(workflow.on.workflow_call.inputs).filter(name => !text.includes(`inputs.${name} `))
  expect(unused).toEqual([])
})

test("what a job's artifacts need is made by a job that it waits for", () => {
  for (const [, job] of jobs) {
    const waits = [job.needs ?? []].flat()
    const expressions = JSON.stringify(job.steps)
    const read = [...expressions.matchAll(/needs\.([\w-]+)\./g)].map(([, name]) => name ?? '')
    expect(read.filter(name => !waits.includes(name))).toEqual([])
  }
})

const examples = readdirSync(join(root, 'examples'), {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)

test.each(examples)("the caller's file of the %s example is short, and grants what the workflow asks for", name => {
  const caller = readFileSync(join(root, 'examples', name, 'release.yml'), 'utf8')
  expect(caller.trimEnd().split('\n').length).toBeLessThanOrEqual(15)
  const {permissions, jobs: called} = parse(caller) as Pick<Workflow, 'permissions'> & {
    readonly jobs: {readonly release: {readonly permissions: Record<string, string>; readonly uses: string}}
  }
  expect(permissions).toEqual({})
  expect(called.release.uses).toBe('mcp-release/mcp-release/.github/workflows/release.yml@v1')
  const asked = new Map<string, string>()
  for (const [, job] of jobs) {
    for (const [scope, access] of Object.entries(job.permissions ?? {}))
      if (asked.get(scope) !== 'write') asked.set(scope, access)
  }
  expect(called.release.permissions).toEqual(Object.fromEntries(asked))
})

testWith(['actionlint'], {name: 'actionlint finds nothing in any workflow', timeout: 60_000}, () => {
  const callers = examples.map(name => join('examples', name, 'release.yml'))
  const env = {...process.env, PATH: `${standBinaries}:${process.env['PATH'] ?? ''}`}
  const args = ['-no-color', '-shellcheck=', '-pyflakes=', '-config-file', '.github/actionlint.yaml']
  const report = execFileSync('actionlint', [...args, '.github/workflows/release.yml', ...callers], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  expect(report).toBe('')
  return Promise.resolve()
})
