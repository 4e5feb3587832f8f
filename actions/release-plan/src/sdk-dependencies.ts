import {parse as parseToml} from 'smol-toml'
import {type Detected, type Tree, below, fileNameOf, folderOf} from './detected'
import {moduleOf} from './detect-go'
import {readGoSource} from './go-source'
import {pythonProjectName} from '@mcp-release/release-model'

// Libraries with which servers are written; each is somebody's choice in the field.
const npmSdk =
  /^(?:@modelcontextprotocol\/(?:sdk|server(?:-[\w-]+)?|node|core)|fastmcp|mcp-framework|xmcp|mcp-handler|@vercel\/mcp-adapter|@mastra\/mcp|mcp-lite|@tmcp\/[\w-]+|tmcp|mcp-use|@mcp-use\/[\w-]+|litemcp|easy-mcp|@nestjs-mcp\/[\w-]+|@rekog\/mcp-nest|muppet|mcp-proxy|skybridge)$/
const pythonSdk =
  /^(?:mcp|fastmcp|fastapi-mcp|mcp-server|mcpadapt|mcp-framework|chuk-mcp-server|arcade-mcp(?:-server)?|golf-mcp|mcp-use|django-mcp-server|awslabs-mcp-[\w-]+|fastmcp-slim)$/
const cargoSdk =
  /^(?:rmcp|rust-mcp-sdk|mcp-sdk|mcp-server|mcpr|rust_mcp_sdk|mcp-core|mcp-protocol-sdk|pmcp|turbomcp|tower-mcp|mcp_rs|mcp-rs|mcp-spec|mcp-attr|poem-mcpserver|async-mcp|mcp_core|mcp-framework|ultrafast-mcp|prism-mcp-rs)$/
const goSdk =
  /^(?:github\.com\/(?:mark3labs\/mcp-go|modelcontextprotocol\/go-sdk|metoro-io\/mcp-golang|ThinkInAIXYZ\/go-mcp|riza-io\/mcp-go|viant\/mcp|mcpkit\/[\w-]+|localrivet\/gomcp|strowk\/foxy-contexts|trpc-group\/trpc-mcp-go|paulsmith\/mcp-go|llmcontext\/gomcp|richard-senior\/mcp)|trpc\.group\/trpc-go\/trpc-mcp-go)(?:\/|$)/

/** The library for MCP that a package is written with; `undefined` when there is none. */
export function sdkOf(each: Detected, tree: Tree): string | undefined {
  if (each.ecosystem === 'go') return goSdkOf(each, tree)
  const local = localPackages(each.ecosystem, tree)
  const seen = new Set<string>()
  const search = (path: string): string | undefined => {
    if (seen.has(path)) return undefined
    seen.add(path)
    const names = dependencies(each.ecosystem, path, tree)
    const sdk = names.find(name => patternOf(each.ecosystem).test(name))
    if (sdk !== undefined) return sdk
    // Also through packages of the repository that are never published.
    const inner = names.flatMap(name => local.get(name) ?? [])
    return inner.map(search).find(found => found !== undefined)
  }
  return search(each.path)
}

/** Whether a package is written with a library for MCP and only with its side of clients. */
export function isClient(each: Detected, tree: Tree): boolean {
  if (each.ecosystem === 'go') {
    const {sdk, serves, calls} = goUse(each, tree)
    return sdk !== undefined && calls && !serves
  }
  if (each.ecosystem !== 'cargo' || sdkOf(each, tree) !== undefined) return false
  const file = below(each.path, manifests.cargo)
  return cargoTables(parsed(file, tree.texts[file] ?? '')).some(table =>
    keysOf(table).some(name => onlyClient(at(table, name)) && cargoSdk.test(crateOf(table, name))),
  )
}

const manifests = {npm: 'package.json', pypi: 'pyproject.toml', cargo: 'Cargo.toml', go: 'go.mod', oci: ''} as const

/** The folders of the repository's packages, by name. */
function localPackages(ecosystem: Detected['ecosystem'], {texts}: Tree): ReadonlyMap<string, string> {
  const files = Object.keys(texts).filter(file => fileNameOf(file) === manifests[ecosystem])
  const named = files.flatMap(file => {
    const manifest = parsed(file, texts[file] ?? '')
    const name =
      at(manifest, 'name') ??
      at(manifest, 'project', 'name') ??
      at(manifest, 'package', 'name') ??
      at(manifest, 'tool', 'poetry', 'name')
    return typeof name === 'string' ? [[ecosystem === 'pypi' ? pythonName(name) : name, folderOf(file)] as const] : []
  })
  return new Map(named)
}

function parsed(file: string, text: string): unknown {
  try {
    return file.endsWith('.json') ? JSON.parse(text) : parseToml(text)
  } catch {
    // What is wrong with it is told where the package itself is read.
    return undefined
  }
}

/** Whether a package is itself a library with which servers are written. */
export function isSdk(each: Detected): boolean {
  return each.ecosystem === 'go'
    ? goSdk.test(`${each.importPath ?? ''}/`)
    : patternOf(each.ecosystem).test(nameIn(each))
}

function patternOf(ecosystem: Detected['ecosystem']): RegExp {
  return ecosystem === 'npm' ? npmSdk : ecosystem === 'pypi' ? pythonSdk : cargoSdk
}

function nameIn({ecosystem, name, crate = name}: Detected): string {
  return ecosystem === 'pypi' ? pythonName(name) : crate
}

function pythonName(requirement: string): string {
  return pythonProjectName(/^\s*([\w.-]+)/.exec(requirement)?.[1] ?? '')
}

