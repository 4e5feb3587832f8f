import {createHash} from 'node:crypto'
import {expect, test} from '@jest/globals'
import {tarGz, zip} from '@mcp-release/archives'
import {type BuildRequest, parseVersion} from '@mcp-release/release-model'
import {checkDistribution} from './checks'
import type {Project} from './project'
import {readSdist} from './sdist'
import {readWheel} from './wheel'

const metadata = [
  'Metadata-Version: 2.4',
  'Name: my-tools',
  'Version: 1.0.0',
  'License-Expression: MIT',
  'Description-Content-Type: text/markdown',
  'Requires-Dist: mcp<3,>=2',
  '',
  '# My tools',
  '<!-- mcp-name: io.github.owner/my-tools -->',
].join('\n')
const info = 'my_tools-1.0.0.dist-info'
const folder = 'my_tools-1.0.0'
const wheelFiles: Readonly<Record<string, string>> = {
  'my_tools/__init__.py': 'print()',
  [`${info}/METADATA`]: metadata,
  [`${info}/WHEEL`]: 'Wheel-Version: 1.0',
  [`${info}/entry_points.txt`]: '[console_scripts]\nmy-tools = my_tools:main\n',
}
const sdistFiles: Readonly<Record<string, string>> = {'pyproject.toml': '', 'PKG-INFO': metadata}

interface Sample {
  readonly wheel?: Readonly<Record<string, string | undefined>>
  readonly sdist?: Readonly<Record<string, string | undefined>>
  readonly record?: string
  readonly wheelName?: string
  readonly sdistName?: string
  readonly project?: Partial<Project>
  readonly request?: Partial<BuildRequest>
}

async function findings(sample: Sample): Promise<readonly string[]> {
  const wheel = present({...wheelFiles, ...sample.wheel})
  const lines = Object.entries(wheel).map(([name, text]) => `${name},sha256=${hash(text)},${text.length}`)
  const record = sample.record ?? [...lines, `${info}/RECORD,,`].join('\n')
  const sdist = present({...sdistFiles, ...sample.sdist})
  const inFolder = Object.fromEntries(Object.entries(sdist).map(([name, text]) => [`${folder}/${name}`, text]))
  const project: Project = {scripts: [], versionFromGit: false, shallow: false, ...sample.project}
  const request: BuildRequest = {directory: '/w/a', output: '/w/built', ...sample.request}
  const distribution = {
    wheel: readWheel(
      sample.wheelName ?? `${folder}-py3-none-any.whl`,
      zip(entries({...wheel, [`${info}/RECORD`]: record}), {time: 0}),
      0,
    ),
    sdist: await readSdist(sample.sdistName ?? `${folder}.tar.gz`, tarGz(entries(inFolder), {time: 0}), 0),
  }
  return checkDistribution(distribution, {project, request}).map(({level, text}) => `${level}: ${text}`)
}

function present(files: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])))
}

function entries(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([name, text]) => ({name, mode: 0o644 as const, content: Buffer.from(text)}))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

const replaced = (from: string, to: string) => metadata.replace(from, to)
const both = (text: string): Sample => ({wheel: {[`${info}/METADATA`]: text}, sdist: {'PKG-INFO': text}})
const wheelIs = 'my_tools-1.0.0-py3-none-any.whl'

test('a sound pair has no findings', async () => {
  const version = parseVersion('v1.0.0')
  const sample: Sample = {
    project: {scripts: ['my-tools'], serverName: 'io.github.owner/my-tools'},
    request: version === undefined ? {} : {version},
  }
  expect(await findings(sample)).toEqual([])
})

