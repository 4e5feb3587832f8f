import {expect, test} from '@jest/globals'
import {detectPackages} from './detect-packages'
import {withStart} from './start'

const project = (more = '', dependencies = '"mcp>=1.2"') =>
  `[project]\nname = "weather-server"\nversion = "1.0.0"\ndependencies = [${dependencies}]\n${more}[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n`
const client = (command: string, ...args: readonly string[]) =>
  `\`\`\`json\n${JSON.stringify({mcpServers: {weather: {command, args}}})}\n\`\`\`\n`
const main = 'from .server import main\n\nif __name__ == "__main__":\n    main()\n'

const planned = (texts: Record<string, string>) => {
  const tree = {files: Object.keys(texts).sort(), texts}
  const found = detectPackages(tree, {folder: 'weather', image: 'never', settings: {}})
  const {packages} = withStart(found.packages, {tree, settings: {}})
  const [first] = packages
  return {
    role: [first?.role, first?.module, first?.roleReason],
    args: first?.start?.args.map(({value}) => value),
    findings: found.findings ?? [],
  }
}
const roleOf = (texts: Record<string, string>) => planned(texts).role

// https://docs.python.org/3/library/__main__.html#main-py-in-python-packages, https://docs.python.org/3/using/cmdline.html#cmdoption-m
test.each<[string, Record<string, string>, readonly unknown[]]>([
  [
    'an SDK and a __main__',
    {'src/weather_server/__main__.py': main},
    ['server', 'weather_server', 'depends on mcp and has src/weather_server/__main__.py'],
  ],
  [
    'a __main__ beside pyproject.toml, one deeper',
    {'weather_server/__main__.py': main, 'weather_server/tools/__main__.py': main, 'tests/__main__.py': main},
    ['server', 'weather_server', 'depends on mcp and has weather_server/__main__.py'],
  ],
  [
    'a package of another name',
    {'src/weather/__main__.py': main},
    ['server', 'weather', 'depends on mcp and has src/weather/__main__.py'],
  ],
  [
    'a README that has clients run a module',
    {'weather_server/server.py': 'mcp.run()\n', 'README.md': client('python', '-m', 'weather_server.server', 'stdio')},
    ['server', 'weather_server.server', 'README.md, line 2 tells clients to start it'],
  ],
  [
    'a README that has clients run a file',
    {'src/weather_server/server.py': '', 'README.md': client('uv', 'run', '/path/to/src/weather_server/server.py')},
    ['server', 'weather_server.server', 'README.md, line 2 tells clients to start it'],
  ],
  [
    'a README that has clients run a file in a folder',
    {'server.py': '', 'README.md': client('uv', '--directory', '/path/to/weather', 'run', 'server.py')},
    ['server', 'server', 'README.md, line 2 tells clients to start it'],
  ],
  [
    'a line to type, of a package that has an SDK',
    {'weather_server/cli.py': '', 'README.md': '```sh\npython -m weather_server.cli\n```\n'},
    ['server', 'weather_server.cli', 'README.md, line 2 tells users to start it'],
  ],
  [
    'a documentation that the README links to',
    {
      'weather_server/cli.py': '',
      'README.md': 'See [MCP](guide/mcp.md).\n',
      'guide/mcp.md': client('python', '-m', 'weather_server.cli'),
    },
    ['server', 'weather_server.cli', 'guide/mcp.md, line 2 tells clients to start it'],
  ],
  [
    'a server.json',
    {
      'weather_server/cli.py': '',
      'server.json': JSON.stringify({
        packages: [
          {
            registryType: 'pypi',
            identifier: 'weather-server',
            runtimeHint: 'python',
            runtimeArguments: [{type: 'named', name: '-m', value: 'weather_server.cli'}],
          },
        ],
      }),
    },
    ['server', 'weather_server.cli', 'server.json has clients run python -m weather_server.cli'],
  ],
  [
    'the manifest of a bundle',
    {
      'src/weather_server/cli.py': '',
      'manifest.json': JSON.stringify({
        manifest_version: '0.3',
        server: {type: 'python', mcp_config: {command: 'python', args: ['${__dirname}/src/weather_server/cli.py']}},
      }),
    },
    ['server', 'weather_server.cli', 'manifest.json makes an MCP bundle of it'],
  ],
])('without a console script, %s tells the server', (_, texts, expected) => {
  expect(roleOf({'pyproject.toml': project(), ...texts})).toEqual(expected)
})

