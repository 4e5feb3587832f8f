import {type ReleaseSettings, goreleaserProgram, serverCommand, settingsOf} from '@mcp-release/release-model'
import {
  type Configuration,
  configurationsFor,
  containerStart,
  launchOf,
  readmesFor,
  sameName,
} from '@mcp-release/start-recipes'
import {type Candidate, type Detected, type Detection, type Tree, below, fileNameOf, packageId} from './detected'
import {goreleaserConfig} from './detect-go'
import {isOtherKind, isServerName} from './program-kinds'
import {isSdk, sdkOf} from './sdk-dependencies'
import {startTarget} from './start-target'
import {isContainerfile} from './tree'

interface Surroundings {
  readonly tree: Tree
  /** The repository's name, or its folder's. */
  readonly folder: string
  readonly settings: ReleaseSettings
}

/** Tells servers from other programs and from libraries, and says why. */
export function withRoles(found: Detection, surroundings: Surroundings): Detection<Candidate> {
  const {tree, settings, folder} = surroundings
  const packages = found.packages.map(each => serverOf(each, surroundings))
  const evidence = new Map(packages.map(each => [each, evidenceOf(each, packages, tree)]))
  const known = packages.filter(each => evidence.get(each) !== undefined)
  const reasons = new Map(
    packages.map(each => [each, evidence.get(each) ?? guess(each, {packages, known, folder, tree})]),
  )
  // Of a repository without any server, the programs are what there is to release.
  const alone = ![...reasons.values()].some(reason => reason !== undefined)
  return {
    ...found,
    packages: packages.map(each => {
      const reason = reasons.get(each)
      const role = each.executables.length === 0 ? 'library' : reason === undefined ? 'program' : 'server'
      const given = settingsOf(settings.servers, {id: packageId(each), ...each}).role
      if (given !== undefined && role !== 'library') return {...each, role: given, roleReason: 'the settings say so'}
      if (role === 'library') return {...each, role, roleReason: 'installs no command'}
      if (role === 'server') return {...each, role, roleReason: reason ?? ''}
      return program(each, {packages, tree, alone})
    }),
  }
}

/** The package with the command first that is its server. */
function serverOf(each: Detected, {tree, settings}: Surroundings): Detected {
  if (each.executables.length < 2) return each
  const asked = settingsOf(settings.servers, {id: packageId(each), ...each}).executable
  const given = asked === undefined ? undefined : serverCommand(each.executables, {name: each.name, asked})
  const first = given ?? likelyCommand(each, tree)
  return {...each, executables: [first, ...each.executables.filter(name => name !== first)]}
}

// What clients are configured with, else what is named like the package, else as servers are named.
function likelyCommand({executables, name, path}: Detected, {texts}: Tree): string {
  const own = (word: string) => executables.find(command => sameName(command, fileNameOf(word)))
  const clients = configurationsFor(path, texts).filter(({form}) => form === 'client')
  const told = clients.map(({argv}) => withoutPackage(argv).map(own).find(isCommand)).find(isCommand)
  const like = executables.find(command => sameName(command, fileNameOf(name)))
  const called = [/mcp.*serv|serv.*mcp/i, /(?:^|[-_.])mcp(?:[-_.]|$)/i, /serve/i].map(kind =>
    executables.find(command => kind.test(command)),
  )
  return told ?? like ?? called.find(isCommand) ?? executables[0] ?? ''
}

function isCommand(command: string | undefined): command is string {
  return command !== undefined
}

// In `npx -p PACKAGE COMMAND` and `uvx --from PACKAGE COMMAND`, only the latter is started.
function withoutPackage(argv: readonly string[]): readonly string[] {
  return argv.filter(
    (_, index) => !/^(?:-p|--package|--from|--spec|--with|--directory|--project)$/.test(argv[index - 1] ?? ''),
  )
}

/** Why a package is a server, by what its repository says of it; `undefined` when nothing does. */
function evidenceOf(each: Detected, packages: readonly Detected[], tree: Tree): string | undefined {
  if (each.executables.length === 0) return undefined
  return listed(each, tree) ?? bundled(each, tree) ?? configured(each, packages, tree) ?? withSdk(each, tree)
}

const registryTypes: Readonly<Partial<Record<Detected['ecosystem'], string>>> = {
  npm: 'npm',
  pypi: 'pypi',
  cargo: 'cargo',
}

function listed({ecosystem, name, path}: Detected, {texts}: Tree): string | undefined {
  for (const file of new Set(['server.json', below(path, 'server.json')])) {
    try {
      const {packages} = JSON.parse(texts[file] ?? '{}') as {packages?: unknown}
      const list = (Array.isArray(packages) ? packages : []) as readonly ({
        registryType?: unknown
        identifier?: unknown
      } | null)[]
      const own = list.some(
        each =>
          each?.registryType === registryTypes[ecosystem] && sameIdentifier(String(each?.identifier), name, ecosystem),
      )
      if (own) return `${file} lists it`
    } catch {
      // What is wrong with it is told where it is published.
    }
  }
  return undefined
}