test.each<[string, Sample, string]>([
  [
    'another version',
    {request: {version: parseVersion('1.1.0') as never}},
    `error: ${wheelIs}: has version 1.0.0, but 1.1.0 is to be released`,
  ],
  [
    'a wheel name that is not normal',
    {wheelName: 'My.Tools-1.0.0-py3-none-any.whl'},
    'error: My.Tools-1.0.0-py3-none-any.whl: should begin with my_tools-1.0.0-, as its METADATA says',
  ],
  ['a file that is not a wheel', {wheelName: 'tools.whl'}, 'error: tools.whl: is not a file name of a wheel'],
  ['no metadata', {wheel: {[`${info}/METADATA`]: undefined}}, `error: ${wheelIs}: has no METADATA`],
  [
    'an sdist name that is not normal',
    {sdistName: 'my-tools-1.0.0.tar.gz'},
    'error: my-tools-1.0.0.tar.gz: should be named my_tools-1.0.0.tar.gz (PEP 625)',
  ],
  [
    'an sdist that cannot be built',
    {sdist: {'pyproject.toml': undefined}},
    'error: my_tools-1.0.0.tar.gz: has neither pyproject.toml nor setup.py, so nobody can build it',
  ],
  [
    'an sdist of another version',
    {sdist: {'PKG-INFO': replaced('1.0.0', '0.9.0')}},
    'error: my_tools-1.0.0.tar.gz: PKG-INFO says my-tools 0.9.0, not what the wheel says',
  ],
  [
    'a file that RECORD does not know',
    {record: `${info}/RECORD,,`},
    `error: ${wheelIs}: my_tools/__init__.py is not in RECORD`,
  ],
  [
    'a file that differs from RECORD',
    {record: 'my_tools/__init__.py,sha256=AAAA,7'},
    `error: ${wheelIs}: my_tools/__init__.py differs from RECORD`,
  ],
  [
    'a file with a weak digest',
    {record: 'my_tools/__init__.py,md5=AAAA,7'},
    `error: ${wheelIs}: my_tools/__init__.py differs from RECORD`,
  ],
  [
    'a file that only RECORD knows',
    {record: '"a,b.py",sha256=AAAA,7'},
    `error: ${wheelIs}: a,b.py is in RECORD, but not in the wheel`,
  ],
  [
    'a lost command',
    {project: {scripts: ['my-tools', 'admin']}},
    `error: ${wheelIs}: lost the commands admin of pyproject.toml (no console_scripts of that name)`,
  ],
  [
    'no command',
    {wheel: {[`${info}/entry_points.txt`]: undefined}},
    `warning: ${wheelIs}: has no command, so that uvx and pipx cannot run it; add [project.scripts] to pyproject.toml`,
  ],
  [
    'a missing mcp-name',
    {project: {serverName: 'io.github.owner/other'}},
    `error: ${wheelIs}: its description, which is the README, has "mcp-name: io.github.owner/my-tools", but server.json has the name "io.github.owner/other"; write "mcp-name: io.github.owner/other" in its place`,
  ],
  [
    'an mcp-name that only begins alike',
    {project: {serverName: 'io.github.owner/my'}},
    `error: ${wheelIs}: its description, which is the README, has "mcp-name: io.github.owner/my-tools", but server.json`,
  ],
  [
    'mcp without a bound',
    both(replaced('mcp<3,>=2', 'mcp[cli]>=2 ; python_version < "4"')),
    `warning: ${wheelIs}: requires "mcp[cli]>=2 ; python_version < \\"4\\"" without an upper bound`,
  ],
  [
    'fastmcp without a bound',
    both(replaced('mcp<3,>=2', 'fastmcp>=2.12')),
    `warning: ${wheelIs}: requires "fastmcp>=2.12" without an upper bound; a new major version of fastmcp will break it`,
  ],
  [
    'a wheel for one platform in a release',
    {wheelName: 'my_tools-1.0.0-cp312-cp312-linux_x86_64.whl', request: {package: 'pypi:.'}},
    'error: my_tools-1.0.0-cp312-cp312-linux_x86_64.whl: is made for one platform, because the package compiles code; the release plan expects my_tools-1.0.0-py3-none-any.whl, which runs everywhere\nBuild its wheels with cibuildwheel',
  ],
  [
    'a wheel for one platform outside a release',
    {wheelName: 'my_tools-1.0.0-cp312-cp312-linux_x86_64.whl'},
    'error: my_tools-1.0.0-cp312-cp312-linux_x86_64.whl: is made for one platform, because the package compiles code, and for this machine alone',
  ],
  [
    'a dependency from the workspace',
    {project: {workspaceSources: ['mcp']}},
    `warning: ${wheelIs}: requires "mcp<3,>=2", which pyproject.toml takes from its workspace`,
  ],
  [
    'a license file that is not in the sdist',
    {
      ...both(replaced('Version: 1.0.0', 'Version: 1.0.0\nLicense-File: LICENSE')),
      wheel: {
        [`${info}/METADATA`]: replaced('Version: 1.0.0', 'Version: 1.0.0\nLicense-File: LICENSE'),
        [`${info}/licenses/LICENSE`]: 'MIT',
      },
    },
    'error: my_tools-1.0.0.tar.gz: names the license file my_tools-1.0.0/LICENSE, which is not inside, and PyPI refuses that',
  ],
  [
    'a license file that is not in the wheel',
    {
      ...both(replaced('Version: 1.0.0', 'Version: 1.0.0\nLicense-File: legal/NOTICE')),
      sdist: {
        'PKG-INFO': replaced('Version: 1.0.0', 'Version: 1.0.0\nLicense-File: legal/NOTICE'),
        'legal/NOTICE': 'MIT',
      },
    },
    `error: ${wheelIs}: names the license file ${info}/licenses/legal/NOTICE, which is not inside`,
  ],
  ['no license', both(replaced('License-Expression: MIT\n', '')), `warning: ${wheelIs}: names no license`],
  [
    'no content type',
    both(replaced('Description-Content-Type: text/markdown\n', '')),
    `warning: ${wheelIs}: does not say what its description is written in`,
  ],
  [
    'a secret in the sdist',
    {sdist: {'.env': 'A=b'}},
    'error: my_tools-1.0.0.tar.gz: my_tools-1.0.0/.env is a file of credentials by its name',
  ],
  [
    'compiled files',
    {sdist: {'a/__pycache__/b.pyc': ''}},
    'error: my_tools-1.0.0.tar.gz: holds compiled files: my_tools-1.0.0/a/__pycache__/b.pyc',
  ],
  [
    'Python 2 in a release',
    {wheelName: 'my_tools-1.0.0-py2.py3-none-any.whl', request: {package: 'my-tools'}},
    'error: my_tools-1.0.0-py2.py3-none-any.whl: says that it runs on Python 2; the release plan expects my_tools-1.0.0-py3-none-any.whl',
  ],
  [
    'Python 2 in a release whose plan knows that the backend says so',
    {
      wheelName: 'my_tools-1.0.0-py2.py3-none-any.whl',
      request: {package: 'my-tools'},
      project: {pythons: 'py2.py3'},
    },
    'warning: my_tools-1.0.0-py2.py3-none-any.whl: says that it runs on Python 2\nSet requires-python in pyproject.toml',
  ],
  [
    'Python 2 outside a release',
    {wheelName: 'my_tools-1.0.0-py2.py3-none-any.whl'},
    'warning: my_tools-1.0.0-py2.py3-none-any.whl: says that it runs on Python 2\nSet requires-python in pyproject.toml',
  ],
  [
    'an earlier build',
    {sdist: {'built/x.whl': ''}, request: {output: '/w/a/built'}},
    'error: my_tools-1.0.0.tar.gz: holds my_tools-1.0.0/built/x.whl of an earlier build',
  ],
])('%s', async (_, sample, expected) => {
  expect(await findings(sample)).toContainEqual(expect.stringContaining(expected))
})