test.each<[string, Record<string, string>]>([
  ['no SDK', {'pyproject.toml': project('', ''), 'src/weather_server/__main__.py': main}],
  ['no __main__', {'pyproject.toml': project(), 'src/weather_server/__init__.py': ''}],
  [
    'a line to type, without an SDK',
    {
      'pyproject.toml': project('', ''),
      'weather_server/cli.py': '',
      'README.md': '```sh\npython -m weather_server.cli\n```\n',
    },
  ],
  [
    'a module of another project',
    {'pyproject.toml': project(), 'weather_server/x.py': '', 'README.md': client('python', '-m', 'other.server')},
  ],
  ['a __main__ of its tests', {'pyproject.toml': project(), 'weather_server/x.py': '', 'tests/__main__.py': main}],
  [
    'a program of its developers',
    {'pyproject.toml': project(), 'scripts/x.py': '', 'README.md': client('python', 'scripts/x.py')},
  ],
])('with %s, a package without a console script is a library', (_, texts) => {
  expect(roleOf(texts)).toEqual(['library', undefined, 'installs no command'])
})

test('a console script is what is started, whatever else there is', () => {
  const texts = {
    'pyproject.toml': project('[project.scripts]\nweather-server = "weather_server:main"\n'),
    'weather_server/__main__.py': main,
  }
  expect(roleOf(texts)).toEqual(['server', undefined, 'depends on mcp'])
})

// https://packaging.python.org/en/latest/specifications/entry-points/#data-model: an object reference may have attributes.
test.each([
  [main, 'weather_server.server:main', undefined],
  [
    'import sys\nfrom weather_server.app import (\n    run,\n    stop,\n)\n\nif __name__ == "__main__":\n    sys.exit(run())\n',
    'weather_server.app:run',
    undefined,
  ],
  [
    'def main():\n    print("x")\n\nif __name__ == "__main__":\n    main()\n',
    'weather_server.__main__:main',
    undefined,
  ],
  ['from . import serve as start\nstart()\n', 'weather_server:serve', undefined],
  ['from .server import mcp\n\nmcp.run(transport="stdio")\n', 'weather_server.server:mcp.run', undefined],
  ['import asyncio\nfrom .server import main\nasyncio.run(main())\n', 'weather_server.__main__:main', 'async'],
  ['', 'weather_server.__main__:main', 'where main is'],
])('a package that installs no command is told the line that gives it one: %j', (text, target, remark) => {
  const {findings, args} = planned({
    'pyproject.toml': project(),
    'src/weather_server/__main__.py': text,
    'README.md': client('python', '-m', 'weather_server', '--stdio'),
  })
  expect(args).toEqual(['--stdio'])
  expect(findings).toEqual([
    {
      level: 'warning',
      subject: 'pyproject.toml',
      text: '`uvx weather-server` and `pipx run weather-server` find no command: it is started by `python -m weather_server` alone',
      hint: expect.stringContaining(
        `Add to pyproject.toml:\n[project.scripts]\nweather-server = "${target}"${remark === undefined ? '' : '\n'}`,
      ),
    },
  ])
  expect(findings[0]?.hint?.split('\n')[3] ?? '').toContain(remark ?? '')
  expect(findings[0]?.hint?.split('\n')).toHaveLength(remark === undefined ? 3 : 4)
})
