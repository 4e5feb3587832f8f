import {expect, test} from '@jest/globals'
import {parseReference} from './reference'

test.each([
  ['ghcr.io/owner/server:1.0.0', 'ghcr.io/owner/server', '1.0.0'],
  ['localhost:5000/a/b_c:latest', 'localhost:5000/a/b_c', 'latest'],
  ['127.0.0.1:5000/server:v1', '127.0.0.1:5000/server', 'v1'],
  ['owner/server:1', 'owner/server', '1'],
  ['server:1', 'server', '1'],
])('%s is a reference', (text, repository, tag) => {
  expect(parseReference(text)).toEqual({repository, tag})
})

test.each([
  ['ghcr.io/owner/server', 'has no tag; add one, such as :1.0.0'],
  ['localhost:5000/server', 'has no tag; add one, such as :1.0.0'],
  ['ghcr.io/Owner/Server:1', 'has upper case letters; registries want ghcr.io/owner/server:1'],
  ['a:1@sha256:00', 'has a digest, which is only known after the build'],
  ['a:1+build', 'has the tag "1+build", which is none (letters, digits and _ . - only)'],
  ['ghcr.io//a:1', 'is not a name of an image'],
  ['--output:1', 'is not a name of an image'],
  ['.x/a:1', 'begins with no name of a registry'],
])('%s is none', (text, problem) => {
  expect(parseReference(text)).toBe(problem)
})