// https://github.com/pypi/warehouse/blob/main/warehouse/forklift/legacy.py
test.each(['manylinux_2_28_x86_64', 'musllinux_1_2_aarch64', 'linux_armv7l', 'macosx_11_0_arm64', 'win_amd64'])(
  'PyPI takes a wheel for %s',
  async platform => {
    expect(await findings({wheelName: `my_tools-1.0.0-cp312-cp312-${platform}.whl`})).toEqual([])
  },
)

test('mcp with any upper bound is fine, and so is another package', async () => {
  for (const range of ['mcp==2.1', 'mcp~=2.1', 'mcp (<3)', 'mcp-tools', 'mcpx>=1'])
    expect(await findings(both(replaced('mcp<3,>=2', range)))).toEqual([])
})

// https://packaging.python.org/en/latest/specifications/core-metadata/#license-file-multiple-use
test('license files that are inside are fine, and before metadata 2.4 nobody looks for them', async () => {
  const named = replaced('Version: 1.0.0', 'Version: 1.0.0\nLicense-File: LICENSE')
  const wheel = {[`${info}/METADATA`]: named, [`${info}/licenses/LICENSE`]: 'MIT'}
  expect(await findings({wheel, sdist: {'PKG-INFO': named, LICENSE: 'MIT'}})).toEqual([])
  expect(await findings(both(named.replace('2.4', '2.2')))).toEqual([])
})
