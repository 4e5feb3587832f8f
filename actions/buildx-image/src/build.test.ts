import {expect, test} from '@jest/globals'
import {buildError} from './build'

// What BuildKit 0.34 prints, shortened.
test.each([
  [
    'ERROR: failed to build: failed to solve: ghcr.io/o/private:1: failed to resolve source metadata for ghcr.io/o/private:1: failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden',
    'The base image is private, or does not exist: log in',
  ],
  [
    'ERROR: failed to solve: o/none:1: failed to resolve source metadata for docker.io/o/none:1: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'The base image is private, or does not exist: log in',
  ],
  [
    'ERROR: failed to solve: alpine:9.99: failed to resolve source metadata for docker.io/library/alpine:9.99: docker.io/library/alpine:9.99: not found',
    'The base image that FROM names is not there',
  ],
  [
    'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/go.mod": not found',
    'is not in the build context',
  ],
  ['exec /bin/sh: exec format error', 'Install emulation before'],
])('the remedy of %s', (stderr, hint) => {
  const error = buildError({exitCode: 1, stdout: '', stderr})
  expect(error.code).toBe('BUILD')
  expect(error.hint).toContain(hint)
})
