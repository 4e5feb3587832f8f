import {expect, test} from '@jest/globals'
import {childEnvironment} from './environment'

test('a started program gets no inputs, runner tokens or credentials, except those given by name', () => {
  const env = {
    PATH: '/bin',
    HOME: '/home/x',
    GITHUB_SHA: 'abc',
    PIP_INDEX_URL: 'https://mirror.example/simple',
    INPUT_TOKEN: 's',
    GITHUB_TOKEN: 's',
    GH_TOKEN: 's',
    NODE_AUTH_TOKEN: 's',
    ACTIONS_ID_TOKEN_REQUEST_URL: 's',
    ACTIONS_RUNTIME_TOKEN: 's',
    AWS_SECRET_ACCESS_KEY: 's',
    COSIGN_PASSWORD: 's',
    COSIGN_PRIVATE_KEY: 's',
    GITHUB_OUTPUT: '/out',
    UNSET: undefined,
  }
  expect(childEnvironment(env, {COSIGN_PASSWORD: 'given'})).toEqual({
    PATH: '/bin',
    HOME: '/home/x',
    GITHUB_SHA: 'abc',
    PIP_INDEX_URL: 'https://mirror.example/simple',
    COSIGN_PASSWORD: 'given',
  })
})
