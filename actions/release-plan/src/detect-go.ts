import {posix} from 'node:path'
import {type GoreleaserConfig, type PlanFinding, goreleaserProgram, readGoreleaser} from '@mcp-release/release-model'
import {parse} from 'yaml'
import {
  type Detected,
  type Detection,
  type Detector,
  type Tree,
  below,
  fileNameOf,
  folderOf,
  isBelow,
  mergeDetections,
} from './detected'
import {type GoTarget, isBuilt} from './go-constraint'
import {type GoSource, readGoSource} from './go-source'
import {unusedModule} from './go-workspace'
import {isAside} from './tree'

/** Go programs: every `package main` of a module that is built for one of the usual targets (https://go.dev/doc/modules/layout). */
export const detectGo: Detector = tree => {
  const modules = tree.files.filter(file => /(^|\/)go\.mod$/.test(file))
  const folders = modules.map(folderOf)
  return mergeDetections(modules.map(file => detect(file, tree, folders)))
}

const targets: readonly GoTarget[] = ['linux', 'darwin', 'windows'].flatMap(os =>
  ['amd64', 'arm64'].map(arch => ({os, arch})),
)

function detect(file: string, tree: Tree, modules: readonly string[]): Detection {
  const module = moduleOf(tree.texts[file] ?? '')
  if (module === undefined) return {packages: [], skipped: [], problems: [`${file}: has no module line`]}
  const path = folderOf(file)
  const inner = modules.filter(each => each !== path && isBelow(each, path))
  const programs = programsOf(path, tree, inner)
  if (programs.length === 0)
    return {
      packages: [],
      skipped: [{subject: file, reason: 'no package main that is built for Linux, macOS or Windows'}],
      problems: [],
    }
  const names = namesOf(programs, module, goreleaserNames(path, module, {programs, tree}))
  const unused = unusedModule(path, tree)
  const packages = programs.map((program): Detected => {
    const name = names.get(program.folder) ?? moduleName(module)
    const importPath = program.folder === '.' ? module : `${module}/${program.folder}`
    const main = program.folder === '.' ? '.' : `./${program.folder}`
    const aside = unused ?? limited(program, name)
    return {
      ecosystem: 'go',
      path,
      name,
      manifest: file,
      executables: [name],
      main,
      importPath,
      ...(aside === undefined ? {} : {aside}),
    }
  })
  return {packages, skipped: [], problems: [], findings: replacedOutside(file, tree.texts[file] ?? '')}
}

/** Modules that go.mod takes from a folder outside of the repository, which nobody else has. */
function replacedOutside(file: string, text: string): readonly PlanFinding[] {
  const plain = text.replace(/\/\/.*$/gm, '')
  // https://go.dev/ref/mod#go-mod-file-replace: a path begins with ./ or ../
  const local = [
    ...plain.matchAll(/^[ \t]*(?:replace\s+)?(\S+)(?:[ \t]+v\S+)?[ \t]*=>[ \t]*["`]?(\.{1,2}\/[^\s"`]*|\/[^\s"`]+)/gm),
  ]
  return local
    .filter(([, , path = '']) => path.startsWith('/') || posix.join(folderOf(file), path).split('/')[0] === '..')
    .map(([, module = '', path = '']) => ({
      level: 'warning',
      subject: file,
      text: `replaces ${module} by ${path}, which lies outside of the repository`,
      hint: `Nobody else has that folder: drop the line (\`go mod edit -dropreplace=${module}\`) and require a published version.`,
    }))
}

