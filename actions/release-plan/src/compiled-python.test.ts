import {expect, test} from '@jest/globals'
import {compiledPython} from './compiled-python'

const of = (texts: Readonly<Record<string, string>>) => compiledPython('.', {files: Object.keys(texts), texts})?.reason

test.each([
  ['[build-system]\nrequires = ["maturin>=1"]\nbuild-backend = "maturin"', 'which is maturin'],
  ['[build-system]\nrequires = ["meson-python"]\nbuild-backend = "mesonpy"', 'which is meson-python'],
  ['[build-system]\nbuild-backend = "scikit_build_core.build"', 'which is scikit-build-core'],
  ['[build-system]\nrequires = ["setuptools", "Cython>=3"]', 'requires "Cython>=3"'],
  ['[[tool.setuptools.ext-modules]]\nname = "a"\nsources = ["a.c"]', 'ext-modules in [tool.setuptools]'],
  ['[tool.hatch.build.targets.wheel.hooks.mypyc]\noptions = {}', 'the build hook mypyc'],
])('%s compiles code', (pyproject, reason) => {
  expect(of({'pyproject.toml': pyproject})).toContain(reason)
})

test('setup.py with ext_modules compiles code, and what is plain does not', () => {
  expect(of({'setup.py': 'setup(name="a", ext_modules=[Extension("a", ["a.c"])])'})).toBe(
    'it compiles code (ext_modules in setup.py)',
  )
  expect(of({'setup.py': 'setup(name="a")'})).toBeUndefined()
  expect(
    of({'pyproject.toml': '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"'}),
  ).toBeUndefined()
  expect(of({'pyproject.toml': '['})).toBeUndefined()
})
