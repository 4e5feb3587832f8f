import {expect, test} from '@jest/globals'
import {serverNameFor} from './server-name'

const identity = {registryType: 'npm', is: (identifier: string) => identifier === '@scope/tools'}
const name = 'io.github.owner/tools'

test.each([
  ['lists the package', {name, packages: [{registryType: 'npm', identifier: '@scope/tools'}]}, name],
  ['lists another package', {name, packages: [{registryType: 'npm', identifier: 'other'}]}, undefined],
  ['lists another type', {name, packages: [{registryType: 'pypi', identifier: '@scope/tools'}]}, undefined],
  ['lists nothing yet', {name}, name],
  ['is for a remote server', {name, remotes: [{type: 'sse'}]}, undefined],
  ['has no name', {packages: []}, undefined],
])('a server.json that %s', (_, server, expected) => {
  expect(serverNameFor(JSON.stringify(server), identity)).toBe(expected)
})

test('a text that is no JSON asks nothing', () => {
  expect(serverNameFor('{', identity)).toBeUndefined()
})
