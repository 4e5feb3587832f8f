import {expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {tarGz, zip} from '@mcp-release/archives'
import {ensurePythonTools} from '@mcp-release/tools'
import {lossFindings} from './direct-wheel'
import {entryPointFindings} from './entry-points'
import {pypiFindings} from './pypi-rules'
import {readSdist} from './sdist'
import {readWheel} from './wheel'

const slow = 180_000

function machine(): Host {
  const fake = new FakeHost()
  return realHost({...process.env, GITHUB_WORKSPACE: fake.workspace, RUNNER_TEMP: fake.temp, GITHUB_STEP_SUMMARY: ''})
}

const entries = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([name, text]) => ({name, mode: 0o644 as const, content: Buffer.from(text)}))
const metadataOf = (lines: string, version = '2.4') =>
  `Metadata-Version: ${version}\nName: demo\nVersion: 1.0.0\n${lines}\n`
const info = 'demo-1.0.0.dist-info'

function wheelOf(files: Readonly<Record<string, string>>, metadata = metadataOf('')) {
  const all = {...files, [`${info}/METADATA`]: metadata, [`${info}/WHEEL`]: 'Wheel-Version: 1.0\n'}
  return readWheel('demo-1.0.0-py3-none-any.whl', zip(entries(all), {time: 0}), 0)
}

// https://github.com/pypi/warehouse/blob/main/warehouse/forklift/metadata.py
test(
  'what PyPI refuses in metadata is refused, and what it takes is not',
  async () => {
    const host = machine()
    const tools = await ensurePythonTools(host, 'wheel')
    const said = async (text: string) => {
      const found = await pypiFindings(host, tools, {metadata: {'demo.whl': text}, paths: []})
      return found.map(({level, text: words}) => `${level}: ${words}`)
    }
    const refused: readonly (readonly [string, string])[] = [
      [
        metadataOf('Requires-Dist: other @ git+https://example.org/other'),
        "error: demo.whl: requires 'other @ git+https://example.org/other', a dependency by its URL",
      ],
      [
        metadataOf('Requires-Dist: other@https://example.org/other.whl ; extra == "x"\nProvides-Extra: x'),
        'a dependency by its URL',
      ],
      [metadataOf('').replace('1.0.0', '1.0.0+local.1'), 'error: demo.whl: version: 1.0.0+local.1 has a local part'],
      [metadataOf(`Summary: ${'x'.repeat(513)}`), 'its description (Summary) has 513 characters'],
      [metadataOf('Summary: one\n two'), 'must be a single line'],
      [
        metadataOf('Classifier: Private :: Do Not Upload'),
        "error: demo.whl: has the classifier 'Private :: Do Not Upload', with which PyPI refuses every upload",
      ],
      [
        metadataOf('Classifier: Topic :: Made Up'),
        "warning: demo.whl: has the classifier 'Topic :: Made Up', which is not in the list",
      ],
      [metadataOf('Classifier: Natural Language :: Ukranian'), 'is deprecated'],
      [
        metadataOf('License-Expression: MIT', '2.3'),
        'error: demo.whl: license: license-expression introduced in metadata version 2.4, not 2.3, which PyPI refuses',
      ],
      [metadataOf('License-Expression: MIT Licence'), "'MIT Licence' is invalid"],
      [metadataOf('License-Expression: MIT\nLicense: MIT'), 'License stands beside License-Expression'],
      [metadataOf('Author-email: Ada <ada@localhost>'), 'is not an e-mail address'],
      [metadataOf(`Project-URL: ${'x'.repeat(33)}, https://example.org`), 'is not a label of 1 to 32 characters'],
      [metadataOf('Project-URL: Source, git@example.org:demo'), 'is not a URL'],
      [metadataOf('Description-Content-Type: text/md'), 'description-content-type'],
      [metadataOf('Provides-Dist: other @ https://example.org/other.whl'), "provides-dist: 'other @ https"],
      [metadataOf('Obsoletes-Dist: not a name'), "obsoletes-dist: 'not a name'"],
      [metadataOf('', '9.9'), 'metadata: '],
    ]
    for (const [text, words] of refused) expect(await said(text)).toEqual([expect.stringContaining(words)])
    const taken = [
      metadataOf(
        'Summary: Short\nLicense-Expression: MIT OR Apache-2.0\nClassifier: Programming Language :: Python :: 3',
      ),
      metadataOf('Import-Name: demo', '2.5'),
      metadataOf('').replace('1.0.0', '1.2.3-rc.1'),
      metadataOf('License-File: LICENSE\nDynamic: license-file', '2.2'),
      metadataOf('License-File: LICENSE\nLicense: MIT License\n  over lines', '2.1'),
      metadataOf(
        'Author-email: Ada <ada@example.org>, Bob <bob@example.org>\nProject-URL: Home, https://example.org/a?b',
      ),
      metadataOf('Requires-Dist: mcp[cli]>=1.2,<3 ; python_version >= "3.10"\nRequires-Python: >=3.10'),
      metadataOf(`Summary: ${'x'.repeat(512)}`),
    ]
    for (const text of taken) expect(await said(text)).toEqual([])
  },
  slow,
)

