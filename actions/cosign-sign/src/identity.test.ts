import {describe, expect, test} from '@jest/globals'
import type {Identity} from './certificate'
import {type Run, currentRun, earlierProblems, expectationOf, identityProblems} from './identity'

const called = 'suite/suite/.github/workflows/release.yml@refs/tags/v1'
const started = 'some/server/.github/workflows/publish.yml@refs/tags/v2.0.0'
const url = (path: string) => `https://github.com/${path}`
const commit = 'a'.repeat(40)
const other = 'b'.repeat(40)

const signer: Identity = {
  identity: url(called),
  issuer: 'https://token.actions.githubusercontent.com',
  repository: url('some/server'),
  repositoryId: '1001',
  ref: 'refs/tags/v2.0.0',
  commit,
  workflow: url(started),
}

const env = {
  GITHUB_REPOSITORY: 'some/server',
  GITHUB_REPOSITORY_ID: '1001',
  GITHUB_WORKFLOW_REF: started,
  GITHUB_REF: 'refs/tags/v2.0.0',
  GITHUB_SHA: commit,
}
const claims = {iss: signer.issuer, job_workflow_ref: called}

test.each([
  [{}, 0],
  [{GITHUB_WORKFLOW_REF: 'some/server/.github/workflows/publish.yml@refs/heads/main'}, 1],
  [{GITHUB_REPOSITORY: 'fork/server', GITHUB_SHA: other}, 2],
  [{GITHUB_REPOSITORY_ID: '1002'}, 1],
  [{GITHUB_REF: 'refs/tags/v2.0.1'}, 1],
  [{GITHUB_SERVER_URL: 'https://github.example'}, 3],
])('in a run with %j a certificate has %d problems', (changed, count) => {
  expect(identityProblems(signer, currentRun({...env, ...changed}, claims))).toHaveLength(count)
})

test('what the runner does not say comes from the token, and what neither says is not compared', () => {
  expect(currentRun({}, {...claims, repository_id: '7', ref: 'refs/heads/x'})).toEqual({
    identity: url(called),
    issuer: signer.issuer,
    repositoryId: '7',
    ref: 'refs/heads/x',
  })
  expect(identityProblems(signer, {})).toEqual([])
})

const without = (...fields: readonly (keyof Identity)[]): Identity =>
  Object.fromEntries(Object.entries(signer).filter(([name]) => !fields.includes(name as keyof Identity))) as never

test.each([
  ['repository', ['the certificate names no repository']],
  ['repositoryId', ['the certificate names no repository id']],
] as const)('a certificate without %s is nobody’s, also where the run says nothing of it', (field, problems) => {
  expect(identityProblems(without(field), {})).toEqual(problems)
  expect(earlierProblems(without(field), {}, {tag: 'v2.0.0'})).toContain(problems[0])
})

describe('a signature of an earlier run', () => {
  const byTag = currentRun(env, claims)
  const onMain = {
    ...env,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: other,
    GITHUB_WORKFLOW_REF: 'some/server/.github/workflows/publish.yml@refs/heads/main',
  }
  const byHand = currentRun(onMain, claims)
  const mainSigner = {
    ...signer,
    ref: 'refs/heads/main',
    commit: 'f'.repeat(40),
    workflow: url('some/server/.github/workflows/publish.yml@refs/heads/main'),
  }
  const local = 'some/server/.github/workflows/release.yml@refs/tags/v2.0.0'
  const good: Readonly<Record<string, readonly [Identity, Run]>> = {
    'of the same run': [signer, byTag],
    'that the tag started, when this one was started by hand': [signer, byHand],
    'that was started by hand on the same branch, at another commit': [mainSigner, byHand],
    'that called another version of the same workflow': [
      {...signer, identity: url(called.replace('/v1', '/v3'))},
      byHand,
    ],
    'when the repository had another name': [
      {...signer, repository: url('some/old'), workflow: url(started.replace('some/server', 'some/old'))},
      byTag,
    ],
    'of a workflow of its own': [
      {...signer, identity: signer.workflow ?? ''},
      currentRun(env, {...claims, job_workflow_ref: started}),
    ],
    'of a workflow of its own that another one called': [
      {...signer, identity: url(local)},
      currentRun(env, {...claims, job_workflow_ref: local}),
    ],
  }
  test.each(Object.entries(good))('%s counts', (_, [found, run]) => {
    expect(earlierProblems(found, run, {tag: 'v2.0.0', commit})).toEqual([])
  })

  const bad: Readonly<Record<string, readonly [Partial<Identity>, Run]>> = {
    'of another repository': [{repositoryId: '1002'}, byTag],
    'of another workflow': [{workflow: url('some/server/.github/workflows/evil.yml@refs/tags/v2.0.0')}, byTag],
    'of another called workflow': [{identity: url('evil/suite/.github/workflows/release.yml@refs/tags/v1')}, byTag],
    'of another file of the called repository': [
      {identity: url('suite/suite/.github/workflows/x.yml@refs/tags/v1')},
      byTag,
    ],
    'of a branch': [{ref: 'refs/heads/evil'}, byHand],
    'of a workflow on a branch': [{workflow: url('some/server/.github/workflows/publish.yml@refs/heads/evil')}, byTag],
    'of a branch with the name of the tag': [{ref: 'refs/heads/v2.0.0'}, byTag],
    'of another tag': [{ref: 'refs/tags/v1.0.0'}, byTag],
    'of a pull request': [{ref: 'refs/pull/1/merge'}, byTag],
    'of the tag at another commit': [{commit: other}, byHand],
    'of another issuer': [{issuer: 'https://issuer.example'}, byTag],
    'of a person': [{identity: 'somebody@example.com'}, byTag],
    'of the own repository, not the called workflow': [{identity: signer.workflow ?? ''}, byTag],
  }
  test.each(Object.entries(bad))('%s does not count', (_, [change, run]) => {
    expect(earlierProblems({...signer, ...change}, run, {tag: 'v2.0.0', commit})).not.toEqual([])
  })
})

test('the caller is demanded only when a workflow of another repository signed', () => {
  expect(expectationOf(signer)).toMatchObject({identity: signer.identity, caller: 'some/server'})
  const own = {...signer, identity: signer.workflow ?? ''}
  expect(expectationOf(own)).not.toHaveProperty('caller')
  // A name that only begins the same is another repository.
  expect(expectationOf({...own, repository: 'https://github.com/some/serv'})).toMatchObject({caller: 'some/serv'})
})