type Loose = Readonly<Record<string, unknown>>

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Loose)[key] : undefined,
    value,
  )
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

function dependencies(ecosystem: Detected['ecosystem'], path: string, {texts}: Tree): readonly string[] {
  const file = below(path, manifests[ecosystem])
  const manifest = parsed(file, texts[file] ?? '')
  // Servers that are bundled have what they are made of among what they are built with.
  const kinds = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
  if (ecosystem === 'npm') return kinds.flatMap(kind => keysOf(at(manifest, kind)))
  return ecosystem === 'pypi' ? pythonDependencies(manifest, path, texts) : cargoDependencies(manifest)
}

function pythonDependencies(manifest: unknown, path: string, texts: Tree['texts']): readonly string[] {
  const optional = Object.values((at(manifest, 'project', 'optional-dependencies') ?? {}) as Loose).flatMap(textsOf)
  const setup = `${texts[below(path, 'setup.cfg')] ?? ''}\n${texts[below(path, 'setup.py')] ?? ''}`
  const quoted = [...setup.matchAll(/(?:^\s+|['"])(mcp|fastmcp)(?=[\s[<>=~!'",]|$)/gm)].map(([, name = '']) => name)
  return [
    ...textsOf(at(manifest, 'project', 'dependencies')),
    ...optional,
    ...keysOf(at(manifest, 'tool', 'poetry', 'dependencies')),
    ...quoted,
  ].map(pythonName)
}

function cargoDependencies(manifest: unknown): readonly string[] {
  return cargoTables(manifest).flatMap(table =>
    keysOf(table)
      .filter(name => !onlyClient(at(table, name)))
      .map(name => crateOf(table, name)),
  )
}

function cargoTables(manifest: unknown): readonly unknown[] {
  return [
    at(manifest, 'dependencies'),
    ...Object.values((at(manifest, 'target') ?? {}) as Loose).map(target => at(target, 'dependencies')),
  ]
}

function crateOf(table: unknown, name: string): string {
  const renamed = at(table, name, 'package')
  return typeof renamed === 'string' ? renamed : name
}

// `rmcp` and `rust-mcp-sdk` have a feature for each side.
function onlyClient(dependency: unknown): boolean {
  const features = textsOf(at(dependency, 'features'))
  return at(dependency, 'default-features') === false && features.includes('client') && !features.includes('server')
}

const serverApi =
  /\b(?:NewServer|NewMCPServer|NewStreamableHTTPServer|NewStreamableHTTPHandler|NewSSEServer|NewSSEHandler|ServeStdio|NewStdioServer|NewStdioServerTransport|StdioTransport|NewApp|AddTool|RegisterTool)\b/
const clientApi =
  /\b(?:NewClient|NewMCPClient|NewStdioMCPClient|NewStreamableHttpClient|NewSSEMCPClient|CommandTransport)\b/

function goSdkOf(each: Detected, tree: Tree): string | undefined {
  const {sdk, serves, calls} = goUse(each, tree)
  return sdk === undefined || (calls && !serves) ? undefined : goSdk.exec(sdk)?.[0].replace(/\/$/, '')
}

interface GoUse {
  readonly sdk: string | undefined
  readonly serves: boolean
  readonly calls: boolean
}

/** A Go program is written with what it and the packages of its module import: the libraries of servers serve clients too. */
function goUse(each: Detected, tree: Tree): GoUse {
  const module = moduleOf(tree.texts[below(each.path, 'go.mod')] ?? '') ?? ''
  const start = each.main === undefined || each.main === '.' ? '.' : each.main.replace(/^\.\//, '')
  const seen = new Set<string>()
  const queue = [start]
  let sdk: string | undefined
  let [serves, calls] = [false, false]
  for (let folder = queue.shift(); folder !== undefined && seen.size < 500; folder = queue.shift()) {
    if (seen.has(folder)) continue
    seen.add(folder)
    for (const {text, imports} of goFiles(
      below(each.path, folder === '.' ? '' : folder).replace(/\/$/, '') || '.',
      tree,
    )) {
      const found = imports.find(path => goSdk.test(path))
      sdk ??= found
      if (found !== undefined)
        [serves, calls] = [
          serves || serverApi.test(text) || found.endsWith('/server'),
          calls || clientApi.test(text) || /\/client(?:\/|$)/.test(found),
        ]
      queue.push(
        ...imports.flatMap(path =>
          path === module ? ['.'] : path.startsWith(`${module}/`) ? [path.slice(module.length + 1)] : [],
        ),
      )
    }
  }
  return {sdk, serves, calls}
}

interface GoFile {
  readonly text: string
  readonly imports: readonly string[]
}

const indexes = new WeakMap<Tree, ReadonlyMap<string, readonly string[]>>()

function goFiles(folder: string, tree: Tree): readonly GoFile[] {
  return (goFolders(tree).get(folder) ?? []).flatMap(file => {
    const text = tree.texts[file]
    if (text === undefined) return []
    // Imports stand before everything else that is declared.
    const end = text.search(/^(?:func|type|var|const)\b/m)
    return [{text, imports: readGoSource(end < 0 ? text : text.slice(0, end)).imports}]
  })
}

function goFolders(tree: Tree): ReadonlyMap<string, readonly string[]> {
  const known = indexes.get(tree)
  if (known !== undefined) return known
  const folders = new Map<string, string[]>()
  for (const file of tree.files.filter(each => each.endsWith('.go'))) {
    const own = folders.get(folderOf(file)) ?? []
    own.push(file)
    folders.set(folderOf(file), own)
  }
  indexes.set(tree, folders)
  return folders
}
