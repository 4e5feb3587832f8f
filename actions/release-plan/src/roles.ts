import {type ReleaseSettings, goreleaserProgram, serverCommand, settingsOf} from '@mcp-release/release-model'
import {configurationsFor, containerStart, launchOf, readmesFor, sameName} from '@mcp-release/start-recipes'
import {type Candidate, type Detected, type Detection, type Tree, fileNameOf, packageId} from './detected'
import {goreleaserConfig} from './detect-go'
import {entryAsked, entryStart, unfitRole, withoutBin} from './entry-start'
import {moduleStart, withoutCommand} from './module-start'
import {isOtherKind, isServerName} from './program-kinds'
import {evidenceOf, isLike, isLikeCrate, isOnlyOfCrate} from './role-evidence'
import {isClient, isSdk, sdkOf} from './sdk-dependencies'
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
  const commands = found.packages.map(each => serverOf(each, surroundings))
  const asked = (each: Detected) => settingsOf(settings.servers, {id: packageId(each), ...each}).role
  const {packages, reasons: modules} = withoutCommands(commands, {tree, asked})
  const evidence = new Map(
    packages.map(each => [each, modules.get(each) ?? evidenceOf(each, {packages, tree, folder})]),
  )
  const known = packages.filter(each => evidence.get(each) !== undefined)
  const reasons = new Map(
    packages.map(each => [each, evidence.get(each) ?? guess(each, {packages, known, folder, tree})]),
  )
  // Of a repository without any server, the programs are what there is to release.
  const alone = ![...reasons.values()].some(reason => reason !== undefined)
  const candidates = packages.map((each): Candidate => {
    const reason = reasons.get(each)
    const role =
      each.executables.length === 0 && each.module === undefined && each.entry === undefined
        ? 'library'
        : reason === undefined
          ? 'program'
          : 'server'
    const given = asked(each)
    if (role === 'library') return {...each, role, roleReason: 'installs no command'}
    if (given !== undefined) return {...each, role: given, roleReason: 'the settings say so'}
    return role === 'server' ? {...each, role, roleReason: reason ?? ''} : program(each, {packages, tree, alone})
  })
  const findings = [
    ...(undecided(candidates) ?? []),
    ...candidates.flatMap(each => [
      ...withoutCommand(each, tree),
      ...withoutBin(each),
      ...unfitRole(each, asked(each)),
    ]),
  ]
  return {...found, packages: candidates, findings: [...(found.findings ?? []), ...findings]}
}

/** The packages with what is started of those that install no command, and why it is. */
function withoutCommands(
  commands: readonly Detected[],
  {tree, asked}: {readonly tree: Tree; readonly asked: (each: Detected) => Candidate['role'] | undefined},
) {
  const reasons = new Map<Detected, string>()
  const packages = commands.map(each => {
    const module = moduleStart(each, commands, tree)
    const entry = entryStart(each, commands, tree) ?? entryAsked(each, asked(each), tree)
    const reason = module?.reason ?? entry?.reason
    const known: Detected = {
      ...each,
      ...(module === undefined ? {} : {module: module.module}),
      ...(entry === undefined ? {} : {entry: entry.entry, entries: [entry.entry]}),
    }
    if (reason !== undefined) reasons.set(known, reason)
    return known
  })
  return {packages, reasons}
}

/** The package with the command first that is its server. */
function serverOf(each: Detected, {tree, settings}: Surroundings): Detected {
  if (each.executables.length < 2) return withSource(each, tree)
  const asked = settingsOf(settings.servers, {id: packageId(each), ...each}).executable
  const given = asked === undefined ? undefined : serverCommand(each.executables, {name: each.name, asked})
  const first = given ?? likelyCommand(each, tree)
  return withSource({...each, executables: [first, ...each.executables.filter(name => name !== first)]}, tree)
}

/** With where its command is named, when npx and uvx would look for one that is called like the package. */
function withSource(each: Detected, {texts}: Tree): Detected {
  const {ecosystem, path, name, executables} = each
  const [first] = executables
  if (first === undefined || (ecosystem !== 'npm' && ecosystem !== 'pypi') || sameName(first, fileNameOf(name))) {
    return each
  }
  const source = configurationsFor(path, texts).find(({argv}) => namesCommand(argv, first))?.source
  return source === undefined ? each : {...each, commandSource: source}
}

