import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {currentSchema, differences, ownerCaseProblem, readServerJson} from './index'

const minimal = {$schema: currentSchema, name: 'io.github.octo/server', description: 'Does things.', version: '1.0.0'}
const told = (document: unknown) =>
  readServerJson(JSON.stringify(document)).findings.map(({level, text}) => `${level}: ${text}`)

test('all problems are told at once, each with its place, its value and the remedy', () => {
  const document = {
    ...minimal,
    $schema: 'https://example.com/schemas/2030-01-01/server.schema.json',
    name: 'server',
    description: 'é'.repeat(101),
    version: '^1.0.0',
    title: 7,
    packages: [{registryType: 'oci', identifier: 'a b', version: '1.0.0', transport: {type: 'pipe'}}, {}],
    remotes: {},
  }
  expect(told(document)).toEqual([
    `error: server.json: $schema: "https://example.com/schemas/2030-01-01/server.schema.json" is unknown; write "${currentSchema}"`,
    'error: server.json: name: is not a name such as io.github.owner/server, with one slash',
    'error: server.json: title: is the number 7; the registry takes only texts: write "7"',
    'error: server.json: description: has 101 characters, at most 100 are allowed; shorten it',
    'error: server.json: version: "^1.0.0" is a range; write one version',
    'error: server.json: packages[0].transport.type: "pipe" is not a type that is allowed here',
    'error: server.json: packages[1].registryType: is missing',
    'error: server.json: packages[1].identifier: is missing',
    'error: server.json: packages[1].transport: is missing',
    'error: server.json: remotes: is an object, not a list',
  ])
})

test('what the registry does not know is refused, never dropped, and an older schema is told', () => {
  const older = currentSchema.replace('2025-12-11', '2025-10-17')
  const {server, findings} = readServerJson(JSON.stringify({...minimal, $schema: older, status: 'active'}))
  expect(server).toBeUndefined()
  expect(findings).toEqual([
    {
      level: 'warning',
      text: `server.json: $schema: 2025-10-17 is an older schema; it was checked against ${currentSchema}, write that`,
    },
    {
      level: 'error',
      text: 'server.json: status: the registry knows no such member and refuses the document; remove it, or keep data of your own in _meta, below "io.modelcontextprotocol.registry/publisher-provided"',
    },
  ])
})

test('a text that is not valid JSON or no object is an error, not a crash', () => {
  expect(readServerJson('{').findings[0]?.text).toMatch(/^server\.json: is not valid JSON/)
  for (const value of [null, 1, 'x', [], {packages: [null], _meta: 3}]) expect(told(value).length).toBeGreaterThan(0)
})

test.each([
  ['npm', {fileSha256: 'a'.repeat(64), version: '1.0.0'}, ['fileSha256: is for mcpb packages only; remove it']],
  ['pypi', {}, ['version: is missing']],
  ['mcpb', {identifier: 'http://example.com/x.zip'}, [
    'fileSha256: is missing; it is the sha256 of the .mcpb file',
    'identifier: "http://example.com/x.zip" is not a release asset of GitHub or GitLab over https',
    'identifier: must contain "mcp" somewhere',
  ]],
  ['oci', {version: '1.0.0'}, ['version: an image has none; name it as registry/owner/image:version in identifier and remove this']],
  ['gem', {}, ['registryType: "gem" is none of npm, pypi, cargo, nuget, oci, mcpb']],
])('the registry asks of a package of the kind %s', (registryType, changes, expected) => {
  const packages = [{registryType, identifier: 'x', transport: {type: 'stdio'}, ...changes}]
  expect(told({...minimal, packages})).toEqual(expected.map(each => `error: server.json: packages[0].${each}`))
}) // prettier-ignore

test.each(['go', 'python', 'rust', 'typescript'])('the example %s has a server.json without a fault', example => {
  const text = readFileSync(new URL(`../../../examples/${example}/server.json`, import.meta.url), 'utf8')
  expect(readServerJson(text).findings).toEqual([])
})

test('documents are equal when only what the registry never stores differs', () => {
  const one = {...minimal, packages: [{environmentVariables: [{name: 'A', isSecret: false, choices: []}]}]}
  expect(differences({...minimal, packages: [{environmentVariables: [{name: 'A'}]}]}, one)).toEqual([])
  expect(differences(minimal, {...one, version: '1.0.1'})).toEqual([
    'version: published "1.0.0", here "1.0.1"',
    'packages: published nothing, here [{"environmentVariables":[{"name":"A","isSecret":false,"choices":[]}]}]',
  ])
})

test('an owner in other letters is corrected, another namespace is left alone', () => {
  expect(ownerCaseProblem('io.github.octo/server', 'Octo')).toContain('must be spelled "io.github.Octo/server"')
  expect(ownerCaseProblem('io.github.octo/server', 'octo')).toBeUndefined()
  expect(ownerCaseProblem('com.example/server', 'Octo')).toBeUndefined()
})

test.each([
  ['package_arguments', 'packageArguments'],
  ['enviromentVariables', 'environmentVariables'],
  ['runtime_hint', 'runtimeHint'],
])('%s is told with the member that it means, not with _meta', (given, meant) => {
  const packages = [
    {registryType: 'npm', identifier: 'demo', version: '1.0.0', transport: {type: 'stdio'}, [given]: 'x'},
  ]
  expect(told({...minimal, packages})).toEqual([
    `error: server.json: packages[0].${given}: the registry knows no such member and refuses the document; did you mean "${meant}"?`,
  ])
})
