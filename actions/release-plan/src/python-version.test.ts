import {expect, test} from '@jest/globals'
import {type ReleaseTag, parseTag} from '@mcp-release/release-model'
import {plan} from './plan'
import {versionFile} from './python-version'

const project = (backend: string, more = '') =>
  `[build-system]\nbuild-backend = "${backend}"\n[project]\nname = "my-demo"\ndynamic = ["version"]\n${more}`

test.each<[string, string, string, string | undefined]>([
  // https://hatch.pypa.io/latest/version/: the default pattern
  [
    project('hatchling.build', '[tool.hatch.version]\npath = "src/demo/__about__.py"\n'),
    'src/demo/__about__.py',
    '# x\n__version__ = "1.2.0"\n',
    '1.2.0',
  ],
  [
    project('hatchling.build', '[tool.hatch.version]\npath = "demo.py"\n'),
    'demo.py',
    "VERSION: str = 'v1.2.0'\n",
    '1.2.0',
  ],
  [
    project('hatchling.build', '[tool.hatch.version]\nsource = "vcs"\npath = "demo.py"\n'),
    'demo.py',
    '__version__ = "1.2.0"\n',
    undefined,
  ],
  [
    project('hatchling.build', '[tool.hatch.version]\npath = "demo.py"\npattern = "x"\n'),
    'demo.py',
    '__version__ = "1.2.0"\n',
    undefined,
  ],
  // https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
  [
    project('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion = {attr = "demo.__version__"}\n'),
    'src/demo/__init__.py',
    'import x\n__version__ = "1.2.0"  # x\n',
    '1.2.0',
  ],
  [
    project('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion = {attr = "demo.about.V"}\n'),
    'demo/about.py',
    'V = "1.2.0"\n',
    '1.2.0',
  ],
  [
    project('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion = {attr = "demo.V"}\n'),
    'demo.py',
    'V = ".".join(parts)\n',
    undefined,
  ],
  [
    project('setuptools.build_meta', '[tool.setuptools.dynamic]\nversion = {file = ["VERSION"]}\n'),
    'VERSION',
    '1.2.0\n',
    '1.2.0',
  ],
  [project('setuptools.build_meta'), 'VERSION', '1.2.0\n', undefined],
  // https://backend.pdm-project.org/metadata/#dynamic-project-version
  [
    project('pdm.backend', '[tool.pdm.version]\nsource = "file"\npath = "demo/v.py"\n'),
    'demo/v.py',
    '__version__ = "1.2.0"\n',
    '1.2.0',
  ],
  [project('pdm.backend', '[tool.pdm.version]\nsource = "scm"\n'), 'demo/v.py', '__version__ = "1.2.0"\n', undefined],
  // https://flit.pypa.io/en/stable/
  [project('flit_core.buildapi'), 'my_demo/__init__.py', '"""Demo."""\n__version__ = "1.2.0"\n', '1.2.0'],
  [
    project('hatchling.build').replace('dynamic = ["version"]', 'version = "1.0.0"'),
    'demo.py',
    '__version__ = "1.2.0"\n',
    undefined,
  ],
  ['[project', 'demo.py', '', undefined],
])('the version of %j is in %s', (text, file, content, expected) => {
  const found = versionFile('.', text)
  expect(found?.places.includes(file) === true ? found.read(content) : undefined).toBe(expected)
})

test('what a file of the sources says is compared with the tag before anything is built', () => {
  const texts = {
    'pyproject.toml': `${project('hatchling.build', 'requires-python = ">=3.10"\n[project.scripts]\nmy-demo = "demo:main"\n')}[tool.hatch.version]\npath = "demo.py"\n`,
    'demo.py': '__version__ = "1.2.0"\n',
  }
  const options = {
    targets: [],
    imagePlatforms: [],
    image: 'auto',
    bundles: 'never',
    compatibility: false,
    toolchains: ['python'],
    settings: {},
  } as const
  const of = (tag?: string) =>
    plan(
      {tree: {files: Object.keys(texts), texts}, root: '.', folder: 'x', sourceDate: 0},
      {...options, ...(tag === undefined ? {} : {tag: parseTag(tag) as ReleaseTag})},
    )
  expect(of().version.text).toBe('1.2.0')
  expect(of('v1.2.0').packages).toMatchObject([{version: '1.2.0', manifest: 'pyproject.toml'}])
  expect(() => of('v1.3.0')).toThrow('demo.py: version is "1.2.0", but the tag v1.3.0 says 1.3.0; set it to "1.3.0"')
  const unknown = {...texts, 'demo.py': '__version__ = compute()\n'}
  expect(() =>
    plan({tree: {files: Object.keys(unknown), texts: unknown}, root: '.', folder: 'x', sourceDate: 0}, options),
  ).toThrow('tag: is not given, and pyproject.toml does not say a version; give the tag that the release will have')
})
