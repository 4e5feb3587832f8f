import {expect, test} from '@jest/globals'
import {expectationOf, identityProblems} from './identity'

const signer = {
  identity: 'https://github.com/suite/suite/.github/workflows/release.yml@refs/tags/v1',
  issuer: 'https://token.actions.githubusercontent.com',
  repository: 'https://github.com/some/server',
  commit: 'a'.repeat(40),
  workflow: 'https://github.com/some/server/.github/workflows/publish.yml@refs/tags/v2',
}

test.each([
  [{}, 0],
  [{GITHUB_WORKFLOW_REF: 'some/server/.github/workflows/publish.yml@refs/tags/v2'}, 0],
  [{GITHUB_WORKFLOW_REF: 'some/server/.github/workflows/publish.yml@refs/heads/main'}, 1],
  [{GITHUB_REPOSITORY: 'some/server', GITHUB_SHA: 'a'.repeat(40)}, 0],
  [{GITHUB_REPOSITORY: 'fork/server', GITHUB_SHA: 'b'.repeat(40)}, 2],
  [{GITHUB_REPOSITORY: 'some/server', GITHUB_SERVER_URL: 'https://github.example'}, 1],
])('in a run with %j a certificate has %d problems', (env, count) => {
  expect(identityProblems(signer, env)).toHaveLength(count)
})

test('the caller is demanded only when a workflow of another repository signed', () => {
  expect(expectationOf(signer)).toMatchObject({identity: signer.identity, caller: 'some/server'})
  const own = {...signer, identity: signer.workflow}
  expect(expectationOf(own)).not.toHaveProperty('caller')
  // A name that only begins the same is another repository.
  expect(expectationOf({...own, repository: 'https://github.com/some/serv'})).toMatchObject({caller: 'some/serv'})
})
