import {z} from 'zod'
import {type Platform, platformSlices} from '../platform'
import {type GoreleaserArchive, type GoreleaserBuild, type GoreleaserConfig, goreleaserSchema} from './config'
import {targetsOf} from './targets'
import {renderTemplate} from './template'

/** How goreleaser releases one Go program, as far as that is taken over. */
export interface GoreleaserProgram {
  readonly binary: string
  readonly projectName: string
  /** Templates, one text for each entry of `ldflags`; none where the file leaves them to goreleaser's defaults. */
  readonly ldflags: readonly string[]
  readonly tags: readonly string[]
  readonly targets: readonly Platform[]
  readonly archive: GoreleaserArchive
  /** `GOAMD64` that is written into names. */
  readonly amd64: string
  /** What is not taken over, one sentence each. */
  readonly notices: readonly string[]
}

/** What a program is looked up with. */
export interface ProgramQuery {
  /** The folder of the program relative to the configuration, such as `.` or `cmd/server`. */
  readonly folder: string
  /** The name of the repository or module, for a configuration without `project_name`. */
  readonly name: string
}

/** Reads a parsed `.goreleaser.yaml`; a problem when it has another shape. */
export function readGoreleaser(value: unknown): {readonly config: GoreleaserConfig} | {readonly problem: string} {
  const result = goreleaserSchema.safeParse(value ?? {})
  if (result.success) return {config: result.data}
  const [issue] = result.error.issues
  return {problem: `${z.core.toDotPath(issue?.path ?? [])}: ${issue?.message ?? 'has another shape'}`}
}

/** What a configuration says of a program; `undefined` when it does not build it. */
export function goreleaserProgram(config: GoreleaserConfig, query: ProgramQuery): GoreleaserProgram | undefined {
  const projectName = config.project_name ?? query.name
  const all: readonly GoreleaserBuild[] =
    config.builds ?? (config.build === undefined || config.build === null ? [{}] : [config.build])
  const builds = all.filter(build => isGo(build) && plain(sourceFolder(build)) === plain(query.folder))
  const archive = archiveFor(config, builds)
  const chosen = builds.filter(build => covers(archive, idOf(build, projectName)))
  const [first] = chosen
  if (first === undefined) return undefined
  const rendered = renderTemplate(first.binary ?? projectName, {ProjectName: projectName, Binary: projectName})
  const binary = 'text' in rendered ? rendered.text.slice(rendered.text.lastIndexOf('/') + 1) : projectName
  const targets = chosen.flatMap(targetsOf)
  const unknown = targets.flatMap(each => ('unknown' in each ? [each.unknown] : []))
  const known = targets.flatMap(each => ('platform' in each ? [each.platform] : []))
  return {
    binary,
    projectName,
    ldflags: first.ldflags ?? [],
    tags: [...(first.tags ?? []), ...tagsIn(first.flags ?? [])].flatMap(each => each.split(/[\s,]+/)).filter(Boolean),
    targets: withUniversal(
      [...new Set(known)],
      config,
      chosen.map(build => idOf(build, projectName)),
    ),
    archive,
    amd64: first.goamd64?.[0] ?? 'v1',
    notices: noticesOf(config, {builds, chosen, unknown, archive}),
  }
}

function isGo({builder, skip}: GoreleaserBuild): boolean {
  return (builder === undefined || builder === 'go') && skip !== 'true'
}

// https://goreleaser.com/customization/builds/go/: the default of `id` is the project's name.
function idOf({id}: GoreleaserBuild, projectName: string): string {
  return id ?? projectName
}

function sourceFolder({dir = '.', main = '.'}: GoreleaserBuild): string {
  return [dir, main.replace(/(?:^|\/)[^/]+\.go$/, '')].filter(each => each !== '').join('/')
}

function plain(folder: string): string {
  return folder
    .split('/')
    .filter(each => each !== '' && each !== '.')
    .join('/')
}

