import {posix} from 'node:path'
import {record} from '@mcp-release/package-rules'
import {below} from './detected'
import {readToml} from './toml-table'

/** A file of a Python project that holds its version, where its build backend says so. */
export interface VersionFile {
  /** Where it may lie, relative to the repository. */
  readonly places: readonly string[]
  readonly read: (text: string) => string | undefined
}

/**
 * The file in which a build backend looks for the version, as far as that is said without running anything: hatchling
 * (https://hatch.pypa.io/latest/version/), setuptools
 * (https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata), PDM
 * (https://backend.pdm-project.org/metadata/#dynamic-project-version) and Flit (https://flit.pypa.io/en/stable/).
 */
export function versionFile(path: string, text: string | undefined): VersionFile | undefined {
  const document = readToml(text ?? '')
  const project = record(document['project'])
  const dynamic: unknown = project['dynamic']
  if (!Array.isArray(dynamic) || !dynamic.includes('version')) return undefined
  const tool = record(document['tool'])
  const inside = (files: readonly string[]) => files.map(file => posix.normalize(below(path, file)))
  const {'build-backend': backend} = record(document['build-system'])
  const [family = ''] = typeof backend === 'string' ? backend.split('.') : ['setuptools']
  switch (family) {
    case 'hatchling':
      return ofPath(record(record(tool['hatch'])['version']), inside)
    case 'pdm':
      return ofPath(record(record(tool['pdm'])['version']), inside)
    case 'setuptools':
      return ofSetuptools(record(record(record(tool['setuptools'])['dynamic'])['version']), inside)
    case 'flit_core':
      return typeof project['name'] === 'string'
        ? {places: inside(moduleFiles(project['name'].replaceAll('-', '_'))), read: assigned}
        : undefined
    default:
      return undefined
  }
}

type Inside = (files: readonly string[]) => readonly string[]

function ofPath({path, source, pattern}: Readonly<Record<string, unknown>>, inside: Inside): VersionFile | undefined {
  const isFile = source === undefined || source === 'regex' || source === 'file'
  return typeof path === 'string' && isFile && pattern === undefined
    ? {places: inside([path]), read: assigned}
    : undefined
}

function ofSetuptools({attr, file}: Readonly<Record<string, unknown>>, inside: Inside): VersionFile | undefined {
  if (typeof attr === 'string') {
    const [name = '', ...modules] = attr.split('.').reverse()
    const module = modules.reverse().join('/')
    return module === '' ? undefined : {places: inside(moduleFiles(module)), read: text => assignedTo(text, name)}
  }
  const files: readonly unknown[] = Array.isArray(file) ? file : [file]
  const [first, ...more] = files
  return typeof first === 'string' && more.length === 0
    ? {places: inside([first]), read: text => (/^\S+$/.test(text.trim()) ? text.trim() : undefined)}
    : undefined
}

function moduleFiles(module: string): readonly string[] {
  return ['src/', ''].flatMap(folder => [`${folder}${module}/__init__.py`, `${folder}${module}.py`])
}

// The default pattern of hatchling.
function assigned(text: string): string | undefined {
  return /^(?:__version__|VERSION|version)(?: ?: ?str)? ?= ?(['"])v?([^'"\n]+)\1/im.exec(text)?.[2]
}

function assignedTo(text: string, name: string): string | undefined {
  return new RegExp(`^${name.replace(/\W/g, '')}(?: ?: ?\\w+)? ?= ?(['"])([^'"\\n]+)\\1\\s*(?:#.*)?$`, 'm').exec(
    text,
  )?.[2]
}
