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
import {parseVersion} from '@mcp-release/release-model'
import {pythonLicense} from './python-license'
import {versionFile} from './python-version'
import {pythonSources} from './python-sources'
import {readToml} from './read-manifest'
import {type SetupProject, setupProject} from './setup-project'
import {isMember, uvMembers} from './workspaces'

const scripts = z.record(z.string(), z.unknown())
const flag = z.boolean().optional().catch(undefined)
const pyproject = z.looseObject({
  'build-system': z.unknown().optional(),
  project: z
    .looseObject({
      name: z.string(),
      version: z.string().optional(),
      dynamic: z.array(z.string()).optional(),
      scripts: scripts.optional(),
      'gui-scripts': scripts.optional(),
      classifiers: z.array(z.string()).optional(),
      license: z.union([z.string(), z.looseObject({text: z.string().optional()})]).optional(),
    })
    .optional(),
  tool: z
    .looseObject({
      poetry: z
        .looseObject({
          name: z.string().optional(),
          version: z.string().optional(),
          license: z.string().optional(),
          scripts: scripts.optional(),
          'package-mode': flag,
        })
        .optional(),
      'poetry-dynamic-versioning': z.looseObject({enable: flag}).optional().catch(undefined),
      pdm: z.looseObject({distribution: flag}).optional().catch(undefined),
      uv: z.looseObject({package: flag, workspace: z.unknown().optional()}).optional().catch(undefined),
      maturin: z.looseObject({bindings: z.string().optional()}).optional().catch(undefined),
      flit: z
        .looseObject({
          metadata: z.looseObject({module: z.string().optional(), 'dist-name': z.string().optional()}).optional(),
          scripts: scripts.optional(),
        })
        .optional()
        .catch(undefined),
    })
    .optional(),
})
type Pyproject = z.infer<typeof pyproject>

/**
 * Python packages: pyproject.toml with a name (https://packaging.python.org/en/latest/specifications/pyproject-toml/), else
 * setup.cfg or setup.py.
 */
export const detectPython: Detector = tree => {
  const folders = tree.files.filter(file => /(^|\/)(?:pyproject\.toml|setup\.cfg|setup\.py)$/.test(file)).map(folderOf)
  return mergeDetections([...new Set(folders)].map(path => detect(path, tree)))
}

const nothing: Detection = {packages: [], skipped: [], problems: []}

function detect(path: string, tree: Tree): Detection {
  const {texts} = tree
  const problems: string[] = []
  const file = below(path, 'pyproject.toml')
  const text = texts[file]
  const content = text === undefined ? {} : readToml(pyproject, {file, text}, problems)
  if (content === undefined) return {...nothing, problems}
  const setup = setupProject(texts[below(path, 'setup.cfg')], texts[below(path, 'setup.py')])
  const {project, tool} = content
  const name =
    project?.name ??
    tool?.poetry?.name ??
    tool?.flit?.metadata?.['dist-name'] ??
    tool?.flit?.metadata?.module ??
    setup.name
  // A pyproject.toml without a name only configures tools.
  if (name === undefined) return {...nothing, problems}
  const manifest =
    project === undefined && tool?.poetry === undefined && tool?.flit === undefined ? below(path, setup.file) : file
  const reason = unpackaged(content)
  if (reason !== undefined) return {packages: [], skipped: [{subject: manifest, ...reason}], problems}
  const stated = statedVersion(content, setup)
  const kept = stated === undefined ? keptVersion(path, tree) : undefined
  const version = stated ?? kept?.version
  if (
    project !== undefined &&
    version === undefined &&
    project.version === undefined &&
    project.dynamic?.includes('version') !== true
  )
    problems.push(`${file}: has neither a version nor "version" in dynamic`)
  const license = pythonLicense(project, tool?.poetry?.license ?? setup.license)
  const commands = commandsOf(content, setup, name)
  const aside = Object.keys(commands).length === 0 ? outside(path, tree) : undefined
  const detected: Detected = {
    ecosystem: 'pypi',
    path,
    name,
    manifest,
    executables: [...serverFirst(Object.keys(commands), name)],
    ...(version === undefined ? {} : {version}),
    ...(kept === undefined ? {} : {versionFile: kept.file}),
    ...(license === undefined ? {} : {license}),
    ...entriesOf(commands),
    ...pythonSources(path, name, tree),
    ...(aside === undefined ? {} : {aside}),
  }
  return {packages: [detected], skipped: [], problems}
}

