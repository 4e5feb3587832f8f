import {expect, test} from '@jest/globals'
import type {Job} from '../job'
import {assembled} from '../jobs/assemble'
import {planJob} from '../jobs/plan'
import {pipeline} from '../pipeline'
import type {Step} from '../step'
import {type Value, input, join, secret} from '../value'
import {auditPipeline} from './audit'

type Change = (jobs: readonly Job[]) => readonly Job[]

const changeJob =
  (id: string, change: (job: Job) => Partial<Job>): Change =>
  jobs => {
    const changed: Job[] = []
    // Those behind it get the changed job.
    for (const job of jobs) {
      const receives = job.receives.map(each => changed.find(other => other.id === each.id) ?? each)
      changed.push(job.id === id ? {...job, receives, ...change({...job, receives})} : {...job, receives})
    }
    return changed
  }

const changeStep = (id: string, action: string, change: (step: Step) => Step | undefined): Change =>
  changeJob(id, ({steps}) => ({steps: steps.flatMap(step => (step.action === action ? (change(step) ?? []) : [step]))}))

const setInput = (id: string, action: string, name: string, value: Value | undefined): Change =>
  changeStep(id, action, step => {
    const {[name]: _, ...rest} = step.inputs
    return {...step, inputs: value === undefined ? rest : {...rest, [name]: value}}
  })

const unproved = (id: string): Change =>
  changeJob(id, ({handover}) => (handover === undefined ? {} : {handover: {...handover, proof: 'plan'}}))

const without = (id: string, other: string): Change =>
  changeJob(id, ({receives}) => ({receives: receives.filter(each => each.id !== other)}))

const write = (id: string, scope: 'contents' | 'id-token'): Change =>
  changeJob(id, ({permissions}) => ({permissions: [...permissions, {scope, access: 'write', why: 'x'}]}))

/** Wrong wirings, each with what is said of it. */
const wirings: Readonly<Record<string, readonly [Change, string]>> = {
  'SHA256SUMS is left unsigned': [
    setInput('sign', 'cosign-sign', 'files', join(assembled.files, '/*.tgz')),
    'sign: files of "sign" is not the list of the files that were compared',
  ],
  'a release is always published': [
    setInput('release', 'gh-release', 'draft', 'false'),
    'release: draft of gh-release is false',
  ],
  'the key is the password': [
    setInput('sign', 'cosign-sign', 'key', secret('cosign-password')),
    'sign: key of cosign-sign is ${{ secrets.cosign-password }}',
  ],
  'the password is the key': [
    setInput('sign', 'cosign-sign', 'key-password', secret('cosign-key')),
    'sign: key-password of cosign-sign is ${{ secrets.cosign-key }}',
  ],
  'complete files are only compared': [
    setInput('assemble', 'release-assemble', 'stage', 'unchanged'),
    'assemble: release-assemble has stage unchanged, not complete',
  ],
  'sealed files are completed at once': [
    setInput('seal', 'release-assemble', 'stage', 'complete'),
    'seal: release-assemble has stage complete, not sealed',
  ],
  'the plan is opened without its digest': [
    unproved('plan'),
    'plan: what it hands over could be changed before it is opened',
  ],
  'sealed files are opened without their digest': [
    unproved('seal'),
    'seal: what it hands over could be changed before it is opened',
  ],
  'complete files are opened without their digest': [
    unproved('assemble'),
    'assemble: what it hands over could be changed before it is opened',
  ],
  'signatures are opened without their digest': [
    unproved('sign'),
    'sign: what it hands over could be changed before it is opened',
  ],
  'files are not compared before they are signed': [
    changeStep('sign', 'release-assemble', () => undefined),
    'sign: the files are not compared before "sign"',
  ],
  'files are not compared before they are released': [
    setInput('release', 'release-assemble', 'sha256', undefined),
    'release: the files are not compared before "release"',
  ],
  'a release without its signatures': [
    setInput('release', 'release-assemble', 'signatures', undefined),
    'release: the files are not compared before "release"',
  ],
  'a release that does not wait for signatures': [without('release', 'sign'), 'release: does not wait for sign'],
  'a release that does not wait for verification': [without('assemble', 'verify'), 'release: does not wait for verify'],
  'servers of other files are started': [
    setInput('verify', 'mcp-verify', 'files', join({kind: 'temp'}, '/handovers/built-go/files/*')),
    'verify: starts other files than the sealed ones',
  ],
  'a pattern is released': [
    setInput('release', 'gh-release', 'files', join(assembled.files, '/*')),
    'release: files of "release" is not the list of the files that were compared',
  ],
  'nothing is expected of the release': [
    setInput('release', 'gh-release', 'expect', undefined),
    'release: expect of "release" is not the list of the files that were compared',
  ],
  'files of an earlier draft stay': [
    setInput('release', 'gh-release', 'on-extra-asset', undefined),
    'release: files that nobody compared may stay on the draft',
  ],
  'the tag is the version': [
    setInput('release', 'gh-release', 'tag-name', planJob.output('version')),
    'release: tag-name of gh-release is ${{ needs.plan.outputs.version }}',
  ],
  'the commit is the tag': [
    setInput('release', 'gh-release', 'target-commitish', planJob.output('tag')),
    'release: target-commitish of gh-release is ${{ needs.plan.outputs.tag }}',
  ],
  'the notes are those of the repository': [
    setInput('release', 'gh-release', 'body-path', join({kind: 'temp'}, '/handovers/release-plan/CHANGELOG.md')),
    'release: the notes are not those that were made',
  ],
  'builds may write': [write('build', 'contents'), "build: may write contents beside code of the user's"],
  'servers are started with an identity': [
    write('verify', 'id-token'),
    "verify: may write id-token beside code of the user's",
  ],
  'the repository is checked out beside the token': [
    changeJob('release', () => ({checkout: 'commit'})),
    "release: may write contents beside code of the user's",
  ],
  'a secret goes to the builds': [
    setInput('build', 'build-npm', 'version', secret('cosign-key')),
    'build: build-npm gets a secret as version',
  ],
  'servers are registered before the release': [
    without('registry', 'release'),
    'registry: registers what is not public yet',
  ],
  'server.json is published while files are assembled': [
    setInput('assemble', 'mcp-publish', 'dry-run', undefined),
    'assemble: registers what is not public yet',
  ],
  'the server.json of the repository is registered': [
    setInput('registry', 'mcp-publish', 'server-json', join({kind: 'temp'}, '/handovers/release-plan/server.json')),
    'registry: registers another server.json than the released one',
  ],
  'a mirror is forgotten': [
    setInput('sign', 'cosign-sign', 'tool-mirror', undefined),
    'sign: cosign-sign gets no tool-mirror',
  ],
  'the mirror is the registry': [
    setInput('sign', 'cosign-sign', 'tool-mirror', input('mcp-registry')),
    'sign: tool-mirror of cosign-sign is ${{ inputs.mcp-registry }}',
  ],
  'files are read that nobody handed over': [
    without('sign', 'assemble'),
    'sign: directory of release-assemble is in assembled, which the job neither gets nor hands over',
  ],
  'a job waits for a later one': [jobs => [...jobs].reverse(), 'release: needs sign, which does not run before it'],
}

test('the pipeline is wired as it should be', () => {
  expect(auditPipeline(pipeline)).toEqual([])
})

test.each(Object.entries(wirings))('%s: that is noticed', (_, [change, problem]) => {
  expect(auditPipeline(change(pipeline))).toContain(problem)
})
