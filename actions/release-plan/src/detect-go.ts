import {type Detected, type Detection, type Detector, type Tree, below, folderOf, mergeDetections} from './detected'

/** Go programs: `package main` at the root of a module or in a folder of `cmd/` (https://go.dev/doc/modules/layout). */
export const detectGo: Detector = tree =>
  mergeDetections(tree.files.filter(file => /(^|\/)go\.mod$/.test(file)).map(file => detect(file, tree)))

function detect(file: string, tree: Tree): Detection {
  const [, module] = /^module\s+"?([^\s"]+)"?/m.exec(tree.texts[file] ?? '') ?? []
  if (module === undefined) return {packages: [], skipped: [], problems: [`${file}: has no module line`]}
  const path = folderOf(file)
  const names = new Map<string, string>()
  for (const source of tree.files) {
    const [, folder] = new RegExp(`^${escaped(below(path, ''))}(?:cmd/([^/]+)/)?[^/]+\\.go$`).exec(source) ?? [
      undefined,
      undefined,
    ]
    const direct = folder !== undefined || folderOf(source) === path
    if (direct && isProgram(tree.texts[source] ?? ''))
      names.set(folder ?? moduleName(module), folder === undefined ? '.' : `./cmd/${folder}`)
  }
  if (names.size === 0)
    return {packages: [], skipped: [{subject: file, reason: 'no package main at its root or in cmd/'}], problems: []}
  const packages = [...names].map(([name, main]): Detected => ({
    ecosystem: 'go',
    path,
    name,
    manifest: file,
    executables: [name],
    main,
  }))
  return {packages, skipped: [], problems: []}
}

/** The last part of a module path that is no major version suffix, as `go install` names the binary. */
function moduleName(module: string): string {
  const parts = module.split('/')
  return (/^v\d+$/.test(parts.at(-1) ?? '') ? parts.at(-2) : parts.at(-1)) ?? module
}

function isProgram(source: string): boolean {
  return /^package main\b/m.test(source) && !/^\/\/go:build ignore\b/m.test(source)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