/** Why a package without a command is no part of what its repository publishes: it lies outside of the workspace of uv. */
function outside(path: string, tree: Tree): Detected['aside'] {
  for (let folder = path; folder !== '.';) {
    folder = folderOf(folder)
    const members = uvMembers(folder, tree)
    if (members === undefined) continue
    if (isMember(members, folder === '.' ? path : path.slice(folder.length + 1))) return undefined
    const reason = `${members.file} does not have it among the members of its workspace`
    return {reason, hint: `To release it, name it in the settings: packages: [${path}]`}
  }
  return undefined
}

// https://github.com/mtkennerly/poetry-dynamic-versioning: what stands there then is a placeholder.
function statedVersion({project, tool}: Pyproject, setup: SetupProject): string | undefined {
  if (tool?.['poetry-dynamic-versioning']?.enable === true) return undefined
  return project?.version ?? tool?.poetry?.version ?? (project === undefined ? setup.version : undefined)
}

/** The version in a file that the build backend reads. */
function keptVersion(path: string, {texts}: Tree): {readonly file: string; readonly version: string} | undefined {
  const kept = versionFile(path, texts[below(path, 'pyproject.toml')])
  const file = kept?.places.find(place => texts[place] !== undefined)
  const version = file === undefined ? undefined : kept?.read(texts[file] ?? '')
  // What is no version, such as a placeholder, is filled in by somebody.
  if (file === undefined || version === undefined || parseVersion(version) === undefined) return undefined
  return version.startsWith('0.0.0') ? undefined : {file, version}
}

/** Why a project is not made to be installed, though it has a name. */
function unpackaged(content: Pyproject): {readonly reason: string; readonly hint?: string} | undefined {
  const {project, tool} = content
  if (project?.classifiers?.some(each => each.startsWith('Private ::')) === true)
    return {reason: 'its classifiers say "Private"'}
  // https://python-poetry.org/docs/basic-usage/#operating-modes, https://pdm-project.org/latest/reference/pep621/
  if (tool?.poetry?.['package-mode'] === false) return {reason: 'package-mode = false'}
  if (tool?.pdm?.distribution === false) return {reason: 'distribution = false in [tool.pdm]'}
  // https://docs.astral.sh/uv/concepts/projects/config/#project-packaging
  if (tool?.uv?.package === false) return {reason: 'package = false in [tool.uv]'}
  const commands = Object.keys(project?.scripts ?? {}).length + Object.keys(project?.['gui-scripts'] ?? {}).length
  const built = content['build-system'] !== undefined || tool?.poetry !== undefined || tool?.uv?.package === true
  if (built || project === undefined || commands > 0) return undefined
  if (tool?.uv?.workspace !== undefined) return {reason: 'it is the root of a uv workspace and has no [build-system]'}
  if (project.dynamic?.includes('scripts') === true || project.dynamic?.includes('version') === true) return undefined
  return {
    reason: 'it has no [build-system] and no command: it is made to be run from its folder, not to be installed',
    hint: 'Add [build-system] and [project.scripts] to release it.',
  }
}

function commandsOf({project, tool}: Pyproject, setup: SetupProject, name: string): Readonly<Record<string, unknown>> {
  const own = {...project?.scripts, ...project?.['gui-scripts']}
  if (Object.keys(own).length > 0) return own
  const others = tool?.poetry?.scripts ?? tool?.flit?.scripts
  if (others !== undefined) return others
  // https://www.maturin.rs/bindings.html#bin: the program is called as the crate is.
  if (tool?.maturin?.bindings === 'bin') return {[name]: ''}
  const dynamic =
    project === undefined || project.dynamic?.some(each => each === 'scripts' || each === 'entry-points') === true
  return dynamic ? setup.scripts : {}
}

function entriesOf(commands: Readonly<Record<string, unknown>>): Pick<Detected, 'entries'> {
  const modules = Object.values(commands).flatMap(each => {
    const target =
      typeof each === 'string'
        ? each
        : ((each as {reference?: unknown; callable?: unknown} | null)?.reference ??
          (each as {callable?: unknown} | null)?.callable)
    const module = typeof target === 'string' ? target.split(':')[0]?.trim() : undefined
    return module === undefined || module === '' ? [] : [module]
  })
  return modules.length === 0 ? {} : {entries: [...new Set(modules)]}
}