function archiveFor(config: GoreleaserConfig, builds: readonly GoreleaserBuild[]): GoreleaserArchive {
  const [first] = config.archives ?? []
  const ids = builds.map(({id}) => id)
  const fitting = (config.archives ?? []).find(
    archive => idsOf(archive).length === 0 || ids.some(id => idsOf(archive).includes(id ?? '')),
  )
  return fitting ?? first ?? {}
}

function idsOf({ids, builds}: GoreleaserArchive): readonly string[] {
  return [...(ids ?? []), ...(builds ?? [])]
}

function covers(archive: GoreleaserArchive, id: string): boolean {
  return idsOf(archive).length === 0 || idsOf(archive).includes(id)
}

function tagsIn(flags: readonly string[]): readonly string[] {
  const all = flags.flatMap(each => each.split(/\s+/))
  return all.flatMap((flag, at) => {
    const [, inline] = /^--?tags(?:=(.*))?$/.exec(flag) ?? []
    return inline === undefined ? (/^--?tags$/.test(flag) ? [all[at + 1] ?? ''] : []) : [inline.replaceAll(/["']/g, '')]
  })
}

function withUniversal(
  targets: readonly Platform[],
  {universal_binaries: universal}: GoreleaserConfig,
  ids: readonly string[],
): readonly Platform[] {
  const slices = platformSlices('darwin/universal')
  const fitting = (universal ?? []).find(each => {
    const named = each.ids ?? (each.id === undefined ? [] : [each.id])
    return named.length === 0 || named.some(id => ids.includes(id))
  })
  if (fitting === undefined || !slices.every(each => targets.includes(each))) return targets
  return [...(fitting.replace === true ? targets.filter(each => !slices.includes(each)) : targets), 'darwin/universal']
}

const harmless = /^go (?:mod (?:tidy|download|vendor|verify)|vet|fmt|version|test)\b/
const plainFlags = /^--?(?:trimpath|v|a|x|buildvcs=\w+|mod=\w+|tags.*|p=\d+)$/

function noticesOf(
  config: GoreleaserConfig,
  found: {
    readonly builds: readonly GoreleaserBuild[]
    readonly chosen: readonly GoreleaserBuild[]
    readonly unknown: readonly string[]
    readonly archive: GoreleaserArchive
  },
): readonly string[] {
  const {builds, chosen, unknown, archive} = found
  const hooks = (config.before?.hooks ?? []).map(hookText).filter(hook => !harmless.test(hook))
  const env = [...new Set(chosen.flatMap(build => build.env ?? []))].filter(
    each => !/^(?:CGO_ENABLED|GO111MODULE|GOPROXY)=/.test(each),
  )
  const flags = [...new Set(chosen.flatMap(build => build.flags ?? []))].filter(
    each => each.startsWith('-') && !plainFlags.test(each),
  )
  const others = (config.archives ?? []).filter(
    each => each !== archive && each.name_template !== archive.name_template,
  )
  const different = new Set(chosen.map(({ldflags}) => JSON.stringify(ldflags ?? null))).size > 1
  const sentence = (text: string, list: readonly string[]) => (list.length === 0 ? [] : [`${text}: ${list.join(', ')}`])
  return [
    ...sentence('the hooks are not run', hooks),
    ...(chosen.some(({hooks: own}) => own !== undefined && own !== null) ? ['the hooks of builds are not run'] : []),
    ...sentence('these variables of builds are not set', env),
    ...sentence('these flags of go build are not used', flags),
    ...sentence('these platforms are not built', [...new Set(unknown)]),
    ...sentence(
      'these builds of the same program are left out',
      builds.filter(each => !chosen.includes(each)).map(({id}) => id ?? '?'),
    ),
    ...sentence(
      'these further archives are not made',
      others.map(({id, name_template: name}) => id ?? name ?? '?'),
    ),
    ...(different ? ['its builds have different ldflags; those of the first are used'] : []),
    ...(chosen.some(({overrides}) => overrides !== undefined && overrides !== null)
      ? ['`overrides` of builds are not used']
      : []),
  ]
}

function hookText(hook: unknown): string {
  if (typeof hook === 'string') return hook.trim()
  const command = (hook as {readonly cmd?: unknown} | null)?.cmd
  return typeof command === 'string' ? command : JSON.stringify(hook)
}
