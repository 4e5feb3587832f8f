import {type PlanFinding, type PlannedPackage, type Skip, serverCommand} from '@mcp-release/release-model'

/** A package as its manifest describes it; the version is absent when the tag alone decides it. */
export interface Detected extends Omit<PlannedPackage, 'id' | 'version' | 'purl' | 'role' | 'roleReason'> {
  readonly version?: string
  /** The file that says the version, where that is not the manifest. */
  readonly versionFile?: string
  /** Go: the package to build, such as `./cmd/server`. Cargo: the binary's name. */
  readonly main?: string
  /** Files or modules behind the commands, by which instructions may name them. */
  readonly entries?: readonly string[]
  /** Go: the import path of the program. */
  readonly importPath?: string
  /** What its sources say of it, by which instructions may mean it; no part of a plan. */
  readonly sources?: PackageSources
  /** Why it is not released unless the settings name it. */
  readonly aside?: Omit<Skip, 'subject'>
}

/** What the sources of a package say of it besides its commands. */
export interface PackageSources {
  /** What its manifest calls command lines for developers, such as `scripts` of package.json. */
  readonly scripts?: Readonly<Record<string, string>>
  /** Python: the first parts of the names of what can be imported. */
  readonly modules?: readonly string[]
  /** Python: what `python -m` runs, the likeliest first. */
  readonly runnable?: readonly {readonly module: string; readonly file: string}[]
  /** Python: the names of its optional dependencies. */
  readonly extras?: readonly string[]
  /** Python: the normalized names of what it depends on, also optionally; absent where only its build knows. */
  readonly dependencies?: readonly string[]
}

/** A package of which is known whether it is a server. */
export interface Candidate extends Detected {
  readonly role: PlannedPackage['role']
  readonly roleReason: string
}

/** What one detector found in a repository. */
export interface Detection<P extends Detected = Detected> {
  readonly packages: readonly P[]
  readonly skipped: readonly Skip[]
  /** What stops the release if the package is released. */
  readonly problems: readonly string[]
  /** What does not stop it. */
  readonly findings?: readonly PlanFinding[]
}

/** The files of a repository: all names, and the texts of those that detectors read. */
export interface Tree {
  /** Those where packages may lie: relative, with `/`, sorted. */
  readonly files: readonly string[]
  /** All of them, also committed builds and examples; absent where that is not known. */
  readonly listed?: readonly string[]
  readonly texts: Readonly<Record<string, string>>
  /** Likewise those among examples, tests and documents, whose packages are released only where the settings name them. */
  readonly apart?: Readonly<Record<string, string>>
}

/** Finds the packages of one ecosystem. Pure. */
export type Detector = (tree: Tree) => Detection

/** One detection out of many. */
export function mergeDetections(detections: readonly Detection[]): Detection {
  return {
    packages: detections.flatMap(each => each.packages),
    skipped: detections.flatMap(each => each.skipped),
    problems: detections.flatMap(each => each.problems),
    findings: detections.flatMap(each => each.findings ?? []),
  }
}

/** The id of a package in plans: `ecosystem:path`, and the name of the program behind it where a folder has several. */
export function packageId({ecosystem, path, name, main}: Detected): string {
  return `${ecosystem}:${path}${main === undefined ? '' : `#${name}`}`
}

/** A package in messages: its name, and where it lies; ids are for files. */
export function packageLabel({
  name,
  manifest,
  path,
  main,
}: Pick<Detected, 'name' | 'manifest' | 'path' | 'main'>): string {
  return `${name} (${main?.startsWith('./') === true ? below(path, main.slice(2)) : manifest})`
}

/** The folder of a file, `.` for the root. */
export function folderOf(file: string): string {
  const cut = file.lastIndexOf('/')
  return cut < 0 ? '.' : file.slice(0, cut)
}

/** The name of a file without its folder. */
export function fileNameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

/** Whether a path lies in a folder or below it. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`)
}

/** A path below a folder, both relative to the repository. */
export function below(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`
}

/** The executables, that of the server first. */
export function serverFirst(executables: readonly string[], name: string): readonly string[] {
  const server = serverCommand(executables, {name})
  return server === undefined ? executables : [server, ...executables.filter(each => each !== server)]
}
