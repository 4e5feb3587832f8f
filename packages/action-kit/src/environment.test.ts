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

// Names of the kind that a list of known secret names does not know.
test.each([
  'DATABASE_URL',
  'SENTRY_DSN',
  'MY_PAT',
  'DEPLOY_HOOK',
  'SLACK_WEBHOOK',
  'ENCRYPTION_SALT',
  'KUBECONFIG_DATA',
  'SSH_AUTH_SOCK',
  'GIT_ASKPASS',
  'GIT_CONFIG_VALUE_0',
  'AWS_ACCESS_KEY_ID',
  'AWS_SESSION',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
  'MONGO_CONNECTION_STRING',
  'CARGO_REGISTRY_TOKEN',
  'NPM_CONFIG__AUTH',
  'npm_config_//registry.example/:_authToken',
  'TWINE_USERNAME',
  'UV_PUBLISH_PASSWORD',
  'POETRY_PYPI_TOKEN_PYPI',
  'HATCH_INDEX_AUTH',
  'DOCKER_PASSWORD',
  'ACTIONS_CACHE_URL',
  'PGPASSFILE',
  'BW_SESSION',
  'MCP_RELEASE_PASS',
])('a started program does not get %s', name => {
  expect(childEnvironment({[name]: 'value'})).toEqual({})
})

test.each([
  'GOPROXY',
  'GOFLAGS',
  'CARGO_HOME',
  'RUSTFLAGS',
  'CGO_ENABLED',
  'npm_config_registry',
  'NODE_OPTIONS',
  'PIP_INDEX_URL',
  'UV_DEFAULT_INDEX',
  'https_proxy',
  'DOCKER_HOST',
  'REGISTRY_AUTH_FILE',
  'BUILDX_BUILDER',
  'SOURCE_DATE_EPOCH',
  'SystemRoot',
  'PYENV_VERSION',
])('a started program gets %s, a setting of its tool', name => {
  expect(childEnvironment({[name]: 'value'})).toEqual({[name]: 'value'})
})

test('a user passes further variables by name', () => {
  const env = {MCP_RELEASE_PASS: 'LICENSE_SERVER, DATABASE_URL', LICENSE_SERVER: 'a', DATABASE_URL: 'b', OTHER: 'c'}
  expect(childEnvironment(env)).toEqual({LICENSE_SERVER: 'a', DATABASE_URL: 'b'})
})
