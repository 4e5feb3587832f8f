import {expect, test} from '@jest/globals'
import {type ReleaseTag, parseTag, platforms} from '@mcp-release/release-model'
import {type Facts, plan} from './plan'

// The addresses of package registries are for their clients to know; here they are only words of a document.
const address = (...labels: readonly string[]) => `https://${labels.join('.')}`

const planned = (texts: Record<string, string>, root = '.') => {
  const facts: Facts = {
    tree: {files: Object.keys(texts).sort(), texts},
    root,
    folder: 'server',
    repository: 'octo/server',
    sourceDate: 0,
  }
  return plan(facts, {
    tag: parseTag('v1.2.0') as ReleaseTag,
    targets: platforms,
    imagePlatforms: ['linux/amd64'],
    image: 'auto',
    bundles: 'never',
    compatibility: false,
    toolchains: ['python', 'node', 'go', 'rust', 'buildx'],
    settings: {},
  })
}
const python =
  '[project]\nname = "my-server"\nversion = "1.2.0"\nlicense = "MIT"\nreadme = {text = "mcp-name: io.github.octo/server", content-type = "text/markdown"}\n[project.scripts]\nmy-server = "a:b"\n'
const pypi = {registryType: 'pypi', identifier: 'my-server', version: '1.0.0', transport: {type: 'stdio'}}
const serverJson = (changes: object = {}) =>
  JSON.stringify({
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: 'io.github.octo/server',
    description: 'A server.',
    version: '1.2.0',
    packages: [pypi],
    ...changes,
  })

test('what the registry refuses stops the plan, before anything is built', () => {
  const secret = {
    ...pypi,
    environmentVariables: [{name: 'KEY', isSecrt: true}],
    registryBaseUrl: `${address('pypi', 'org')}/`,
  }
  const error = (texts: Record<string, string>) => {
    try {
      return JSON.stringify(planned(texts))
    } catch (thrown) {
      return (thrown as Error).message
    }
  }
  expect(error({'pyproject.toml': python, 'server.json': serverJson({packages: [secret]})})).toBe(
    [
      `- server.json: packages[0].registryBaseUrl: is "${address('pypi', 'org')}/"; the registry takes only the one address of pypi that it knows, so remove it`,
      '- server.json: packages[0].environmentVariables[0].isSecrt: the registry knows no such member and refuses the document; did you mean "isSecret"?',
    ].join('\n'),
  )
})

test('a server.json beside a package of a larger repository is told, not overlooked', () => {
  const texts = {'packages/a/pyproject.toml': python, 'packages/a/server.json': serverJson()}
  for (const root of ['.', 'python']) {
    const {findings, artifacts} = planned(texts, root)
    const folder = root === '.' ? 'packages/a' : 'python/packages/a'
    expect(artifacts.map(({name}) => name)).not.toContain('server.json')
    expect(findings).toContainEqual({
      level: 'warning',
      subject: `${folder}/server.json`,
      text: 'it is not in the folder that is released, so it is neither checked nor registered',
      hint: `Release with working-directory: ${folder}, or give it to mcp-publish as server-json.`,
    })
  }
  const both = planned({...texts, 'server.json': serverJson()})
  expect(both.findings.map(({subject}) => subject)).not.toContain('packages/a/server.json')
  expect(both.artifacts.map(({name}) => name)).toContain('server.json')
})

test('a file of that name that belongs to another tool is left alone', () => {
  const {findings, artifacts} = planned({'pyproject.toml': python, 'server.json': '{"transactions": [{"id": 1}]}'})
  expect(artifacts.map(({name}) => name)).not.toContain('server.json')
  expect(findings).toContainEqual({
    level: 'notice',
    subject: 'server.json',
    text: 'it has nothing of a description for the MCP Registry, so it is left alone',
  })
  expect(() => planned({'pyproject.toml': python, 'server.json': '{}'})).toThrow('server.json: name: is missing')
})

// https://doc.rust-lang.org/cargo/reference/cargo-targets.html#the-name-field
test('a program that is not called like its crate is known by the crate where its registry, tag and settings mean it', () => {
  const texts = {
    'Cargo.toml':
      '[package]\nname = "acme-notes"\nversion = "1.2.0"\nlicense = "MIT"\n[[bin]]\nname = "anotes"\npath = "src/main.rs"\n',
    'Cargo.lock': 'version = 4\n',
    'src/main.rs': '',
    'README.md': '',
    'server.json': serverJson({
      packages: [
        {
          ...{registryType: 'cargo', identifier: 'acme-notes', version: '1.2.0', transport: {type: 'stdio'}},
          packageArguments: [{type: 'positional', value: 'stdio'}],
        },
      ],
    }),
  }
  const {packages, artifacts} = planned(texts)
  expect(packages).toMatchObject([
    {
      ...{name: 'anotes', crate: 'acme-notes', purl: 'pkg:cargo/acme-notes@1.2.0', roleReason: 'server.json lists it'},
      start: {args: [{value: 'stdio'}], source: 'server.json, packages[0]'},
    },
  ])
  expect(artifacts.map(({name}) => name)).toContain('anotes_1.2.0_linux_amd64.tar.gz')
})

test('an image in a folder of its own carries the name that the registry asks of it', () => {
  const image = {registryType: 'oci', identifier: 'ghcr.io/octo/server:1.2.0', transport: {type: 'stdio'}}
  const texts = {
    'go.mod': 'module example.com/octo/server\n',
    'main.go': 'package main\nfunc main() {}\n',
    'docker/Dockerfile': 'FROM scratch\nCOPY main.go /\n',
    'server.json': serverJson({packages: [image]}),
  }
  const job = planned(texts).jobs.find(({action}) => action === 'buildx-image')
  expect(job?.inputs).toMatchObject({
    'working-directory': 'docker',
    labels: 'io.modelcontextprotocol.server.name=io.github.octo/server',
  })
})