const packageOption = /^(?:-p|--package|--from|--spec)(?:=|$)/

function namesCommand(argv: readonly string[], command: string): boolean {
  const [program = ''] = argv
  if (sameName(fileNameOf(program), command)) return true
  const named = argv.some(word => packageOption.test(word)) || (program === 'uv' && argv.includes('run'))
  return named && withoutPackage(argv).some(word => sameName(word, command))
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

interface Rivals {
  readonly packages: readonly Detected[]
  readonly known: readonly Detected[]
  readonly folder: string
  readonly tree: Tree
}

/** Without any evidence, a package is a server when no other is more likely. */
function guess(each: Detected, {packages, known, folder, tree}: Rivals): string | undefined {
  if (each.executables.length === 0) return undefined
  // npm and Python packages bring programs of other languages to their users.
  const twin = known.find(other =>
    other.executables.some(command => each.executables.some(own => sameName(own, command))),
  )
  if (twin !== undefined) return `installs ${twin.name}, the server of ${twin.manifest}`
  if (known.length > 0) return undefined
  if (isSdk(each) || isClient(each, tree) || (isOtherKind(each) && sdkOf(each, tree) !== undefined)) return undefined
  if (each.ecosystem === 'npm' || each.ecosystem === 'pypi') return 'installs a command'
  const rivals = packages.filter(other => other.ecosystem === each.ecosystem && other.aside === undefined)
  if (isOtherKind(each) && !rivals.every(isOtherKind)) return undefined
  const own = rivals.filter(({path}) => path === each.path)
  if (own.length < 2) return 'the only program of its module'
  if (isLike(each, folder)) return 'named like its repository or module'
  if (own.some(other => isLike(other, folder))) return undefined
  const served = own.find(({name}) => isServerName(name))
  if (served !== undefined) return served === each ? 'named like a server' : undefined
  return isLikeCrate(each) ? 'named like its crate' : undefined
}

/** Where nothing tells a server from the other programs, whoever releases them has to. */
function undecided(packages: readonly Candidate[]): Detection['findings'] {
  const programs = packages.filter(({role}) => role === 'program')
  // A load test is the last that is meant.
  const first = programs.find(each => !isOtherKind(each)) ?? programs[0]
  if (first === undefined || packages.some(({role}) => role === 'server')) return []
  const named = programs.map(({name}) => name).join(', ')
  return [
    {
      level: 'warning',
      subject: first.manifest,
      text: `nothing tells that ${named} ${programs.length === 1 ? 'is a server' : 'are servers'}: only --version or --help is checked`,
      hint: `For a server, say so in the settings: servers: {${first.name}: {role: server}}`,
    },
  ]
}

interface Company {
  readonly packages: readonly Detected[]
  readonly tree: Tree
  readonly alone: boolean
}

function program(each: Detected, {packages, tree, alone}: Company): Candidate {
  const roleReason = 'neither server.json, a manifest or a README nor its code and name say that it is a server'
  const role = 'program'
  if (alone || each.aside !== undefined || each.ecosystem === 'npm' || each.ecosystem === 'pypi')
    return {...each, role, roleReason}
  const use = usedBy(each, packages, tree)
  if (use !== undefined) return {...each, role, roleReason: `${roleReason}; ${use}`}
  const aside = {
    reason: roleReason,
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
  const readme = readmesFor(each.path, texts).find(file => installs(texts[file] ?? '', each, packages))
  return readme === undefined ? undefined : `${readme} tells users to install it`
}

function folderIn({main = '.'}: Detected): string {
  return main === '.' ? '.' : main.replace(/^\.\//, '')
}

function installs(text: string, each: Detected, packages: readonly Detected[]): boolean {
  const {ecosystem, name, crate = name, importPath} = each
  if (ecosystem === 'go')
    return importPath !== undefined && [...text.matchAll(/go install (\S+?)@/g)].some(([, path]) => path === importPath)
  return [...text.matchAll(/cargo b?install\s([^\n`;&|]*)/g)].some(([, line = '']) => {
    const bins = [...line.matchAll(/--bin[= ](\S+)/g)].map(([, bin]) => bin)
    if (bins.length > 0) return bins.includes(name)
    // Of several programs of a crate, some are only for its developers.
    return isOnlyOfCrate(each, packages) && line.split(/\s+/).some(word => word.replace(/@.*$/, '') === crate)
  })
}
