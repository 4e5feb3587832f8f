import {z} from 'zod'
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
const cargoToml = z.looseObject({
  package: z
    .looseObject({
      name: z.string(),
      version: z.union([z.string(), inherited]).optional(),
      license: z.union([z.string(), inherited]).optional(),
    })
    .optional(),
  bin: z.array(z.looseObject({name: z.string().optional()})).optional(),
  workspace: z
    .looseObject({package: z.looseObject({version: z.string().optional(), license: z.string().optional()}).optional()})
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
  const shared = workspaceOf(path, contents)?.workspace?.package
  const version = typeof crate.version === 'string' ? crate.version : shared?.version
  if (version === undefined) return {packages: [], skipped: [], problems: [`${file}: has no version`]}
  const license = typeof crate.license === 'string' ? crate.license : shared?.license
  const packages = programs.map((name): Detected => ({
    ecosystem: 'cargo',
    path,
    name,
    version,
    manifest: file,
    executables: [name],
    main: name,
    ...(license === undefined ? {} : {license}),
  }))
  return {packages, skipped: [], problems: []}
}

function binaries(content: CargoToml, path: string, files: readonly string[]): readonly string[] {
  const name = content.package?.name ?? ''
  const declared = (content.bin ?? []).flatMap(each => each.name ?? [])
  const main = files.includes(below(path, 'src/main.rs')) && declared.length === 0 ? [name] : []
  const prefix = below(path, 'src/bin/')
  const others = files.filter(
    file => file.startsWith(prefix) && /^[^/]+(\.rs|\/main\.rs)$/.test(file.slice(prefix.length)),
  )
  const found = others.map(file => file.slice(prefix.length).replace(/(\/main)?\.rs$/, ''))
  return serverFirst([...new Set([...main, ...declared, ...found])], name)
}

/** The manifest of the workspace that a crate belongs to: the nearest one above that has one. */
function workspaceOf(path: string, contents: ReadonlyMap<string, CargoToml>): CargoToml | undefined {
  for (let folder = path; ; folder = folderOf(folder)) {
    const manifest = contents.get(below(folder, 'Cargo.toml'))
    if (manifest?.workspace !== undefined || folder === '.') return manifest
  }
}
