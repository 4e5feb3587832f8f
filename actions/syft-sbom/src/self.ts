import {tarNames} from '@mcp-release/archives'
import type {ComponentKey} from './knowledge'
import type {Subject} from './subject'

/** The package that a file is, as its name or its manifest says; `undefined` for files that hold something else. */
export async function packageOf({kind, name, path}: Subject): Promise<ComponentKey | undefined> {
  if (kind === 'wheel' || kind === 'sdist') {
    // PEP 427 and PEP 625 leave no other dash in front of the version.
    const [project = '', version = ''] = name.replace(/\.whl$|\.tar\.gz$/, '').split('-')
    return {type: 'pypi', name: project, version}
  }
  if (kind !== 'npm-package') return undefined
  const manifest = (await tarNames(path)).find(each => /^[^/]+\/package\.json$/.test(each.name))
  const {name: own, version} = readJson(Buffer.from(manifest?.content ?? '').toString())
  return typeof own === 'string' && typeof version === 'string' ? {type: 'npm', name: own, version} : undefined
}

function readJson(text: string): {readonly name?: unknown; readonly version?: unknown} {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
