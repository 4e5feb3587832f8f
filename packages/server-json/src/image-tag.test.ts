import {expect, test} from '@jest/globals'
import {stampTag} from './image-tag'
import {stamp} from './index'

// Tags of public images, as https://github.com/docker-library/official-images and publishers of MCP servers spell them.
test.each([
  ['1.0.0', '2.1.0'],
  ['v1.0.0', 'v2.1.0'],
  ['1', '2.1.0'],
  ['v1', 'v2.1.0'],
  ['1.0', '2.1.0'],
  ['1.0.0-alpine', '2.1.0-alpine'],
  ['1.0.0-alpine3.19', '2.1.0-alpine3.19'],
  ['1.0.0-alpine-3.19', '2.1.0-alpine-3.19'],
  ['1.0.0-python3.12-slim', '2.1.0-python3.12-slim'],
  ['1.0.0-slim_amd64', '2.1.0-slim_amd64'],
  ['1.0.0.amd64', '2.1.0.amd64'],
  ['1.0.0-dev', '2.1.0-dev'],
  ['stdio-v1.0.0', 'stdio-v2.1.0'],
  ['server_1.0.0', 'server_2.1.0'],
  ['alpine3.19-1.0.0', 'alpine3.19-2.1.0'],
  ['cuda-12.4-1.0.0', 'cuda-12.4-2.1.0'],
  ['py3.11-v1.0.0-cpu', 'py3.11-v2.1.0-cpu'],
  ['1.0.0-rc.1', '2.1.0'],
  ['v1.0.0-beta.2-alpine', 'v2.1.0-alpine'],
  ['1.0.0-next.4-slim', '2.1.0-slim'],
  ['1.0.0rc1-slim', '2.1.0-slim'],
  ['1.0.0.dev3', '2.1.0'],
  ['2.1.0', '2.1.0'],
  ['v2.1.0-slim', 'v2.1.0-slim'],
  ['2.1.0-rc.1', '2.1.0'],
  ['2.1.0-rc.1-slim', '2.1.0-slim'],
  ['12.1.0-slim', '2.1.0-slim'],
  ['2.1.0.4-slim', '2.1.0-slim'],
  ['latest', '2.1.0'],
  ['latest-alpine', '2.1.0-alpine'],
  ['stdio-latest', 'stdio-2.1.0'],
  ['main', '2.1.0'],
  ['sha-1234567', '2.1.0'],
  ['sha-0a1b2c3', '2.1.0'],
  ['2024-05-01', '2.1.0'],
  ['python3', '2.1.0'],
  ['', '2.1.0'],
])('%s becomes %s', (before, after) => {
  expect(stampTag(before, {version: '2.1.0'})).toBe(after)
})

test.each([
  ['12.4.1-1.0.0', '1.0.0', '12.4.1-2.1.0-rc.2'],
  ['12.4.1-v1.0.0-ubi', 'v1.0.0', '12.4.1-v2.1.0-rc.2-ubi'],
  ['1.0.0-fast.7-slim', '1.0.0-fast.7', '2.1.0-rc.2-slim'],
  ['release1.0.0', '1.0.0', 'release2.1.0-rc.2'],
  ['alpine3.19.1-app1.0.0', '1.0.0', 'alpine3.19.1-app2.1.0-rc.2'],
  ['1.0.0alpine', '1.0.0', '2.1.0-rc.2alpine'],
  ['2.1.0-rc.2-slim', '1.0.0', '2.1.0-rc.2-slim'],
  ['2.1.0-slim', '2.1.0', '2.1.0-rc.2-slim'],
])('%s of version %s becomes %s', (tag, before, after) => {
  expect(stampTag(tag, {version: '2.1.0-rc.2', before})).toBe(after)
})

test('the version that server.json had tells which of two is the one of the server', () => {
  const packages = [{registryType: 'oci', identifier: 'docker.io/acme/x:12.4.1-1.0.0'}]
  const digest = `sha256:${'d'.repeat(64)}`
  expect(
    stamp({version: '1.0.0', packages}, {version: '2.1.0', built: [], pushed: [`acme/x@${digest}`]}).server,
  ).toEqual({
    version: '2.1.0',
    packages: [{registryType: 'oci', identifier: `docker.io/acme/x:12.4.1-2.1.0@${digest}`}],
  })
})
