import {join} from 'node:path'
import {type Host, InputError, askGit} from '@mcp-release/action-kit'
import {wheelPythons} from '@mcp-release/package-rules'
import {serverNameFor, normalizedPythonName, textIfThere} from '@mcp-release/release-model'
import {parse} from 'smol-toml'

/** What the sources say about the package, as far as the build and its checks need it. */
export interface Project {
  /** Absent in projects that are described by setup.cfg or setup.py. */
  readonly name?: string
  /** Absent when a build backend computes it. */
  readonly version?: string
  /** The names of its commands. */
  readonly scripts: readonly string[]
  /** Dependencies that pyproject.toml takes from its uv workspace or from a path. */
  readonly workspaceSources?: readonly string[]
  /** `build-backend`; absent for setuptools' old way. */
  readonly backend?: string
  /** The Pythons that its backend writes into the name of the wheel; absent for `py3`. */
  readonly pythons?: string
  /** The version is computed from git tags. */
  readonly versionFromGit: boolean
  /** The clone has no full history, so that git tags may be missing. */
  readonly shallow: boolean
  /** The name in server.json that the description must carry. */
  readonly serverName?: string
}

const fromGit =
  /^(?:setuptools[-_.]scm|hatch-vcs|vcs-versioning|versioningit|setuptools-git-versioning|uv-dynamic-versioning|poetry-dynamic-versioning|flit[-_]scm|dunamai|pbr|versioneer)\b/i

/** Reads pyproject.toml and server.json of a folder; throws an `InputError` when there is no Python package. */
export async function readProject(host: Host, directory: string): Promise<Project> {
  const file = join(directory, 'pyproject.toml')
  const text = await textIfThere(host, file)
  if (text === undefined && (await host.files.stat(join(directory, 'setup.py'))) === undefined) {
    throw new InputError([`working-directory: ${directory} has neither pyproject.toml nor setup.py`], {
      hint: 'Set working-directory to the folder of the Python package.',
    })
  }
  const facts = parseProject(file, text ?? '')
  const server = await textIfThere(host, join(directory, 'server.json'))
  const name = facts.name
  const is = (identifier: string) =>
    name === undefined || normalizedPythonName(identifier) === normalizedPythonName(name)
  const serverName = server === undefined ? undefined : serverNameFor(server, {registryType: 'pypi', is})
  const shallow = facts.versionFromGit && (await isShallow(host, directory))
  return {...facts, shallow, ...(serverName === undefined ? {} : {serverName})}
}

/** The facts in the text of a pyproject.toml. */
export function parseProject(file: string, text: string): Omit<Project, 'shallow' | 'serverName'> {
  const document = parseToml(file, text)
  const project = table(document['project'])
  const poetry = table(table(document['tool'])['poetry'])
  const requires = list(table(document['build-system'])['requires'])
  const dynamic = list(project['dynamic'])
  const backend = firstText(table(document['build-system'])['build-backend'])
  const name = firstText(project['name'], poetry['name'])
  const sources = Object.entries(table(table(table(document['tool'])['uv'])['sources']))
    .filter(([, source]) => table(source)['workspace'] === true || table(source)['path'] !== undefined)
    .map(([each]) => each)
  const pythons = wheelPythons(document)
  const fromTags = isFromGit(document, {dynamic, requires})
  const version = dynamic.includes('version') || fromTags ? undefined : firstText(project['version'], poetry['version'])
  return {
    ...(name === undefined ? {} : {name}),
    ...(version === undefined ? {} : {version}),
    ...(backend === undefined ? {} : {backend}),
    ...(pythons === 'py3' ? {} : {pythons}),
    scripts: Object.keys({...table(poetry['scripts']), ...table(project['scripts'])}).sort(),
    ...(sources.length === 0 ? {} : {workspaceSources: sources}),
    versionFromGit: fromTags,
  }
}

function isFromGit(
  document: Readonly<Record<string, unknown>>,
  {dynamic, requires}: {readonly dynamic: readonly string[]; readonly requires: readonly string[]},
): boolean {
  const tool = table(document['tool'])
  // https://python-poetry.org/docs/pyproject/: poetry-dynamic-versioning replaces a version that is written there.
  if (table(tool['poetry-dynamic-versioning'])['enable'] === true) return true
  // Without [project] its name and version are those of setup.cfg or setup.py.
  const computed = dynamic.includes('version') || document['project'] === undefined
  // https://backend.pdm-project.org/metadata/#dynamic-project-version
  return (
    computed &&
    (table(table(tool['pdm'])['version'])['source'] === 'scm' || requires.some(each => fromGit.test(each.trim())))
  )
}

function parseToml(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text)
  } catch (error) {
    throw new InputError([`${file}: is not valid TOML (${error instanceof Error ? error.message : String(error)})`])
  }
}

async function isShallow(host: Host, directory: string): Promise<boolean> {
  return (await askGit(host, directory, ['rev-parse', '--is-shallow-repository']))?.trim() === 'true'
}

function table(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find(value => typeof value === 'string')
}
