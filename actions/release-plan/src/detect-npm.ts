import {z} from 'zod'
import {
  type Detected,
  type Detection,
  type Detector,
  type Tree,
  below,
  folderOf,
  isBelow,
  mergeDetections,
  serverFirst,
} from './detected'
import {isBundleManifest} from '@mcp-release/mcpb/manifest'
import {manifestPlaces} from './manifest-places'
import {readJson} from './read-manifest'
import {isMember, npmMembers, pnpmWorkspaceProblem} from './workspaces'

const texts = z.array(z.string()).optional().catch(undefined)
const packageJson = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  private: z.union([z.boolean(), z.string()]).optional(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  main: z.string().optional().catch(undefined),
  directories: z.looseObject({bin: z.string().optional()}).optional().catch(undefined),
  license: z.string().optional().catch(undefined),
  os: texts,
  cpu: texts,
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
})
type PackageJson = z.infer<typeof packageJson>

/** npm packages: package.json with name and version, not private (https://docs.npmjs.com/cli/configuring-npm/package-json). */
export const detectNpm: Detector = tree =>
  mergeDetections([
    {packages: [], skipped: [], problems: tree.files.flatMap(file => brokenWorkspace(file, tree) ?? [])},
    ...tree.files.filter(file => /(^|\/)package\.json$/.test(file)).map(file => detect(file, tree)),
  ])

function brokenWorkspace(file: string, tree: Tree): string | undefined {
  return /(^|\/)pnpm-workspace\.yaml$/.test(file) ? pnpmWorkspaceProblem(file, tree) : undefined
}

function detect(file: string, tree: Tree): Detection {
  const problems: string[] = []
  const content = readJson(packageJson, {file, text: tree.texts[file] ?? ''}, problems)
  if (content === undefined) return {packages: [], skipped: [], problems}
  const {name, version} = content
  const reason =
    content.private === true || content.private === 'true'
      ? 'private: true, so npm does not publish it'
      : missing(content)
  if (name === undefined || version === undefined || reason !== undefined)
    return {
      packages: [],
      skipped: [{subject: file, reason: reason ?? '', ...privateHint(content, folderOf(file), tree)}],
      problems,
    }
  const path = folderOf(file)
  const {commands, entries} = commandsOf(content, {name, path, tree})
  const aside = commands.length === 0 ? (outside(path, tree) ?? unfilled(content, path, tree)) : undefined
  const detected: Detected = {
    ecosystem: 'npm',
    path,
    name,
    version,
    manifest: file,
    executables: [...serverFirst(commands, name)],
    ...(content.license === undefined ? {} : {license: content.license}),
    ...(entries.length === 0 ? {} : {entries}),
    ...scriptsOf(content),
    ...only(content),
    ...(aside === undefined ? {} : {aside}),
  }
  return {packages: [detected], skipped: [], problems}
}

function scriptsOf({scripts = {}}: PackageJson): Pick<Detected, 'sources'> {
  const lines = Object.entries(scripts).flatMap(([name, line]) => (typeof line === 'string' ? [[name, line]] : []))
  return lines.length === 0 ? {} : {sources: {scripts: Object.fromEntries(lines) as Record<string, string>}}
}

// Without a command or a bundle it is mostly the root of a workspace, or a web page.
function privateHint(
  {private: isPrivate, bin, name, version}: PackageJson,
  path: string,
  {texts}: Tree,
): {readonly hint?: string} {
  const isWhole = name !== undefined && version !== undefined
  const manifest = manifestPlaces.map(place => below(path, place)).find(file => isBundleManifest(texts[file] ?? ''))
  if (manifest !== undefined && isPrivate !== undefined && isPrivate !== false) {
    const needed = [...(isWhole ? [] : ['name and version']), ...(bin === undefined ? ['"bin"'] : [])]
    const besides = needed.length === 0 ? '' : ` and give it ${needed.join(' and ')}`
    return {
      hint: `Leave "private" out of it${besides} to release it as an npm package, with the bundle that ${manifest} describes. For the bundle alone, build it and run the action mcpb-bundle with working-directory: ${path} in a workflow of your own: it packs the folder as it is, and its output bundles names the files to attach to the release.`,
    }
  }
  return bin !== undefined && isWhole ? {hint: 'Leave "private" out of it to release its command.'} : {}
}

