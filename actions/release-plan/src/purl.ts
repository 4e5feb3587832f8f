import type {Detected} from './detected'

const types = {pypi: 'pypi', npm: 'npm', go: 'golang', cargo: 'cargo', oci: 'oci'} as const

/** The package URL (https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst); an image has its digest, not a version. */
export function purl({ecosystem, name}: Pick<Detected, 'ecosystem' | 'name'>, version: string): string {
  const normal = ecosystem === 'pypi' ? name.toLowerCase().replaceAll('_', '-') : name
  const path = normal.split('/').map(encodeURIComponent).join('/')
  return `pkg:${types[ecosystem]}/${path}${ecosystem === 'oci' ? '' : `@${encodeURIComponent(version)}`}`
}
