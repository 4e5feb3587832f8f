import type {Detected} from './detected'

const types = {pypi: 'pypi', npm: 'npm', go: 'golang', cargo: 'cargo', oci: 'oci'} as const

type Named = Pick<Detected, 'ecosystem' | 'name' | 'crate' | 'importPath' | 'main'>

/** The package URL (https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst); an image has its digest, not a version. */
export function purl(each: Named, version: string): string {
  const {ecosystem, name, crate = name} = each
  if (ecosystem === 'go') return goPurl(each, version)
  const normal = ecosystem === 'pypi' ? name.toLowerCase().replaceAll('_', '-') : crate
  return `pkg:${types[ecosystem]}/${encoded(normal)}${ecosystem === 'oci' ? '' : `@${encodeURIComponent(version)}`}`
}

// Namespace and name are the path of the module, in lower case; the folder of the program in it is the subpath.
function goPurl({name, importPath = name, main = '.'}: Named, version: string): string {
  const folder = main.replace(/^\.\/?/, '')
  const inside = folder !== '' && importPath.endsWith(`/${folder}`)
  const module = inside ? importPath.slice(0, -folder.length - 1) : importPath
  // The versions of modules begin with v: https://go.dev/ref/mod#versions
  const tagged = encodeURIComponent(`v${version.replace(/^v/, '')}`)
  return `pkg:golang/${encoded(module.toLowerCase())}@${tagged}${inside ? `#${encoded(folder)}` : ''}`
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
