import {expect, test} from '@jest/globals'
import {wheelPythons} from './wheel-pythons'

const pythons = (backend: string | undefined, range?: string, more: object = {}) =>
  wheelPythons({
    ...(backend === undefined ? {} : {'build-system': {'build-backend': backend}}),
    project: {name: 'x', ...(range === undefined ? {} : {'requires-python': range}), ...more},
  })

// https://github.com/pypa/hatch/blob/master/backend/src/hatchling/builders/wheel.py, get_default_tag
test.each([
  [undefined, 'py2.py3'],
  ['', 'py2.py3'],
  ['>=2.7', 'py2.py3'],
  ['>=2.7,!=3.0.*', 'py2.py3'],
  ['<4', 'py2.py3'],
  ['~=2.7', 'py2'],
  ['>=3.10', 'py3'],
  ['>=3', 'py3'],
  ['==3.12.*', 'py3'],
  ['<=3.11.4,>=3.11', 'py3'],
  ['^3.10', 'py3'],
])('hatchling names a wheel for requires-python %j by %s', (range, expected) => {
  expect(pythons('hatchling.build', range)).toBe(expected)
})

// https://github.com/pypa/flit/blob/main/flit_core/flit_core/common.py, supports_py2;
// https://github.com/pdm-project/pdm-backend/blob/main/src/pdm/backend/wheel.py, _get_tag;
// https://github.com/python-poetry/poetry-core/blob/main/src/poetry/core/masonry/builders/wheel.py, supports_python2
test.each([
  ['flit_core.buildapi', undefined, 'py2.py3'],
  ['flit_core.buildapi', '>=3.8', 'py3'],
  ['flit_core.buildapi', '<4', 'py2.py3'],
  ['pdm.backend', undefined, 'py2.py3'],
  ['pdm.backend', '>=3.9', 'py3'],
  ['pdm.backend', '>=2.7', 'py2.py3'],
  ['poetry.core.masonry.api', undefined, 'py2.py3'],
  ['poetry.core.masonry.api', '>=3.10,<4.0', 'py3'],
  ['poetry.core.masonry.api', '< 4', 'py2.py3'],
  ['setuptools.build_meta', undefined, 'py3'],
  ['uv_build', undefined, 'py3'],
  [undefined, undefined, 'py3'],
])('%s names a wheel for requires-python %j by %s', (backend, range, expected) => {
  expect(pythons(backend, range)).toBe(expected)
})

test('what a backend computes is taken for Python 3, and older tables are read', () => {
  expect(pythons('hatchling.build', undefined, {dynamic: ['requires-python']})).toBe('py3')
  const poetry = (python: string) =>
    wheelPythons({
      'build-system': {'build-backend': 'poetry.core.masonry.api'},
      tool: {poetry: {name: 'x', dependencies: {python}}},
    })
  expect(['^3.10', '>=3.9 <4', '~2.7 || ^3.6', '*', '^2.7'].map(poetry)).toEqual([
    'py3',
    'py3',
    'py2.py3',
    'py2.py3',
    'py2.py3',
  ])
  expect(
    wheelPythons({
      'build-system': {'build-backend': 'flit_core.buildapi'},
      tool: {flit: {metadata: {module: 'x', 'requires-python': '>=3.6'}}},
    }),
  ).toBe('py3')
})
