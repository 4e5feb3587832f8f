import type {Skip} from '@mcp-release/release-model'
import {type Tree, below} from './detected'
import {readToml, table} from './toml-table'

const hint =
  'Its wheels are made for one platform and one Python each: build them with cibuildwheel or maturin in a workflow of your own, and name the package under exclude in .github/mcp-release.yml.'

/**
 * Why the wheels of a Python package cannot be planned by name: it compiles code, so that they are made for one platform
 * each. `undefined` for a pure package, as far as its sources tell; build-wheel sees the rest.
 */
export function compiledPython(path: string, {texts}: Tree): Omit<Skip, 'subject'> | undefined {
  const pyproject = texts[below(path, 'pyproject.toml')]
  const cause = (pyproject === undefined ? undefined : backendCause(pyproject)) ?? setupCause(path, texts)
  return cause === undefined ? undefined : {reason: `it compiles code (${cause})`, hint}
}

// Backends that compile by their nature.
const backends: readonly (readonly [RegExp, string])[] = [
  [/^maturin\b/, 'maturin'],
  [/^mesonpy\b/, 'meson-python'],
  [/^scikit_build_core\b/, 'scikit-build-core'],
  [/^skbuild\b/, 'scikit-build'],
  [/^sipbuild\b/, 'SIP'],
  [/^py_build_cmake\b/, 'py-build-cmake'],
]
const helpers =
  /^(?:cython|mypyc?|pybind11|nanobind|cffi|setuptools[-_]rust|hatch-(?:cython|mypyc|rust)|scikit-build)\b/i

function backendCause(text: string): string | undefined {
  const document = readToml(text)
  const system = table(document['build-system'])
  const tool = table(document['tool'])
  const {'build-backend': given} = system
  const backend = typeof given === 'string' ? given : ''
  const named = backends.find(([rule]) => rule.test(backend))?.[1]
  if (named !== undefined) return `build-backend = ${JSON.stringify(backend)}, which is ${named}`
  if (Array.isArray(table(tool['setuptools'])['ext-modules'])) return 'ext-modules in [tool.setuptools]'
  const wheel = table(table(table(table(tool['hatch'])['build'])['targets'])['wheel'])
  const hooks = Object.keys(table(wheel['hooks']))
  const hook = [...hooks, ...Object.keys(table(table(table(tool['hatch'])['build'])['hooks']))].find(each =>
    /^(?:cython|mypyc|rust|cmake|scikit-build)$/.test(each),
  )
  if (hook !== undefined) return `the build hook ${hook} of hatchling`
  if (table(tool['poetry'])['build'] !== undefined) return 'the build script of [tool.poetry]'
  const requires: readonly unknown[] = Array.isArray(system['requires']) ? system['requires'] : []
  const helper = requires.find(each => typeof each === 'string' && helpers.test(each))
  return helper === undefined ? undefined : `requires ${JSON.stringify(helper)} in [build-system]`
}

function setupCause(path: string, texts: Tree['texts']): string | undefined {
  const setup = texts[below(path, 'setup.py')] ?? ''
  const word = /\b(ext_modules|rust_extensions|cffi_modules)\s*=/.exec(setup)?.[1]
  return word === undefined ? undefined : `${word} in setup.py`
}
