import {satisfies, validRange} from '@renovatebot/pep440'
import {record} from './npm-manifest'
import {staticProject} from './python-project'

/** The Pythons that the file name of a pure wheel names: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/ */
export type WheelPythons = 'py3' | 'py2.py3' | 'py2'

/**
 * The Pythons that a build backend will write into the file name of a wheel, by its own rule for `requires-python`: hatchling,
 * Flit, PDM and Poetry say that a project without it runs on Python 2, too. All others write py3.
 */
export function wheelPythons(document: Readonly<Record<string, unknown>>): WheelPythons {
  const backend = record(document['build-system'])['build-backend']
  const project = staticProject(document)
  const tool = record(document['tool'])
  if (typeof backend !== 'string' || project?.dynamic.has('requires-python') === true) return 'py3'
  const stated = project?.requiresPython
  const [family] = backend.split('.')
  if (family === 'poetry') return ofPoetry(stated ?? record(record(tool['poetry'])['dependencies'])['python'])
  if (family === 'flit_core') return ofFlit(stated ?? record(record(tool['flit'])['metadata'])['requires-python'])
  if (project === undefined || (stated !== undefined && !validRange(stated))) return 'py3'
  if (family === 'hatchling') return ofHatchling(stated ?? '')
  return family === 'pdm' && allows('2.7', stated ?? '') ? 'py2.py3' : 'py3'
}

function allows(version: string, range: string): boolean {
  return range.trim() === '' || satisfies(version, range)
}

// https://github.com/pypa/hatch/blob/master/backend/src/hatchling/builders/wheel.py, get_default_tag: any minor version with the
// patch version 100.
function ofHatchling(range: string): WheelPythons {
  const [two, three] = [2, 3].map(major =>
    Array.from({length: 100}, (_, minor) => `${major}.${minor}.100`).some(each => allows(each, range)),
  )
  if (two !== true) return 'py3'
  return three === true ? 'py2.py3' : 'py2'
}

// https://github.com/pypa/flit/blob/main/flit_core/flit_core/common.py, supports_py2
function ofFlit(range: unknown): WheelPythons {
  const parts = typeof range === 'string' ? range.split(',') : []
  return parts.some(each => /^\s*(?:>=?|~=|===?)?\s*[3-9]/.test(each)) ? 'py3' : 'py2.py3'
}

// https://github.com/python-poetry/poetry-core/blob/main/src/poetry/core/masonry/builders/wheel.py, supports_python2: anything
// of >=2.0.0,<3.0.0; its constraints are lists of alternatives.
function ofPoetry(range: unknown): WheelPythons {
  if (range !== undefined && typeof range !== 'string') return 'py3'
  const two = (range ?? '*')
    .replaceAll(/([\^~<>=!])\s+/g, '$1')
    .split(/\|\|?/)
    .some(one => !one.split(/[\s,]+/).some(each => /^(?:\^|~=?|>=?|={1,3})?[3-9]/.test(each)))
  return two ? 'py2.py3' : 'py3'
}