test(
  'a README that does not render is refused, as twine says; both files that say the same are named once',
  async () => {
    const host = machine()
    const tools = await ensurePythonTools(host, 'wheel')
    const check = async (text: string) => {
      const path = `${host.temp}/demo-1.0.0-py3-none-any.whl`
      await host.files.write(path, wheelOf({'demo.py': ''}, text).file.content)
      return (await pypiFindings(host, tools, {metadata: {'a.whl': text, 'b.tar.gz': text}, paths: [path]})).map(
        each => each.text,
      )
    }
    const rst = (body: string) => metadataOf('Description-Content-Type: text/x-rst\n\n' + body)
    expect(await check(rst('Title\n=====\n\n.. figure:: \n\n`open\n'))).toEqual([
      expect.stringMatching(
        /^demo-1.0.0-py3-none-any.whl: its description does not render, and PyPI refuses it:\n[\s\S]*line \d+/,
      ),
    ])
    expect(await check(rst('Title\n=====\n\nText.\n'))).toEqual([])
    expect(await check(metadataOf('Description-Content-Type: text/markdown\n\n# `open'))).toEqual([])
    expect(await check(metadataOf('', '2.5'))).toEqual([])
    expect(await check(metadataOf('Classifier: Private :: X'))).toEqual([
      expect.stringMatching(/^a\.whl, b\.tar\.gz: has the/),
    ])
  },
  slow,
)

// https://packaging.python.org/en/latest/specifications/entry-points/
test(
  'what the commands of a wheel call must be in it',
  async () => {
    const host = machine()
    const tools = await ensurePythonTools(host, 'wheel')
    const said = async (
      files: Readonly<Record<string, string>>,
      {script = 'demo.cli:main', requires = '', sources = {}} = {},
    ) => {
      const points = script === '' ? {} : {[`${info}/entry_points.txt`]: `[console_scripts]\ndemo = ${script}\n`}
      const wheel = wheelOf({...files, ...points}, metadataOf(requires))
      const inFolder = Object.fromEntries(
        Object.entries({...sources, 'PKG-INFO': ''}).map(([name, text]) => [`demo-1.0.0/${name}`, text]),
      )
      const sdist = await readSdist('demo-1.0.0.tar.gz', tarGz(entries(inFolder), {time: 0}), 0)
      const found = await entryPointFindings(host, tools, {wheel, sdist})
      return found.map(({level, text}) => `${level}: ${text.split('\n')[0] ?? ''}`)
    }
    const name = 'demo-1.0.0-py3-none-any.whl'
    const depends = {requires: 'Requires-Dist: mcp'}
    const opening = {'demo/__init__.py': ''}
    expect(await said({...opening, 'demo/cli.py': 'def main(): pass\n'})).toEqual([])
    for (const source of [
      'async def main(): pass',
      'from .server import main',
      'from .server import run as main',
      'from .server import *',
      'main = object()',
      'if True:\n  main: object = 1',
      'try:\n  import x as main\nexcept ImportError: pass',
      'def __getattr__(name): pass',
      'globals()["main"] = 1',
      'def f():\n  global main\n  main = 1',
      'match x: # only newer Pythons parse this\n',
    ])
      expect(await said({...opening, 'demo/cli.py': source})).toEqual([])
    expect(await said({...opening, 'demo/cli.py': 'def start():\n  main = 1\n'})).toEqual([
      `error: ${name}: the command demo calls demo.cli:main, and demo.cli has no main`,
    ])
    expect(await said({...opening, 'demo/cli.cpython-312-x86_64-linux-gnu.so': ''})).toEqual([])
    expect(await said({'demo-1.0.0.data/purelib/demo/cli.py': 'main = 1'})).toEqual([])
    expect(await said({...opening, 'demo/main.py': ''}, {script: 'demo:main'})).toEqual([])
    expect(await said(opening)).toEqual([
      `error: ${name}: the command demo calls demo.cli:main, and the module demo.cli is not in the wheel`,
    ])
    expect(await said(opening, depends)).toHaveLength(1)
    expect(await said({...opening, 'demo/cli.py': ''}, {script: 'demo.cli'})).toEqual([
      expect.stringContaining('which is not module:function, so that pip refuses to install it'),
    ])
    // From a dependency it may come, from the sources of this package it has not.
    expect(await said({'extra.py': ''}, {...depends, script: 'core.cli:main'})).toEqual([])
    expect(
      await said({'extra.py': ''}, {...depends, script: 'core.cli:main', sources: {'src/core/__init__.py': ''}}),
    ).toEqual([`error: ${name}: the command demo calls core.cli:main, and the module core.cli is not in the wheel`])
    expect(await said({'google/demo.py': ''}, {...depends, script: 'google.other:main'})).toEqual([])
    expect(await said({'data.txt': ''}, {script: ''})).toEqual([
      `error: ${name}: holds no module, so that nothing of it can be imported`,
    ])
    expect(await said({}, depends)).toContainEqual(
      `error: ${name}: holds no module, so that nothing of it can be imported`,
    )
    expect(await said({}, {...depends, script: 'core.cli:main'})).toEqual([
      expect.stringMatching(/^warning: .*its commands are those of its dependencies/),
    ])
    expect(await said({}, {...depends, script: ''})).toEqual([
      expect.stringMatching(/^warning: .*it only brings its dependencies/),
    ])
    expect(await said({'demo-1.0.0.data/scripts/demo': 'ELF'}, {script: ''})).toEqual([])
    expect(await said({...opening, 'tests/__init__.py': '', 'setup.py': ''}, {script: ''})).toEqual([
      `warning: ${name}: installs setup at the top level, where other packages install theirs of that name`,
      `warning: ${name}: installs tests at the top level, where other packages install theirs of that name`,
    ])
    expect(await said({'demo/tests/__init__.py': '', ...opening}, {script: ''})).toEqual([])
  },
  slow,
)

