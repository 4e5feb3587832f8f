import {expect, test} from '@jest/globals'
import {checkServerJson, currentSchema} from './index'

// The addresses of package registries are for their clients to know; here they are only words of a document.
const address = (...labels: readonly string[]) => `https://${labels.join('.')}`
const minimal = {$schema: currentSchema, name: 'io.github.octo/server', description: 'Does things.', version: '1.0.0'}
const stdio = {type: 'stdio'}
const errors = (document: unknown) =>
  checkServerJson(document)
    .findings.filter(({level}) => level === 'error')
    .map(({text}) => text.replace('server.json: ', ''))

// https://github.com/google/go-containerregistry/tree/main/pkg/name, whose parser the registry uses, and the hosts of
// https://github.com/modelcontextprotocol/registry/blob/main/internal/validators/registries/oci.go.
const sha256 = 'a'.repeat(64)
test.each([
  'ghcr.io/octo/server:1.0.0',
  'ghcr.io/octo/server:V1.0_x-y',
  'octo/server',
  'server',
  'docker.io/octo/server:1',
  'index.docker.io/octo/server',
  'registry-1.docker.io/octo/server',
  'quay.io/octo/server',
  'mcr.microsoft.com/octo/server',
  'us-docker.pkg.dev/project/octo/server:1',
  'octo.azurecr.io/server',
  `ghcr.io/octo/server@sha256:${sha256}`,
  `ghcr.io/octo/server:1.0.0@sha256:${sha256}`,
  `ghcr.io/octo/server@sha512:${'b'.repeat(128)}`,
  `ghcr.io/octo/server:${'x'.repeat(128)}`,
])('the registry takes the image %s', identifier => {
  expect(errors({...minimal, packages: [{registryType: 'oci', identifier, transport: stdio}]})).toEqual([])
})

test.each([
  ['registry.example.com/octo/server:1', 'is an image of registry.example.com; the registry takes only images of docker.io, ghcr.io,'],
  ['gcr.io/octo/server:1', 'is an image of gcr.io'],
  ['public.ecr.aws/octo/server:1', 'is an image of public.ecr.aws'],
  ['localhost:5000/octo/server', 'is an image of localhost:5000'],
  ['ghcr.io:443/octo/server', 'is an image of ghcr.io:443'],
  ['GHCR.io/octo/server', 'is an image of GHCR.io'],
  ['ghcr.io.example.com/octo/server', 'is an image of ghcr.io.example.com'],
  ['user:x@x.pkg.dev/server', 'has the digest'],
  ['ghcr.io/Octo/server:1', 'is not the name of an image; it is made of lower-case letters'],
  ['https://ghcr.io/octo/server:1', 'is a URL; write the image without https://'],
  ['ghcr.io/octo/server:', 'has the tag ""'],
  ['ghcr.io/octo/server:1.0.0+build', 'has the tag "1.0.0+build"'],
  [`ghcr.io/octo/server:${'x'.repeat(129)}`, 'has the tag'],
  ['ghcr.io/octo/server@sha256:abc', 'has the digest "sha256:abc"'],
  [`ghcr.io/octo/server@sha256:${'A'.repeat(64)}`, 'has the digest'],
  [`ghcr.io/octo/server@md5:${'a'.repeat(32)}`, 'has the digest'],
])('it refuses %s', (identifier, says) => {
  const [problem = '', ...more] = errors({...minimal, packages: [{registryType: 'oci', identifier, transport: stdio}]})
  expect(more).toEqual([])
  expect(problem).toMatch(/^packages\[0\]\.identifier: /)
  expect(problem).toContain(says)
}) // prettier-ignore

// https://github.com/modelcontextprotocol/registry/blob/main/pkg/model/constants.go, compared letter by letter.
test.each([
  ['npm', address('registry', 'npmjs', 'org'), true],
  ['npm', `${address('registry', 'npmjs', 'org')}/`, false],
  ['npm', address('REGISTRY', 'npmjs', 'org'), false],
  ['npm', 'https://npm.pkg.github.com', false],
  ['npm', address('pypi', 'org'), false],
  ['pypi', address('pypi', 'org'), true],
  ['pypi', `${address('pypi', 'org')}/simple`, false],
  ['pypi', address('test', 'pypi', 'org'), false],
  ['cargo', address('crates', 'io'), true],
  ['cargo', `${address('crates', 'io')}/`, false],
  ['nuget', `${address('api', 'nuget', 'org')}/v3/index.json`, true],
  ['nuget', address('api', 'nuget', 'org'), false],
])('the base URL of %s may be %s: %s', (registryType, registryBaseUrl, isRight) => {
  const found = errors({
    ...minimal,
    packages: [{registryType, registryBaseUrl, identifier: 'x', version: '1.0.0', transport: stdio}],
  })
  expect(found.length === 0).toBe(isRight)
  for (const each of found)
    expect(each).toMatch(
      /registryBaseUrl: is "https.*; the registry takes only the one address of .* that it knows, so remove/,
    )
})

