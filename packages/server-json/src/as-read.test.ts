import {expect, test} from '@jest/globals'
import {checkServerJson, currentSchema, readServerJson} from './index'

// Published documents are read by Go's encoding/json behind a check for unexpected properties
// (https://github.com/modelcontextprotocol/registry/blob/main/internal/api/handlers/v0/publish.go): names without regard to
// case, null as absent, everything else refused. What publishing answered for each was recorded with registry v1.8.8.

const minimal = {$schema: currentSchema, name: 'io.github.octo/server', description: 'Does things.', version: '1.0.0'}
const npm = {registryType: 'npm', identifier: 'demo', version: '1.0.0', transport: {type: 'stdio'}}
const withPackage = (changes: object) => ({...minimal, packages: [{...npm, ...changes}]})
const withKey = (changes: object) => withPackage({environmentVariables: [{name: 'KEY', ...changes}]})

test.each([
  ['packages[0].environmentVariables[0].isSecrt', withKey({isSecrt: true}), '"isSecret"'],
  ['packages[0].environmentVariables[0].is_secret', withKey({is_secret: true}), '"isSecret"'],
  ['packages[0].environmentVariables[0].secret', withKey({secret: true}), '_meta'],
  ['packages[0].transport.header', withPackage({transport: {type: 'stdio', header: []}}), '"headers"'],
  ['packages[0].packageArguments[0].valuehints', withPackage({packageArguments: [{type: 'positional', value: 'a', valuehints: 'b'}]}), '"valueHint"'],
  ['remotes[0].variables.key.isSecrt', {...minimal, remotes: [{type: 'sse', url: 'https://example.com', variables: {key: {isSecrt: true}}}]}, '"isSecret"'],
  ['icons[0].mimetypes', {...minimal, icons: [{src: 'https://example.com/a.png', mimetypes: 'image/png'}]}, '"mimeType"'],
  ['repository.owner', {...minimal, repository: {url: 'https://github.com/a/b', source: 'github', owner: 'a'}}, '_meta'],
  ['_meta.build', {...minimal, _meta: {build: 7}}, '_meta'],
])('%s is refused, because left out it would publish something else', (path, document, remedy) => {
  const {server, findings} = checkServerJson(document)
  expect(server).toBeUndefined()
  expect(findings).toHaveLength(1)
  expect(findings[0]?.level).toBe('error')
  expect(findings[0]?.text).toContain(path.replace('_meta.build', '_meta.build: the registry knows no such member'))
  expect(findings[0]?.text).toContain(remedy)
}) // prettier-ignore

test('members of one kind of argument or transport are kept in another, as the registry keeps them', () => {
  const document = withPackage({
    transport: {type: 'stdio', headers: [{name: 'A', isSecret: true}], variables: {a: {isSecret: true}}},
    packageArguments: [
      {type: 'positional', value: '', name: 'file'},
      {type: 'named', name: '--port', valueHint: 'number'},
    ],
  })
  expect(checkServerJson(document)).toEqual({server: document, findings: []})
})

test('names in other letters and null are what the registry reads them as, with a warning', () => {
  const {server, findings} = checkServerJson({
    ...minimal,
    Title: 'T',
    websiteUrl: null,
    packages: [{...npm, environmentVariables: [{NAME: 'KEY', issecret: true, default: null}]}],
    _meta: {'io.modelcontextprotocol.registry/publisher-provided': {Kept: null}},
  })
  expect(server).toEqual({
    ...minimal,
    title: 'T',
    packages: [{...npm, environmentVariables: [{name: 'KEY', isSecret: true}]}],
    _meta: {'io.modelcontextprotocol.registry/publisher-provided': {Kept: null}},
  })
  expect(findings.map(({level, text}) => `${level}: ${text}`)).toEqual([
    'warning: server.json: Title: is read as "title"; write that',
    'warning: server.json: websiteUrl: is null, which the registry reads as absent; remove it',
    'warning: server.json: packages[0].environmentVariables[0].NAME: is read as "name"; write that',
    'warning: server.json: packages[0].environmentVariables[0].issecret: is read as "isSecret"; write that',
    'warning: server.json: packages[0].environmentVariables[0].default: is null, which the registry reads as absent; remove it',
  ])
})