/** The path that go.mod declares, in either of its forms (https://go.dev/ref/mod#go-mod-file-module). */
export function moduleOf(text: string): string | undefined {
  const plain = text.replace(/\/\/.*$/gm, '')
  return /^\s*module\s+(?:\(\s*)?["`]?([^\s"`()]+)/m.exec(plain)?.[1]
}

interface Program {
  /** Relative to the module. */
  readonly folder: string
  readonly targets: readonly GoTarget[]
}

function programsOf(path: string, {files, texts}: Tree, inner: readonly string[]): readonly Program[] {
  const byFolder = new Map<string, NamedSource[]>()
  for (const file of files) {
    const folder = folderOf(file)
    if (!file.endsWith('.go') || !isBelow(folder, path) || inner.some(each => isBelow(folder, each))) continue
    const text = texts[file]
    // What cmd/ holds is a program, whatever its name; elsewhere such folders hold material.
    if (
      text === undefined ||
      !/\bpackage\s+main\b/.test(text) ||
      (isAside(path === '.' ? file : file.slice(path.length + 1)) && !/(?:^|\/)cmd\//.test(file))
    )
      continue
    const own = path === '.' ? folder : folder === path ? '.' : folder.slice(path.length + 1)
    // The go command does not see them.
    if (own !== '.' && own.split('/').some(name => /^[_.]/.test(name))) continue
    byFolder.set(own, [...(byFolder.get(own) ?? []), {name: fileNameOf(file), source: readGoSource(text)}])
  }
  const programs = [...byFolder].map(([folder, sources]) => ({
    folder,
    targets: targets.filter(target =>
      isProgram(
        sources.filter(({name, source}) => isBuilt({...source, name}, target)),
        sources,
      ),
    ),
  }))
  return programs.filter(program => program.targets.length > 0)
}

interface NamedSource {
  readonly name: string
  readonly source: GoSource
}

// Where no file has `func main()`, the compiler says so; where one has that is left out, such as a magefile, the rest is none.
function isProgram(built: readonly NamedSource[], all: readonly NamedSource[]): boolean {
  const has = (files: readonly NamedSource[]) => files.some(({source}) => source.main)
  return built.some(({source}) => source.package === 'main') && (has(built) || !has(all))
}

function limited({targets: own}: Program, name: string): Detected['aside'] {
  if (own.length === targets.length) return undefined
  const platforms = own.map(({os, arch}) => `${os}/${arch}`)
  return {
    reason: `its build constraints allow only ${platforms.join(', ')}`,
    hint: `To release it, name it in the settings: programs: [${name}], and its targets: builds: {${name}: {targets: [${platforms.join(', ')}]}}`,
  }
}

// Folders that are named after their place, not after what they hold.
const generic = new Set(['cmd', 'src', 'server', 'main', 'app', 'bin', 'mcp', 'cli'])

function namesOf(
  programs: readonly Program[],
  module: string,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const own = moduleName(module)
  for (const {folder} of programs) names.set(folder, given.get(folder) ?? (folder === '.' ? own : fileNameOf(folder)))
  const taken = (name: string) => [...names.values()].filter(each => each === name).length
  const unnamed = programs.filter(({folder}) => !given.has(folder) && folder !== '.' && generic.has(fileNameOf(folder)))
  const [single] = unnamed
  // `cmd/server` of a module is what the module is called after, when nothing else is.
  if (unnamed.length === 1 && single !== undefined && taken(own) === 0) names.set(single.folder, own)
  for (const {folder} of programs) {
    const name = names.get(folder) ?? ''
    if (taken(name) > 1 && folder !== '.') names.set(folder, folder.replace(/^cmd\//, '').replaceAll('/', '-'))
  }
  return names
}

/** The names that goreleaser gives to programs, by folder: downloads of earlier releases have them. */
function goreleaserNames(
  path: string,
  module: string,
  {programs, tree}: {readonly programs: readonly Program[]; readonly tree: Tree},
): ReadonlyMap<string, string> {
  const config = goreleaserConfig(path, tree)
  const named = programs.flatMap(({folder}) => {
    const found = config === undefined ? undefined : goreleaserProgram(config, {folder, name: moduleName(module)})
    return found === undefined ? [] : [[folder, found.binary] as const]
  })
  return new Map(named)
}

/** The configuration of goreleaser in a folder (https://goreleaser.com/customization/), if it can be read. */
export function goreleaserConfig(path: string, {texts}: Tree): GoreleaserConfig | undefined {
  const names = ['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'].map(name =>
    below(path, name),
  )
  const text = names.map(name => texts[name]).find(each => each !== undefined)
  if (text === undefined) return undefined
  try {
    const read = readGoreleaser(parse(text, {maxAliasCount: 20, logLevel: 'silent'}))
    return 'config' in read ? read.config : undefined
  } catch {
    // goreleaser itself says what is wrong with it.
    return undefined
  }
}

/** The last part of a module path that is no major version suffix, as `go install` names the binary. */
export function moduleName(module: string): string {
  const parts = module.replace(/\.v\d+$/, '').split('/')
  return (/^v\d+$/.test(parts.at(-1) ?? '') ? parts.at(-2) : parts.at(-1)) ?? module
}
