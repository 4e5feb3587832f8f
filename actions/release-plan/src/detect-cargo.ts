import {z} from 'zod'
import {type Apart, apartFrom} from './cargo-workspace'
import {
  type Detected,
  type Detection,
  type Detector,
  type Tree,
  below,
  folderOf,
  mergeDetections,
  serverFirst,
} from './detected'
import {readToml} from './read-manifest'

const inherited = z.looseObject({workspace: z.literal(true)})
const texts = z.array(z.string())
const cargoToml = z.looseObject({
  package: z
    .looseObject({
      name: z.string(),
      version: z.union([z.string(), inherited]).optional(),
      license: z.union([z.string(), inherited]).optional(),
      edition: z.union([z.string(), inherited]).optional(),
      autobins: z.boolean().optional(),
      'default-run': z.string().optional(),
    })
    .optional(),
  bin: z
    .array(
      z.looseObject({name: z.string().optional(), path: z.string().optional(), 'required-features': texts.optional()}),
    )
    .optional(),
  features: z.record(z.string(), z.unknown()).optional(),
  workspace: z
    .looseObject({
      members: texts.optional(),
      exclude: texts.optional(),
      package: z.looseObject({version: z.string().optional(), license: z.string().optional()}).optional(),
    })
    .optional(),
})
type CargoToml = z.infer<typeof cargoToml>

/** Rust programs: crates with a binary target (https://doc.rust-lang.org/cargo/reference/cargo-targets.html). */
export const detectCargo: Detector = tree => {
  const problems: string[] = []
  const contents = new Map<string, CargoToml>()
  for (const file of tree.files.filter(each => /(^|\/)Cargo\.toml$/.test(each))) {
    const content = readToml(cargoToml, {file, text: tree.texts[file] ?? ''}, problems)
    if (content !== undefined) contents.set(file, content)
  }
  return mergeDetections([
    {packages: [], skipped: [], problems},
    ...[...contents].map(([file, content]) => detect({file, content, contents}, tree)),
  ])
}

interface Crate {
  readonly file: string
  readonly content: CargoToml
  readonly contents: ReadonlyMap<string, CargoToml>
}

function detect({file, content, contents}: Crate, {files}: Tree): Detection {
  const crate = content.package
  if (crate === undefined) return {packages: [], skipped: [], problems: []}
  const path = folderOf(file)
  const programs = binaries(content, path, files)
  if (programs.length === 0)
    return {packages: [], skipped: [{subject: file, reason: 'the crate has no binary'}], problems: []}
  const root = workspaceOf(path, contents)
  const shared = root?.content.workspace?.package
  // A crate that is not published needs no version (https://doc.rust-lang.org/cargo/reference/manifest.html#the-version-field).
  const version = typeof crate.version === 'object' ? shared?.version : (crate.version ?? '0.0.0')
  if (version === undefined) return {packages: [], skipped: [], problems: [`${file}: has no version`]}
  const license = typeof crate.license === 'object' ? shared?.license : crate.license
  const packages = programs.map((name): Detected => {
    const aside: Apart | undefined =
      apartFrom(root, path, contents) ?? (programs.length === 1 ? undefined : withoutFeatures(name, content))
    return {
      ecosystem: 'cargo',
      path,
      name,
      version,
      manifest: file,
      executables: [name],
      main: name,
      ...(name === crate.name ? {} : {crate: crate.name}),
      ...(license === undefined ? {} : {license}),
      ...(aside === undefined
        ? {}
        : {aside: {hint: `To release it, name it in the settings: programs: [${name}]`, ...aside}}),
    }
  })
  return {packages, skipped: [], problems: []}
}

function binaries(content: CargoToml, path: string, files: readonly string[]): readonly string[] {
  const crate = content.package
  const name = crate?.name ?? ''
  const declared = content.bin ?? []
  const names = declared.flatMap(each => each.name ?? [])
  // A file that a target names is no target of its own again.
  const paths = new Set(declared.flatMap(each => each.path ?? []))
  const found = discovers(content) ? discovered(name, path, files).filter(each => !paths.has(each.path)) : []
  const all = [...new Set([...names, ...found.map(each => each.name)])]
  const first = crate?.['default-run']
  return first !== undefined && all.includes(first)
    ? [first, ...all.filter(each => each !== first)]
    : serverFirst(all, name)
}

// https://doc.rust-lang.org/cargo/reference/cargo-targets.html#target-auto-discovery
function discovers({package: crate, bin}: CargoToml): boolean {
  if (crate?.autobins !== undefined) return crate.autobins
  return !(bin !== undefined && (crate?.edition === undefined || crate.edition === '2015'))
}

function discovered(name: string, path: string, files: readonly string[]) {
  const main = files.includes(below(path, 'src/main.rs')) ? [{name, path: 'src/main.rs'}] : []
  const prefix = below(path, 'src/bin/')
  const others = files.filter(
    file => file.startsWith(prefix) && /^[^/]+(\.rs|\/main\.rs)$/.test(file.slice(prefix.length)),
  )
  return [
    ...main,
    ...others.map(file => ({
      name: file.slice(prefix.length).replace(/(\/main)?\.rs$/, ''),
      path: `src/bin/${file.slice(prefix.length)}`,
    })),
  ]
}

interface Workspace {
  readonly folder: string
  readonly content: CargoToml
}

/** The workspace that a crate belongs to: that of the nearest manifest above which has one. */
function workspaceOf(path: string, contents: ReadonlyMap<string, CargoToml>): Workspace | undefined {
  for (let folder = path; ; folder = folderOf(folder)) {
    const content = contents.get(below(folder, 'Cargo.toml'))
    if (content?.workspace !== undefined) return {folder, content}
    if (folder === '.') return undefined
  }
}

// What `cargo build` leaves out without being told.
function withoutFeatures(
  name: string,
  {bin, features, package: crate}: CargoToml,
): {readonly reason: string} | undefined {
  const needed = bin?.find(each => each.name === name)?.['required-features'] ?? []
  const given = new Set<string>()
  const add = (feature: string): void => {
    if (given.has(feature)) return
    given.add(feature)
    const more = features !== undefined && Object.hasOwn(features, feature) ? features[feature] : []
    for (const each of Array.isArray(more) ? more : []) if (typeof each === 'string') add(each)
  }
  add('default')
  const missing = needed.filter(feature => !given.has(feature))
  // The program that the crate is named after, or that is for MCP, is what its users want, with whatever it takes.
  if (missing.length === 0 || name === crate?.name || /(?:^|[-_])mcp(?:[-_]|$)/i.test(name)) return undefined
  return {reason: `it needs the features ${missing.join(', ')}, which are not enabled by default`}
}