test('two spellings of one name are an error: which of them counts depends on their order', () => {
  const {server, findings} = checkServerJson(withKey({isSecret: true, IsSecret: false}))
  expect(server).toBeUndefined()
  expect(findings.map(({text}) => text)).toContain(
    'server.json: packages[0].environmentVariables[0].isSecret: is there more than once, as "isSecret" and "IsSecret"; leave one, "isSecret"',
  )
})

// https://www.rfc-editor.org/rfc/rfc8259#section-4: what becomes of such members is for each reader to decide.
test('a member that is there twice is an error: JSON.parse would drop the first', () => {
  const text = JSON.stringify(withKey({isSecret: true, value: 'a "b": {c}, "d": 1'}))
  expect(readServerJson(text).findings).toEqual([])
  const twice = text
    .replace('"isSecret":true', '"isSecret":true,"is\\u0053ecret":false')
    .replace('{', '{"version":"0",')
  const {server, findings} = readServerJson(twice)
  expect(server).toBeUndefined()
  expect(findings.map(each => each.text)).toEqual([
    'server.json: version: is there more than once; leave one',
    'server.json: packages[0].environmentVariables[0].isSecret: is there more than once; leave one',
  ])
})

test('members that are called like those of every object are no trap', () => {
  const remote = (name: string, url: string) => ({
    ...minimal,
    remotes: [{type: 'sse', url, variables: JSON.parse(`{"${name}": {"isSecret": true}}`) as object}],
  })
  expect(checkServerJson(remote('constructor', 'https://example.com/{constructor}')).findings).toEqual([])
  expect(checkServerJson(remote('__proto__', 'https://example.com')).findings).toEqual([
    {
      level: 'error',
      text: 'server.json: remotes[0].variables.__proto__: is a name that clients in JavaScript lose; choose another',
    },
  ])
  for (const name of ['constructor', 'toString', '__proto__'])
    expect(
      checkServerJson(JSON.parse(`${JSON.stringify(minimal).slice(0, -1)}, "${name}": {}}`)).findings,
    ).toMatchObject([
      {
        level: 'error',
        text: expect.stringContaining(`server.json: ${name}: the registry knows no such member`) as unknown,
      },
    ])
})

test('a document that is nested without end is refused, not a crash', () => {
  const deep = JSON.parse(`${'{"a":['.repeat(50_000)}${']}'.repeat(50_000)}`) as object
  for (const document of [deep, {...minimal, _meta: {'io.modelcontextprotocol.registry/publisher-provided': deep}}])
    expect(checkServerJson(document).findings).toEqual([
      {
        level: 'error',
        text: 'server.json: (root): is nested more than 500 levels deep, which no reader of server.json expects',
      },
    ])
})

// The registry's client refuses the first (cmd/publisher/commands/unicode.go), its database the second
// (https://www.postgresql.org/docs/current/datatype-json.html).
test.each([
  ['half \uD83D', 'holds half of a surrogate pair, which is no character; remove it'],
  ['zero \0', 'holds the character U+0000, which cannot be stored; remove it'],
])('a description with %j is refused', (description, says) => {
  const {findings} = checkServerJson({...minimal, description})
  expect(findings).toEqual([{level: 'error', text: `server.json: description: ${says}`}])
})

test('the registry takes no request of a mebibyte', () => {
  const document = (bytes: number) => withKey({value: 'x'.repeat(bytes)})
  const spare = 1024 * 1024 - 1 - JSON.stringify(document(0)).length
  expect(checkServerJson(document(spare)).findings).toEqual([])
  expect(checkServerJson(document(spare + 1)).findings).toEqual([
    {level: 'error', text: 'server.json: (root): has 1048576 bytes, at most 1048575 are allowed'},
  ])
})