function sameIdentifier(identifier: string, name: string, ecosystem: Detected['ecosystem']): boolean {
  const plain = (text: string) => (ecosystem === 'npm' ? text : text.toLowerCase().replace(/[-_.]+/g, '-'))
  return plain(identifier) === plain(name)
}

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md
function bundled({ecosystem, path}: Detected, {texts}: Tree): string | undefined {
  const file = below(path, 'manifest.json')
  try {
    const {
      manifest_version: version,
      dxt_version: older,
      server,
    } = JSON.parse(texts[file] ?? '{}') as Readonly<Record<string, unknown>>
    const type = (server as {type?: unknown} | undefined)?.type
    const own =
      ecosystem === 'npm'
        ? type === 'node'
        : ecosystem === 'pypi'
          ? type === 'python' || type === 'uv'
          : type === 'binary'
    return (version ?? older) !== undefined && own ? `${file} makes an MCP bundle of it` : undefined
  } catch {
    return undefined
  }
}

function configured(each: Detected, packages: readonly Detected[], {texts}: Tree): string | undefined {
  const target = startTarget(each, packages)
  const found = configurationsFor(each.path, texts).find(({argv, form}) => {
    if (form !== 'client' || argv.length === 0) return false
    const launch = launchOf(argv, target)
    return launch?.by === 'own' && names(argv, each)
  })
  return found === undefined ? undefined : `${found.source} tells clients to start it`
}

// `node dist/index.js` and the like may mean any of several.
function names(argv: Configuration['argv'], {name, executables, entries = [], importPath}: Detected): boolean {
  const all = [name, ...executables, ...entries, importPath ?? name].map(each =>
    each.toLowerCase().replace(/[-_.]+/g, '-'),
  )
  return argv.some(word =>
    all.some(each =>
      word
        .toLowerCase()
        .replace(/[-_.]+/g, '-')
        .includes(each),
    ),
  )
}

function withSdk(each: Detected, tree: Tree): string | undefined {
  const sdk = sdkOf(each, tree)
  // A client, an inspector and a framework are written with the same libraries.
  if (sdk === undefined || isOtherKind(each) || isSdk(each)) return undefined
  return each.ecosystem === 'go' ? `serves with ${sdk}` : `depends on ${sdk}`
}

interface Rivals {
  readonly packages: readonly Detected[]
  readonly known: readonly Detected[]
  readonly folder: string
  readonly tree: Tree
}

/** Without any evidence, a package is a server when no other is more likely. */
function guess(each: Detected, {packages, known, folder, tree}: Rivals): string | undefined {
  if (each.executables.length === 0 || known.length > 0) return undefined
  if (isSdk(each) || (isOtherKind(each) && sdkOf(each, tree) !== undefined)) return undefined
  if (each.ecosystem === 'npm' || each.ecosystem === 'pypi') return 'installs a command'
  const rivals = packages.filter(other => other.ecosystem === each.ecosystem && other.aside === undefined)
  if (isOtherKind(each) && !rivals.every(isOtherKind)) return undefined
  const own = rivals.filter(({path}) => path === each.path)
  if (own.length < 2) return 'the only program of its module'
  const like = ({name, main}: Detected) =>
    main === '.' || [folder, fileNameOf(each.path)].some(other => sameName(name, other))
  if (like(each)) return 'named like its repository or module'
  if (own.some(like)) return undefined
  const served = own.find(({name}) => isServerName(name))
  if (served !== undefined) return served === each ? 'named like a server' : undefined
  return 'nothing tells which of the programs is the server'
}

interface Company {
  readonly packages: readonly Detected[]
  readonly tree: Tree
  readonly alone: boolean
}

function program(each: Detected, {packages, tree, alone}: Company): Candidate {
  const roleReason = 'no server.json, manifest or README starts it as a server, and it serves with no MCP library'
  const role = 'program'
  if (alone || each.aside !== undefined || each.ecosystem === 'npm' || each.ecosystem === 'pypi')
    return {...each, role, roleReason}
  const use = usedBy(each, packages, tree)
  if (use !== undefined) return {...each, role, roleReason: `${roleReason}; ${use}`}
  const aside = {
    reason: `it is not a server: ${roleReason}`,
    hint: `To release it, name it in the settings: programs: [${each.name}]. If it is a server: servers: {${each.name}: {role: server}}`,
  }
  return {...each, role, roleReason, aside}
}

/** Who needs a program besides developers. */
function usedBy(each: Detected, packages: readonly Detected[], tree: Tree): string | undefined {
  const {files, texts} = tree
  const target = startTarget(each, packages)
  const image = files.find(
    file => isContainerfile(file) && launchOf(containerStart(texts[file] ?? '').argv, target)?.by === 'own',
  )
  if (image !== undefined) return `${image} starts it`
  const config = goreleaserConfig(each.path, tree)
  if (
    config !== undefined &&
    each.ecosystem === 'go' &&
    goreleaserProgram(config, {folder: folderIn(each), name: each.name}) !== undefined
  )
    return 'goreleaser builds it'
  const readme = readmesFor(each.path, texts).find(file => installs(texts[file] ?? '', each))
  return readme === undefined ? undefined : `${readme} tells users to install it`
}

function folderIn({main = '.'}: Detected): string {
  return main === '.' ? '.' : main.replace(/^\.\//, '')
}

function installs(text: string, {ecosystem, name, importPath}: Detected): boolean {
  if (ecosystem === 'go')
    return importPath !== undefined && [...text.matchAll(/go install (\S+?)@/g)].some(([, path]) => path === importPath)
  return [...text.matchAll(/cargo (?:b?install|install)[^\n]*--bin[= ](\S+)/g)].some(([, bin]) => bin === name)
}
