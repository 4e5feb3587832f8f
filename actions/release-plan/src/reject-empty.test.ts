import {expect, test} from '@jest/globals'
import {parse} from 'smol-toml'
import {plan} from './plan'

/** What is said of a repository in which nothing is to be released. */
function told(texts: Readonly<Record<string, string>>): string {
  const files = Object.keys(texts).sort()
  const facts = {tree: {files, listed: files, texts}, root: '.', folder: 'weather', sourceDate: 0}
  const settings = {
    targets: [],
    imagePlatforms: [],
    image: 'auto',
    bundles: 'auto',
    compatibility: false,
    toolchains: [],
    settings: {},
  } as const
  try {
    plan(facts, settings)
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('something is released')
}

/** The lines that a remedy shows to be written. */
function shown(message: string): string {
  return [...message.matchAll(/^ {6}(.*)$|^$/gm)].map(([, line = '']) => line).join('\n')
}

test('a program that has only a requirements.txt is told the pyproject.toml that makes a package of it', () => {
  const requirements =
    'mcp[cli]>=1.2 # the SDK\n-r dev.txt\nhttpx==0.27.0 --hash=sha256:aa \\\n  --hash=sha256:bb\ngit+https://example.org/x\n' +
    'pandas ; python_version < "3.12"\n'
  const message = told({'requirements.txt': requirements, 'server.py': '', 'util.py': '', 'test_util.py': ''})
  expect(message).toContain('- requirements.txt: it lists what a Python program needs, and makes no package of it')
  expect(message).toContain('Write pyproject.toml, where main() of server starts the server:')
  expect(parse(shown(message))).toEqual({
    'build-system': {requires: ['setuptools>=77'], 'build-backend': 'setuptools.build_meta'},
    project: {
      name: 'weather',
      version: '0.1.0',
      'requires-python': '>=3.10',
      dependencies: ['mcp[cli]>=1.2', 'httpx==0.27.0', 'pandas ; python_version < "3.12"'],
      scripts: {weather: 'server:main'},
    },
    tool: {setuptools: {'py-modules': ['server', 'util']}},
  })
})

test('a pyproject.toml that only configures tools is told what to add, with the modules that are there', () => {
  const texts = {'pyproject.toml': '[tool.ruff]\n', 'src/weather/__init__.py': '', 'src/weather/server.py': ''}
  const message = told({...texts, 'environment.yml': ''})
  expect(message).toContain('Add to pyproject.toml, where main() of weather.server starts the server:')
  expect(message.match(/^- /gm)).toHaveLength(1)
  expect(parse(shown(message))).toMatchObject({
    project: {scripts: {weather: 'weather.server:main'}},
    tool: {setuptools: {packages: {find: {where: ['src']}}}},
  })
})

test('a project of Deno is told which npm package can be made of it', () => {
  const message = told({'deno.json': '{"name": "@octo/rain", "exports": "./main.ts"}', 'main.ts': ''})
  expect(message).toContain('- deno.json: it is a project of Deno or JSR')
  expect(JSON.parse(shown(message))).toMatchObject({
    name: '@octo/rain',
    bin: {rain: 'dist/server.js'},
    scripts: {build: expect.stringContaining('esbuild main.ts --bundle --platform=node')},
  })
})

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  [
    'a setup.py whose name is computed',
    {'setup.py': 'from setuptools import setup\nsetup(name=NAME)'},
    ['name="my-server"'],
  ],
  ['.NET', {'A.sln': '', 'src/A/A.csproj': ''}, ['A.sln: it is a project in .NET', 'Containerfile']],
  ['Java', {'pom.xml': ''}, ['pom.xml: it is a project in Java', 'Containerfile']],
  ['Ruby', {Gemfile: ''}, ['Gemfile: it is a project in Ruby', 'Containerfile']],
  ['a Makefile', {Makefile: '', 'server.c': ''}, ['Makefile: it says how to build something', 'Containerfile']],
  ['JSR', {'jsr.json': '{}'}, ['jsr.json: it is a project of Deno or JSR']],
  [
    'a Rust library',
    {'Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\n'},
    ['no binary', 'src/main.rs, or a [[bin]]'],
  ],
  ['a Go library', {'go.mod': 'module example.com/x\n', 'x.go': 'package x\n'}, ['cmd/NAME/main.go']],
  ['a package.json without a version', {'package.json': '{"name": "x"}'}, ['it has no version', '"version" and "bin"']],
  [
    'one that is not to be installed',
    {'pyproject.toml': '[project]\nname = "x"\nversion = "1"\n[tool.uv]\npackage = false\n', 'requirements.txt': 'mcp'},
    ['package = false', 'take that out'],
  ],
  ['no files', {}, ['the folder is empty', 'actions/checkout']],
])('a repository with %s says what was seen and what to add', (_, texts, expected) => {
  const message = told(texts)
  for (const each of expected) expect(message).toContain(each)
  expect(message.match(/^- /gm)).toHaveLength(1)
})

test('a Containerfile alone is released as an image, as the remedy says', () => {
  const message = told({'pom.xml': '', Containerfile: 'FROM scratch\nENTRYPOINT ["/server"]\n'})
  expect(message).toContain('no builder of buildx answers on this machine')
})

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md
test.each([
  [{bin: 'server.js'}, 'Leave "private" out of it to release it as an npm package'],
  [{}, 'Leave "private" out of it and give it "bin" to release it as an npm package'],
])('a private package with the manifest of a bundle is told what makes the bundle alone', (more, remedy) => {
  const server = {
    type: 'node',
    entry_point: 'server.js',
    mcp_config: {command: 'node', args: ['${__dirname}/server.js']},
  }
  const manifest = {manifest_version: '0.3', name: 'weather', version: '1.0.0', server}
  const texts = {
    'app/package.json': JSON.stringify({name: 'weather', version: '1.0.0', private: true, ...more}),
    'app/manifest.json': JSON.stringify(manifest),
  }
  const message = told(texts)
  expect(message).toContain(remedy)
  expect(message).toContain('with the bundle that app/manifest.json describes')
  expect(message).toContain('run the action mcpb-bundle with working-directory: app')
})