// https://github.com/modelcontextprotocol/registry/blob/main/internal/validators/registries/mcpb.go
test.each([
  ['https://github.com/octo/mcp/releases/download/v1/x.mcpb', true],
  ['https://GitHub.com/octo/mcp/releases/download/v1/x.mcpb', true],
  ['https://www.github.com/octo/mcp/releases/download/v1/x.mcpb?raw=a/b', true],
  ['https://github.com/octo/mcp/releases/download/v1/x%20y.mcpb', true],
  ['https://gitlab.com/group/sub/mcp/-/releases/v1/downloads/x.mcpb', true],
  ['https://gitlab.com/octo/mcp/-/package_files/7/download', true],
  ['https://github.com/octo/mcp/Releases/download/v1/x.mcpb', false],
  ['https://github.com/octo-/mcp/releases/download/v1/x.mcpb', false],
  ['https://github.com:443/octo/mcp/releases/download/v1/x.mcpb', false],
  ['https://github.com/octo/mcp/releases/download/v1%2F2/x.mcpb', false],
  ['https://github.com/octo/mcp/releases/download/a/b/x.mcpb', false],
  ['http://github.com/octo/mcp/releases/download/v1/x.mcpb', false],
  ['https://gitlab.com/octo/mcp/-/releases/v1/downloads/bin/x.mcpb', false],
])('a bundle may be at %s: %s', (identifier, isRight) => {
  const packages = [{registryType: 'mcpb', identifier, fileSha256: sha256, transport: stdio}]
  expect(errors({...minimal, packages}).length === 0).toBe(isRight)
})

// The registry reads URLs with https://pkg.go.dev/net/url#Parse, which takes what browsers do not, and the other way round.
test.each([
  ['https://example.com/ä', true],
  ['HTTPS://example.com', true],
  ['https://example.com/{page}', true],
  ['https://[::1]:8080/', true],
  ['https://example.com/%zz', false],
  ['https://exa%6Dple.com', false],
  ['https://example.com:port/', false],
  ['https://user^@example.com', false],
  ['https://example.com/\t', false],
  ['http://example.com', false],
  ['//example.com', false],
  ['example.com', false],
])('a website may be at %s: %s', (websiteUrl, isRight) => {
  expect(errors({...minimal, websiteUrl}).length === 0).toBe(isRight)
})

test('a URL that only the registry takes is a warning', () => {
  expect(checkServerJson({...minimal, icons: [{src: 'https://example.com/a b.png'}]})).toMatchObject({
    server: {},
    findings: [
      {
        level: 'warning',
        text: 'server.json: icons[0].src: "https://example.com/a b.png" holds characters that must be percent-encoded in a URL',
      },
    ],
  })
})

// https://github.com/modelcontextprotocol/registry/blob/main/internal/validators/utils.go
test.each([
  ['https://{tenant}.example.com/mcp', true],
  ['https://example.com:{port}/mcp', true],
  ['https://example.com:{port}x/mcp', false],
  ['https://example.com/{other}', false],
  ['{scheme}://example.com/mcp', false],
  ['https://localhost/mcp', false],
  ['https://a.localhost/mcp', false],
  ['https://127.0.0.1/mcp', false],
  ['http://example.com/mcp', false],
])('a remote may be at %s: %s', (url, isRight) => {
  const remotes = [{type: 'streamable-http', url, variables: {tenant: {}, port: {}, scheme: {}}}]
  expect(errors({...minimal, remotes}).length === 0).toBe(isRight)
})

// https://github.com/modelcontextprotocol/registry/blob/main/internal/validators/validators.go: looksLikeVersionRange
test.each([
  ['1.0.0', true],
  ['1.0.0-beta.1', true],
  ['1.0.0-next.1', false],
  ['x', true],
  [' latest', true],
  ['latest', false],
  ['^1.2', false],
  ['>= 1.2.3', false],
  ['1.x', false],
  ['*.1', false],
  ['1.2.*-beta', false],
  ['1 - 2', false],
  ['1.2.3 -2', false],
  ['1||2', false],
  ['\u00851.x', false],
])('a version may be %j: %s', (version, isRight) => {
  expect(errors({...minimal, version}).length === 0).toBe(isRight)
})

test('a pre-release that the registry takes for a range is told why', () => {
  expect(errors({...minimal, version: '2.0.0-next.1'})).toEqual([
    'version: "2.0.0-next.1" is taken for a range by the registry, because of the x in it; call the pre-release something else, such as beta',
  ])
})

test.each([
  ['https://static.modelcontextprotocol.io/schemas/2025-07-09/server.schema.json', 'warning'],
  ['https://example.org/schemas/2025-12-11/server.schema.json', 'warning'],
  ['https://static.modelcontextprotocol.io/schemas/draft/server.schema.json', 'error'],
  ['https://static.modelcontextprotocol.io/schemas/2025-12-11/schema.json', 'error'],
])('the schema %s is a finding of the level %s', ($schema, level) => {
  expect(checkServerJson({...minimal, $schema}).findings).toMatchObject([{level}])
})

// Measured as Go writes JSON: < > & are six bytes each.
test.each([
  ['x'.repeat(4088), true],
  ['x'.repeat(4089), false],
  ['<'.repeat(681), true],
  ['<'.repeat(682), false],
  ['é'.repeat(2044), true],
])('data of the publisher have at most 4096 bytes', (note, isRight) => {
  const document = {...minimal, _meta: {'io.modelcontextprotocol.registry/publisher-provided': {a: note}}}
  expect(errors(document).length === 0).toBe(isRight)
})
