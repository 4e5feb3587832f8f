import {expect, test} from '@jest/globals'
import {fillPlaceholders} from './placeholders'
import {stamp} from './stamp'

// The forms that server.json files of published servers have, for tools such as envsubst, sed, jq and goreleaser.
test.each([
  '${VERSION}',
  '$VERSION',
  '{{VERSION}}',
  '{{ version }}',
  '{{ .Version }}',
  '${{ VERSION }}',
  '__VERSION__',
  '%VERSION%',
  '<VERSION>',
  '@VERSION@',
  '{VERSION}',
  '${PACKAGE_VERSION}',
])('%s is the version, at the top and in identifiers', placeholder => {
  const server = {
    version: placeholder,
    packages: [
      {registryType: 'oci', identifier: `ghcr.io/acme/x:v${placeholder}-alpine`},
      {registryType: 'mcpb', identifier: `https://example.org/download/v${placeholder}/x-${placeholder}.mcpb`},
      {registryType: 'npm', identifier: 'x', version: placeholder, packageArguments: [{value: '{VERSION}'}]},
    ],
  }
  expect(fillPlaceholders(server, {version: '1.2.3', tag: 'v1.2.3'})).toEqual({
    version: '1.2.3',
    packages: [
      {registryType: 'oci', identifier: 'ghcr.io/acme/x:v1.2.3-alpine'},
      {registryType: 'mcpb', identifier: 'https://example.org/download/v1.2.3/x-1.2.3.mcpb'},
      {registryType: 'npm', identifier: 'x', version: '1.2.3', packageArguments: [{value: '{VERSION}'}]},
    ],
  })
})

test.each(['${HOME}', '{port}', '$VERSIONS', '__name__', '<your-version-here>'])('%s stays', text => {
  expect(fillPlaceholders({packages: [{identifier: text}]}, {version: '1.0.0', tag: 'v1.0.0'})).toEqual({
    packages: [{identifier: text}],
  })
})

test.each(['${VERSION}', '$VERSION', '{{VERSION}}', '{{ .Version }}', '__VERSION__', '{VERSION}'])(
  '%s is the version in every URL',
  placeholder => {
    const server = (version: string) => ({
      version,
      websiteUrl: `https://example.org/v${version}/`,
      icons: [{src: `https://example.org/${version}.png`}],
      remotes: [
        {type: 'streamable-http', url: `https://example.org/v${version}/mcp`},
        {type: 'sse', url: `https://{host}.example.org/${version}/sse`, variables: {host: {}}},
      ],
      packages: [
        {
          registryType: 'mcpb',
          identifier: `https://example.org/x-${version}.mcpb`,
          fileSha256: `sha of ${version}`,
          transport: {type: 'streamable-http', url: `http://localhost:8080/v${version}/mcp`},
        },
        {registryType: 'npm', identifier: 'x', transport: {type: 'stdio'}},
      ],
    })
    expect(fillPlaceholders(server(placeholder), {version: '1.2.3', tag: 'v1.2.3'})).toEqual(server('1.2.3'))
  },
)

// https://github.com/modelcontextprotocol/registry/blob/main/docs/reference/server-json/generic-server-json.md: clients fill in
// what a remote declares as a variable, and the transport of a package what its arguments and settings are called.
test('a variable that is called like a placeholder is kept, and one that nobody declared is left to be told of', () => {
  const server = {
    remotes: [
      {type: 'sse', url: 'https://example.org/{VERSION}/sse', variables: {VERSION: {description: 'of the API'}}},
      {type: 'sse', url: 'https://example.org/{version}/sse'},
    ],
    packages: [
      {
        identifier: 'x',
        transport: {type: 'sse', url: 'http://localhost/{API_VERSION}/{TAG}/{MY_TAG}'},
        environmentVariables: [{name: 'API_VERSION'}],
        packageArguments: [
          {type: 'positional', valueHint: 'TAG'},
          {name: '--x', variables: {MY_TAG: {}}},
        ],
      },
    ],
  }
  expect(fillPlaceholders(server, {version: '1.2.3', tag: 'v1.2.3'})).toEqual(server)
})

test.each([
  ['1.0.0', '2.1.0'],
  ['v1.0.0', 'v2.1.0'],
  ['v1.0.0-alpine', 'v2.1.0-alpine'],
  ['1.0.0-rc.1-slim', '2.1.0-slim'],
  ['stdio-1.0.0', 'stdio-2.1.0'],
  ['server-v1.0', 'server-v2.1.0'],
  ['${VERSION}-distroless', '2.1.0-distroless'],
  ['latest', '2.1.0'],
])('the tag %s of an image becomes %s', (before, after) => {
  const image = {
    type: 'oci' as const,
    name: 'x',
    file: 'x.oci.tar',
    sha256: '0'.repeat(64),
    proof: {in: 'nothing' as const},
  }
  const server = {version: '0.0.1', packages: [{registryType: 'oci', identifier: `ghcr.io/acme/x:${before}`}]}
  expect(stamp(server, {version: '2.1.0', built: [image], pushed: []}).server).toEqual({
    version: '2.1.0',
    packages: [{registryType: 'oci', identifier: `ghcr.io/acme/x:${after}`}],
  })
})