// https://github.com/pypi/warehouse/blob/main/warehouse/utils/wheel.py
test(
  'an entry_points.txt that PyPI refuses is refused, and one that it takes is not',
  async () => {
    const host = machine()
    const tools = await ensurePythonTools(host, 'wheel')
    const sdist = await readSdist('demo-1.0.0.tar.gz', tarGz(entries({'demo-1.0.0/PKG-INFO': ''}), {time: 0}), 0)
    const said = async (text: string) => {
      const wheel = wheelOf({'demo.py': 'def main(): pass\n', [`${info}/entry_points.txt`]: text})
      const found = await entryPointFindings(host, tools, {wheel, sdist})
      return found.flatMap(({text: words}) => / entry_points\.txt: (.*), which PyPI refuses/.exec(words)?.[1] ?? [])
    }
    const scripts = '[console_scripts]\ndemo = demo:main\n'
    const taken = [
      scripts,
      `# made by a backend\n\n${scripts}\n[gui_scripts]\nd.e-m_o2=demo:main\n`,
      `${scripts}\n[pytest11]\na plugin = demo\n`,
      `${scripts}größe = demo:main\n`,
      scripts.replaceAll('\n', '\r\n'),
    ]
    for (const text of taken) expect(await said(text)).toEqual([])
    const refused: readonly (readonly [string, string])[] = [
      ['[console_scripts]\n../demo = demo:main\n', "the command '../demo' is not"],
      ['[console_scripts]\nmy demo = demo:main\n', "the command 'my demo' is not"],
      ['[gui_scripts]\na/b = demo:main\n', "the command 'a/b' is not"],
      [`${scripts}demo = demo:main\n`, "option 'demo' in section 'console_scripts' already exists"],
      [`${scripts}\n${scripts}`, "section 'console_scripts' already exists"],
      [`demo = demo:main\n`, 'no section headers'],
      [`${scripts}other: demo:main\n`, 'parsing errors'],
    ]
    for (const [text, words] of refused) expect(await said(text)).toEqual([expect.stringContaining(words)])
  },
  slow,
)

test('what a wheel lost on its way through the sdist is told', () => {
  const direct = wheelOf(
    {'demo/__init__.py': '', 'demo/ui.js': '', 'demo/data.json': ''},
    metadataOf('Requires-Python: >=3.10'),
  )
  const wheel = wheelOf({'demo/__init__.py': '', 'demo/more.py': ''})
  expect(lossFindings(wheel, direct).map(({level, text}) => `${level}: ${text.split('\n')[0] ?? ''}`)).toEqual([
    'warning: demo-1.0.0-py3-none-any.whl: is built from the sdist and lacks demo/data.json, demo/ui.js, which a wheel from the checkout has',
    'warning: demo-1.0.0-py3-none-any.whl: is built from the sdist and says no Requires-Python, where a wheel from the checkout says Requires-Python: >=3.10',
  ])
  expect(lossFindings(direct, direct)).toEqual([])
})