// A package.json may only set a type of modules for the files beside it.
function missing({name, version}: PackageJson): string | undefined {
  if (name === undefined && version === undefined) return 'it has no name and no version'
  if (name === undefined) return 'it has no name'
  return version === undefined ? 'it has no version' : undefined
}

interface Place {
  readonly name: string
  readonly path: string
  readonly tree: Tree
}

// https://docs.npmjs.com/cli/configuring-npm/package-json#bin
function commandsOf({bin, directories}: PackageJson, {name, path, tree}: Place) {
  if (typeof bin === 'string') return {commands: [name.replace(/^@[^/]*\//, '')], entries: [plain(bin)]}
  if (bin !== undefined) return {commands: Object.keys(bin), entries: Object.values(bin).map(plain)}
  const folder = directories?.bin === undefined ? undefined : below(path, plain(directories.bin))
  const files = folder === undefined ? [] : tree.files.filter(file => folderOf(file) === folder)
  const own = (file: string) => (path === '.' ? file : file.slice(path.length + 1))
  return {commands: files.map(file => file.replace(/^.*\//, '')), entries: files.map(own)}
}

function plain(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/$/, '')
}

// https://docs.npmjs.com/cli/configuring-npm/package-json#os: a list of what is allowed, or with `!` of what is not.
function only({os = [], cpu = []}: PackageJson): Pick<Detected, 'only'> {
  const allows = (list: readonly string[], each: string) =>
    !list.includes(`!${each}`) &&
    (list.includes(each) || list.includes('any') || list.every(other => other.startsWith('!')))
  const everywhere =
    ['linux', 'darwin', 'win32'].every(each => allows(os, each)) && ['x64', 'arm64'].every(each => allows(cpu, each))
  return everywhere ? {} : {only: {os, cpu}}
}

/** Why a package without a command is no part of what its repository publishes: it lies outside of the workspaces. */
function outside(path: string, tree: Tree): Detected['aside'] {
  for (let folder = folderOf(path); path !== '.'; folder = folderOf(folder)) {
    const listed = npmMembers(folder, tree)
    if (listed !== undefined) {
      const own = folder === '.' ? path : path.slice(folder.length + 1)
      if (isMember(listed, own)) return undefined
      return {
        reason: `${listed.file} does not list it among its workspaces`,
        hint: `To release it, name it in the settings: packages: [${path}]`,
      }
    }
    if (folder === '.' || !tree.files.some(file => isBelow(file, folder))) return undefined
  }
  return undefined
}

// What npm puts into every tarball by itself, and what is never in one: https://docs.npmjs.com/cli/configuring-npm/package-json#files
const always = /^(package\.json|(readme|licen[cs]e|changelog)(\..*)?|\.npmignore|\.gitignore|\.gitkeep)$/i

/** Why a package for one platform is left out: nothing but package.json is there, and no script would bring its program. */
function unfilled(content: PackageJson, path: string, tree: Tree): Detected['aside'] {
  if (only(content).only === undefined || path === '.') return undefined
  if (['build', 'prepare', 'prepack'].some(script => content.scripts?.[script] !== undefined)) return undefined
  const files = tree.files.filter(file => isBelow(file, path))
  if (!files.every(file => folderOf(file) === path && always.test(file.slice(path.length + 1)))) return undefined
  const platforms = [...(content.os ?? []), ...(content.cpu ?? [])].join(' ')
  return {
    reason: `it is made for ${platforms}, but holds nothing except package.json`,
    hint: 'Add its program to the repository, or a script build that makes it: a package without it would break the installation on that platform.',
  }
}
