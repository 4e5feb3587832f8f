type Table = Readonly<Record<string, unknown>>

/** What a pyproject.toml says of a package as it stands; what a build computes is not known. */
export interface StaticProject {
  readonly name: string | undefined
  readonly description: string | undefined
  /** Fields that only the build knows. */
  readonly dynamic: ReadonlySet<string>
  /** The file of the README, its text, `none`, or `unknown`. */
  readonly readme: {readonly file: string} | {readonly text: string} | 'none' | 'unknown'
  readonly hasLicense: boolean
  readonly requiresPython: string | undefined
  /** Also those of extras. */
  readonly dependencies: readonly string[]
  /** Without those of extras. */
  readonly required: readonly string[]
  /** The commands, and what each calls. */
  readonly scripts: Readonly<Record<string, string>>
  readonly backend: string | undefined
  /** Dependencies that uv takes from the workspace or from a path. */
  readonly ownSources: readonly string[]
}

/** Reads [project] of a parsed pyproject.toml; `undefined` where there is none, so that a backend of its own decides. */
export function staticProject(document: Table): StaticProject | undefined {
  const project = table(document['project'])
  if (Object.keys(project).length === 0) return undefined
  const tool = table(document['tool'])
  const dynamic = new Set(texts(project['dynamic']))
  const extras = Object.values(table(project['optional-dependencies'])).flatMap(texts)
  const sources = Object.entries(table(table(tool['uv'])['sources']))
  return {
    name: text(project['name']),
    description: text(project['description']),
    dynamic,
    readme: readmeOf(project, {tool, dynamic}),
    hasLicense:
      project['license'] !== undefined ||
      project['license-files'] !== undefined ||
      texts(project['classifiers']).some(each => each.startsWith('License ::')),
    requiresPython: text(project['requires-python']),
    required: texts(project['dependencies']),
    dependencies: [...texts(project['dependencies']), ...extras],
    scripts: textValues({...table(project['scripts']), ...table(project['gui-scripts'])}),
    backend: text(table(document['build-system'])['build-backend']),
    ownSources: sources
      .filter(([, source]) => table(source)['workspace'] === true || table(source)['path'] !== undefined)
      .map(([name]) => name),
  }
}

// https://packaging.python.org/en/latest/specifications/pyproject-toml/#readme; Poetry and maturin look further.
function readmeOf(project: Table, {tool, dynamic}: {readonly tool: Table; readonly dynamic: ReadonlySet<string>}) {
  const {readme} = project
  if (typeof readme === 'string') return {file: plain(readme)}
  const {file, text: inline} = table(readme)
  if (typeof file === 'string') return {file: plain(file)}
  if (typeof inline === 'string') return {text: inline}
  return dynamic.has('readme') || tool['poetry'] !== undefined || tool['maturin'] !== undefined
    ? ('unknown' as const)
    : ('none' as const)
}

function plain(path: string): string {
  return path.replace(/^(?:\.\/)+/, '')
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

function textValues(value: Table): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
}
