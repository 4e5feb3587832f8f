import {isAbsolute, join} from 'node:path'
import {type Host, type InputsOf, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {
  type Platform,
  type ReleaseVersion,
  hasRustTarget,
  isPlainName,
  isPlatform,
  parseVersion,
  plainNameRule,
  platforms,
} from '@mcp-release/release-model'
import type {contract} from './action.gen'

/** The inputs after every check that needs no toolchain. */
export interface Inputs {
  /** Absolute path of the package. */
  readonly directory: string
  /** Absolute path of the folder for archives. */
  readonly output: string
  readonly language: 'go' | 'rust'
  readonly targets: readonly Platform[]
  readonly main: string
  readonly include: readonly string[]
  readonly version?: ReleaseVersion
  readonly name?: string
  readonly commit?: string
  readonly sourceDate?: number
  /** Absolute path. */
  readonly fragment?: string
  readonly package?: string
  readonly tag?: string
  /** Templates. */
  readonly ldflags: readonly string[]
  readonly buildTags: readonly string[]
  readonly features: readonly string[]
  readonly defaultFeatures: boolean
  /** Names of archives that are not the usual ones. */
  readonly archiveNames: ReadonlyMap<Platform, string>
  readonly wrapInDirectory: boolean
}

type Raw = InputsOf<typeof contract>

/** Checks all inputs; throws one `InputError` with everything that is wrong. */
export async function refine(raw: Raw, host: Host): Promise<Inputs> {
  const problems: string[] = []
  const at = (input: string, path: string) => pathInWorkspace(host, {input, path}, problems)
  const directory = await at('working-directory', raw.workingDirectory)
  const output = await at('output-directory', raw.outputDirectory)
  const fragment = raw.fragment === undefined ? undefined : await at('fragment', raw.fragment)
  const language = await languageOf(raw, {host, directory}, problems)
  const version = raw.version === undefined ? undefined : parseVersion(raw.version)
  if (raw.version !== undefined && version === undefined)
    problems.push(`version: ${JSON.stringify(raw.version)} is neither SemVer nor PEP 440`)
  problems.push(
    ...textProblems(raw, language),
    ...targetProblems(raw.targets, language),
    ...patternProblems(raw.include),
    ...flagProblems(raw),
  )
  const archiveNames = readArchiveNames(raw, problems)
  rejectProblems(problems)
  return {
    directory,
    output,
    language,
    targets: raw.targets.filter(isPlatform),
    main: raw.main,
    include: raw.include,
    ldflags: raw.ldflags,
    buildTags: raw.buildTags,
    features: raw.features,
    defaultFeatures: raw.defaultFeatures,
    archiveNames,
    wrapInDirectory: raw.wrapInDirectory,
    ...defined({version, name: raw.binary, commit: raw.commit?.toLowerCase(), sourceDate: raw.sourceDate}),
    ...defined({fragment, package: raw.package, tag: raw.tag}),
  }
}

async function languageOf(
  {language, workingDirectory}: Raw,
  {host, directory}: {readonly host: Host; readonly directory: string},
  problems: string[],
): Promise<'go' | 'rust'> {
  const has = async (file: string) => (await host.files.stat(join(directory, file)))?.kind === 'file'
  const [go, rust] = [await has('go.mod'), await has('Cargo.toml')]
  const said = JSON.stringify(workingDirectory)
  if (language === 'auto') {
    if (go && rust) problems.push(`language: ${said} has both go.mod and Cargo.toml; say go or rust`)
    if (!go && !rust) problems.push(`working-directory: ${said} has neither go.mod nor Cargo.toml`)
    return rust ? 'rust' : 'go'
  }
  // A Go main package may lie below the module's root, so only cargo needs its file here.
  if (language === 'rust' && !rust) problems.push(`working-directory: ${said} has no Cargo.toml`)
  if (language === 'go' && !go) problems.push(`working-directory: ${said} has no go.mod`)
  return language
}

function textProblems({binary, main, commit}: Raw, language: 'go' | 'rust'): readonly string[] {
  const problems: string[] = []
  if (binary !== undefined && !isPlainName(binary))
    problems.push(`binary: ${JSON.stringify(binary)} is no plain file name (letters, digits and . _ + @ - only)`)
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/i.test(commit))
    problems.push(`commit: ${JSON.stringify(commit)} is no commit id`)
  const folder = /^\.(?:\/[\w.@+-]+)*$/.test(main) && !main.split('/').includes('..')
  if (language === 'go' && !folder)
    problems.push(`main: ${JSON.stringify(main)} is no folder of the module such as ./cmd/server`)
  if (language === 'rust' && main !== '.' && !/^\w[\w-]*$/.test(main))
    problems.push(`main: ${JSON.stringify(main)} is no name of a cargo binary`)
  return problems
}

function targetProblems(targets: readonly string[], language: 'go' | 'rust'): readonly string[] {
  const problems = targets
    .filter(target => !isPlatform(target))
    .map(target => `targets: ${JSON.stringify(target)} is none of ${platforms.join(', ')}`)
  const twice = targets.filter((target, index) => targets.indexOf(target) !== index)
  const impossible = targets.filter(isPlatform).filter(target => language === 'rust' && !hasRustTarget(target))
  problems.push(
    ...impossible.map(
      target => `targets: Rust has no target that is built on one machine for ${JSON.stringify(target)}`,
    ),
  )
  return [...problems, ...twice.map(target => `targets: ${JSON.stringify(target)} is there twice`)]
}

// Each becomes a part of one argument, in which spaces and quotes have a meaning.
function flagProblems({tag, buildTags, features}: Raw): readonly string[] {
  const problems = [
    ...buildTags
      .filter(each => !/^[\w.]+$/.test(each))
      .map(each => `build-tags: ${JSON.stringify(each)} is not a build tag of Go`),
    ...features
      .filter(each => !/^[\w+.-]+(?:\/[\w+.-]+)?$/.test(each))
      .map(each => `features: ${JSON.stringify(each)} is not a feature of a cargo package`),
  ]
  if (tag !== undefined && !/^[\w@./+-]+$/.test(tag)) problems.push(`tag: ${JSON.stringify(tag)} is not a git tag`)
  return problems
}

function readArchiveNames({archiveNames, targets}: Raw, problems: string[]): ReadonlyMap<Platform, string> {
  const names = new Map<Platform, string>()
  for (const line of archiveNames) {
    const [, platform = '', name = ''] = /^([^=]+)=(.*)$/.exec(line) ?? []
    if (!isPlatform(platform) || !targets.includes(platform) || !isPlainName(name))
      problems.push(
        `archive-names: ${JSON.stringify(line)} is not one of the targets, =, and a plain file name (${plainNameRule})`,
      )
    else names.set(platform, name)
  }
  return names
}

function patternProblems(patterns: readonly string[]): readonly string[] {
  return patterns
    .filter(pattern => isAbsolute(pattern) || pattern.includes('\\') || pattern.split('/').includes('..'))
    .map(
      pattern => `include: ${JSON.stringify(pattern)} is no pattern below the package (relative, with /, without ..)`,
    )
}

/** An object without the keys whose value is `undefined`. */
function defined<T extends Record<string, unknown>>(values: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
