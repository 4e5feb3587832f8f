import {record, texts} from '@mcp-release/package-rules'
import type {PlanFinding, PlannedPackage} from '@mcp-release/release-model'
import {type Configuration, configurationsFor, launchOf} from '@mcp-release/start-recipes'
import {type Candidate, type Detected, type Tree, below} from './detected'
import {isOtherKind} from './program-kinds'
import {isClient, isSdk, sdkOf} from './sdk-dependencies'
import {startTarget} from './start-target'

/** How an npm package without a command is started, and why it is a server. */
export interface EntryStart {
  /** What `node` starts, relative to the package. */
  readonly entry: string
  readonly reason: string
}

/**
 * The file by which users start an npm package that has no `bin`: a package with an MCP SDK of which server.json, a
 * manifest, the instructions or a start script say that it is started.
 */
export function entryStart(each: Detected, packages: readonly Detected[], tree: Tree): EntryStart | undefined {
  if (!isWithoutCommand(each) || isSdk(each) || isClient(each, tree) || sdkOf(each, tree) === undefined)
    return undefined
  const found = told(each, packages, tree) ?? bundled(each, tree) ?? listed(each, tree)
  return found ?? (isOtherKind(each) ? undefined : scripted(each, tree))
}

/** The file of a package of which the settings say that it is a server. */
export function entryAsked(
  each: Detected,
  role: PlannedPackage['role'] | undefined,
  tree: Tree,
): EntryStart | undefined {
  const entry = role === 'server' && isWithoutCommand(each) ? mainOf(each, tree) : undefined
  return entry === undefined ? undefined : {entry, reason: 'the settings say so'}
}

// What carries files for one platform is started by the package that depends on it.
function isWithoutCommand({ecosystem, executables, only}: Detected): boolean {
  return ecosystem === 'npm' && executables.length === 0 && only === undefined
}

const isFile = /\.[cm]?js$/

function json(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse((text ?? '{}').replace(/^\uFEFF/, '')))
  } catch {
    // What is wrong with it is told where it is published.
    return {}
  }
}

/** https://nodejs.org/api/packages.html#package-entry-points */
function mainOf({path, manifest}: Detected, {files, texts: read}: Tree): string | undefined {
  const {main, exports} = json(read[manifest])
  const named = [main, exports, record(exports)['.'], ...Object.values(texts(record(exports)['.']))]
  const given = named.find(each => typeof each === 'string' && !/\.(?:json|d\.[cm]?ts)$/.test(each))
  if (typeof given === 'string') return asFile(given)
  return ['index.js', 'index.mjs'].find(file => files.includes(below(path, file)))
}

// https://nodejs.org/api/modules.html#all-together; TypeScript is no program in an installed package.
function asFile(path: string): string | undefined {
  const plain = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
  if (isFile.test(plain)) return plain
  if (plain === '' || plain.endsWith('/') || /^(?:dist|build|lib|out)$/.test(plain))
    return `${plain.replace(/\/?$/, plain === '' ? '' : '/')}index.js`
  return /\.\w+$/.test(plain) ? undefined : `${plain}.js`
}

function told(each: Detected, packages: readonly Detected[], tree: Tree): EntryStart | undefined {
  const rivals = packages.filter(other => isWithoutCommand(other) && sdkOf(other, tree) !== undefined)
  const main = mainOf(each, tree)
  const target = startTarget(each, packages)
  const alone = target.alone && (rivals.length < 2 || each.path === '.')
  for (const {argv, form, source} of configurationsFor(each.path, tree.texts)) {
    const word = argv.slice(1).find(part => isFile.test(part))
    const entry = (word === undefined ? undefined : ownFile(word, each, tree)) ?? main
    const entries = [main, entry].filter(file => file !== undefined)
    if (argv.length === 0 || launchOf(argv, {...target, alone, entries})?.by !== 'own') continue
    if (entry !== undefined && isStart(form, argv))
      return {entry, reason: `${source} tells ${form === 'client' ? 'clients' : 'users'} to start it`}
  }
  return undefined
}

// A line to type may run anything that the package has; `npx NAME` finds no command.
function isStart(form: Configuration['form'], argv: readonly string[]): boolean {
  const runsFile = argv.slice(1).some(each => isFile.test(each))
  return runsFile || (form === 'client' && !/^(?:npx|bunx|pnpx)$/.test(argv[0] ?? ''))
}

const built = /^(?:dist|build|lib|out|bin|src|esm|cjs)$/

