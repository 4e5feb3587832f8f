import {printable} from '@mcp-release/mcp'

const missing: readonly RegExp[] = [
  /ModuleNotFoundError: No module named ['"]([^'"]+)['"]/,
  /Cannot find (?:module|package) ['"]([^'"]+)['"]/,
]
// A file by its path is one of the package.
function inPackage(name: string): string {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(name) ? name.split(/[\\/]/).slice(-2).join('/') : name
}

const misfit =
  /\bImportError: cannot import name|^(?:AttributeError|TypeError)\b|\bERR_PACKAGE_PATH_NOT_EXPORTED\b|does not provide an export named/m
const library = /([\w.+-]+\.so[\w.]*): cannot open shared object file|(GLIBC\w*_[\d.]+)' not found/

/** What mends a program that is broken, which no argument, variable or network does; `undefined` when its words do not say. */
export function crashRemedy(text: string): string | undefined {
  const module = missing.map(rule => rule.exec(text)?.[1]).find(each => each !== undefined)
  if (module !== undefined)
    return `The package does not bring ${printable(inPackage(module))} along: name it in the dependencies, or in the files that are published.`
  const [, shared, glibc] = library.exec(text) ?? []
  if (shared !== undefined || glibc !== undefined)
    return `It was linked with ${printable(shared ?? glibc ?? '')}, which other machines lack as well: link it statically, or build it on an older system.`
  if (!misfit.test(text)) return undefined
  return 'It fails in its own code with the dependencies that its users get, the newest that its metadata allows: correct it, or limit their versions (mcp>=1.6,<2) until it fits.'
}
