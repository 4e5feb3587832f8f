import {expect, test} from '@jest/globals'
import {zip} from '@mcp-release/archives'
import {type Plan, type PlannedPackage, parseJson, verificationSchema} from '@mcp-release/release-model'
import {entry, pythonServer, time, workspace} from './testing'

const server = (opening = '') => opening + pythonServer('weather', '1.0.0')
const run = 'if __name__ == "__main__":\n    main()\n'

interface Given {
  readonly name?: string
  readonly files: Readonly<Record<string, string>>
  readonly metadata?: readonly string[]
  readonly scripts?: string
}

function wheel({name = 'weather-server', files, metadata = [], scripts}: Given): Uint8Array {
  const info = `${name.replaceAll('-', '_')}-1.0.0.dist-info`
  const headers = ['Metadata-Version: 2.1', `Name: ${name}`, 'Version: 1.0.0', ...metadata]
  return zip(
    [
      ...Object.entries(files).map(([file, text]) => entry(file, text)),
      entry(`${info}/METADATA`, `${headers.join('\n')}\n`),
      entry(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      ...(scripts === undefined ? [] : [entry(`${info}/entry_points.txt`, `[console_scripts]\n${scripts}\n`)]),
      entry(`${info}/RECORD`, ''),
    ],
    {time},
  )
}

const file = 'weather_server-1.0.0-py3-none-any.whl'
const helper = wheel({name: 'weather-helper', files: {'weather_helper.py': 'x = 1\n'}})
const helperFile = 'weather_helper-1.0.0-py3-none-any.whl'

async function verified(
  content: Uint8Array,
  more: Partial<PlannedPackage>,
  others: Readonly<Record<string, string>> = {},
) {
  const plan: Plan = {
    ...{schemaVersion: 1, name: 'weather', sourceDate: time, jobs: [], bundles: [], skipped: [], findings: []},
    ...{settings: {}, version: {tag: 'v1.0.0', text: '1.0.0', pep440: '1.0.0', prerelease: false, channel: 'stable'}},
    packages: [
      {
        ...{id: 'pypi:.', ecosystem: 'pypi', path: '.', name: 'weather-server', version: '1.0.0', executables: []},
        ...{manifest: 'pyproject.toml', purl: 'pkg:pypi/weather-server@1.0.0', role: 'server', roleReason: 'test'},
        ...more,
      },
    ],
    artifacts: [{name: file, kind: 'wheel', package: 'pypi:.'}],
  }
  const place = await workspace(
    {[file]: content, [helperFile]: helper, './plan.json': JSON.stringify(plan), ...others},
    process.env,
  )
  await place.run({plan: 'plan.json', report: 'r.json', timeout: '20'}).catch(() => undefined)
  const text = await place.host.files.readText('r.json')
  const {servers} = parseJson(verificationSchema, {file: 'r.json', text})
  return servers.find(each => each.file === file)
}

const serverJson = JSON.stringify({
  name: 'io.github.acme/weather',
  packages: [{registryType: 'pypi', identifier: 'weather-server', version: '1.0.0', transport: {type: 'stdio'}}],
})
const start = (more: object) => ({args: [], env: {}, transport: 'stdio' as const, source: 'README.md, line 1', ...more})

// https://docs.python.org/3/using/cmdline.html#cmdoption-m
test('a wheel without a command is started by the module that the plan names', async () => {
  const content = wheel({
    files: {
      'weather_server/__init__.py': '',
      'weather_server/cli.py': server('import sys\nassert sys.argv[1:] == ["stdio"]\n') + run,
    },
  })
  const found = await verified(content, {
    module: 'weather_server.cli',
    start: start({args: [{value: 'stdio', origin: 'fixed'}]}),
  })
  expect([found?.status, found?.reason]).toEqual(['verified', undefined])
})

test('clients of the MCP Registry start a package by its command, so that a wheel without one fails there, with the line to add', async () => {
  const content = wheel({
    files: {'weather_server/__init__.py': '', 'weather_server/__main__.py': server() + run},
  })
  const found = await verified(content, {module: 'weather_server'}, {'./server.json': serverJson})
  expect(found?.reason).toBe(
    'server.json has clients start it by `uvx weather-server`, and the wheel has no console script',
  )
  expect(found?.hint).toContain('[project.scripts]\nweather-server = "weather_server.__main__:main"')
})

// https://packaging.python.org/en/latest/specifications/core-metadata/#provides-extra-multiple-use
const extra = {
  files: {'weather_server.py': server('import weather_helper\n')},
  metadata: ['Provides-Extra: cli', "Requires-Dist: weather-helper; extra == 'cli'"],
  scripts: 'weather-server = weather_server:main',
}
const command = {executables: ['weather-server']}

test('a server is started with the extras that users are told to install, and without them otherwise', async () => {
  const told = await verified(wheel(extra), {...command, start: start({extras: ['cli']})})
  expect([told?.status, told?.reason]).toEqual(['verified', undefined])
  const plain = await verified(wheel(extra), {...command, start: start({})})
  expect(plain?.status).toBe('failed')
  expect(plain?.reason).toContain("No module named 'weather_helper'")
})

test('extras of another way to start it are installed before that is tried', async () => {
  const found = await verified(wheel(extra), {
    ...command,
    start: start({}),
    alternatives: [start({extras: ['cli'], source: 'README.md, line 9'})],
  })
  expect([found?.status, found?.startedAs?.source]).toEqual(['verified', 'README.md, line 9'])
  expect(found?.checks.find(({name}) => name === 'documented-start')?.status).toBe('warning')
})

test('what --with adds is installed when the metadata name it, and nothing else is', async () => {
  // The helper is published together with it, and in no index.
  const found = await verified(wheel({...extra, files: {'weather_server.py': server()}}), {
    ...command,
    start: start({with: ['surely-not-in-any-index-9f2c']}),
  })
  expect(found?.status).toBe('verified')
})