/** The part of a path on somebody's machine that lies in the package. */
function ownFile(word: string, {path, manifest}: Detected, tree: Tree): string | undefined {
  const parts = word.replaceAll('\\', '/').split('/')
  const ends = parts.map((_, at) => parts.slice(at).join('/')).filter(end => end !== '')
  const inside = path === '.' ? undefined : ends.find(end => end.startsWith(`${path}/`))?.slice(path.length + 1)
  if (inside !== undefined) return inside
  const main = mainOf({path, manifest} as Detected, tree)
  const known = ends.find(end => end === main || tree.files.includes(below(path, end)))
  if (known !== undefined) return known
  // A build is no part of the repository: its folders stand last, and one in another.
  let at = parts.slice(0, -1).findLastIndex(part => built.test(part))
  while (at > 0 && built.test(parts[at - 1] ?? '')) at--
  return at < 0 ? undefined : parts.slice(at).join('/')
}

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md
function bundled(each: Detected, tree: Tree): EntryStart | undefined {
  for (const file of ['manifest.json', 'mcpb/manifest.json'].map(name => below(each.path, name))) {
    const {manifest_version: version, dxt_version: older, server} = json(tree.texts[file])
    const {type, entry_point: point} = record(server)
    if ((version ?? older) === undefined || type !== 'node' || typeof point !== 'string') continue
    const entry = ownFile(point, each, tree) ?? asFile(point)
    if (entry !== undefined) return {entry, reason: `${file} makes an MCP bundle of it`}
  }
  return undefined
}

function listed(each: Detected, tree: Tree): EntryStart | undefined {
  const entry = mainOf(each, tree)
  for (const file of new Set(['server.json', below(each.path, 'server.json')])) {
    const {packages} = json(tree.texts[file])
    const own = (Array.isArray(packages) ? packages : [])
      .map(record)
      .some(({registryType, identifier}) => registryType === 'npm' && identifier === each.name)
    if (own && entry !== undefined) return {entry, reason: `${file} lists it`}
  }
  return undefined
}

/** `npm start` and what is named alike; a script that runs the sources stands for what is built of them. */
function scripted(each: Detected, tree: Tree): EntryStart | undefined {
  const {scripts = {}} = each.sources ?? {}
  for (const name of ['start', 'serve', 'server', 'mcp', 'stdio', 'start:mcp', 'start:stdio']) {
    const line = Object.hasOwn(scripts, name) ? (scripts[name] ?? '') : ''
    const [, file = ''] = /(?:^|[\s;&|])node(?:js)?\s+(?:--?[\w-]+(?:=\S+)?\s+)*["']?([^\s"';&|]+)/.exec(line) ?? []
    const runs = /(?:^|[\s;&|/])(?:tsx|ts-node|bun|nodemon)\s+(?:run\s+)?\S+\.[cm]?ts/.test(line)
    const isOwn = file !== '' && !/^(?:[./]*)(?:node_modules|scripts?|tests?|examples?|docs?)\//.test(file)
    const entry = /^\.\/?$/.test(file) || (!isOwn && runs) ? mainOf(each, tree) : isOwn ? asFile(file) : undefined
    const sdk = sdkOf(each, tree) ?? ''
    if (entry !== undefined) return {entry, reason: `depends on ${sdk}, and its script ${name} starts it`}
  }
  return undefined
}

/** The lines that give a package its command (https://docs.npmjs.com/cli/configuring-npm/package-json#bin). */
export function binHint({name, manifest}: Pick<Detected, 'name' | 'manifest'>, entry: string): string {
  const command = name.replace(/^@[^/]*\//, '')
  const line = `"bin": {${JSON.stringify(command)}: ${JSON.stringify(entry)}}`
  return `Add to ${manifest}:\n${line}\nand begin that file, in the source as well, with the line #!/usr/bin/env node`
}

/** What users of `npx` meet where a server installs no command, and the line that gives it one. */
export function withoutBin(each: Candidate): readonly PlanFinding[] {
  if (each.entry === undefined || each.role === 'library') return []
  return [
    {
      level: 'warning',
      subject: each.manifest,
      text: `\`npx ${each.name}\` finds no command: it is started by \`node\` with its file ${each.entry} alone`,
      hint: binHint(each, each.entry),
    },
  ]
}

/** A role of the settings that a package without anything to start cannot have. */
export function unfitRole(each: Candidate, role: PlannedPackage['role'] | undefined): readonly PlanFinding[] {
  if (role === undefined || each.role === role) return []
  const isNpm = each.ecosystem === 'npm'
  const missing = !isNpm ? 'installs no command' : role === 'program' ? 'has no "bin"' : 'has no "bin" and no "main"'
  const hint = isNpm
    ? `Add to ${each.manifest}:\n"bin": {${JSON.stringify(each.name.replace(/^@[^/]*\//, ''))}: "FILE"}\nwhere FILE is what starts it, such as dist/index.js, with the first line #!/usr/bin/env node`
    : `Add to ${each.manifest}:\n[project.scripts]\n${each.name} = "MODULE:main"\nwhere main is the function of MODULE that starts it.`
  return [
    {
      level: 'warning',
      subject: each.manifest,
      text: `the settings give ${each.name} the role ${role}, and it ${missing}: nothing of it can be started, so that it is released as a library, unverified`,
      hint,
    },
  ]
}
