import {archiveName, isPlainName} from '../file-names'
import {type Platform, executableSuffix} from '../platform'
import type {GoreleaserProgram} from './goreleaser'
import {type Fields, renderTemplate} from './template'

/** The archive of one platform. */
export interface NamedArchive {
  readonly platform: Platform
  readonly name: string
}

/** The names of a program's archives. */
export interface ArchiveNames {
  readonly archives: readonly NamedArchive[]
  /** Whether everything lies in a folder named like the archive. */
  readonly wrapped: boolean
  /** Why some names are not those of goreleaser, one sentence each. */
  readonly notices: readonly string[]
}

// https://goreleaser.com/customization/archive/
const standard =
  '{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}{{ with .Arm }}v{{ . }}{{ end }}{{ with .Mips }}_{{ . }}{{ end }}{{ if not (eq .Amd64 "v1") }}{{ .Amd64 }}{{ end }}'
const standardBinary =
  '{{ .Binary }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}{{ with .Arm }}v{{ . }}{{ end }}{{ with .Mips }}_{{ . }}{{ end }}{{ if not (eq .Amd64 "v1") }}{{ .Amd64 }}{{ end }}'
/** The formats that are written; `binary` is the executable without an archive. */
const written = ['tar.gz', 'tgz', 'zip', 'binary']

/**
 * What goreleaser calls the archives, so that links to them keep working with the next release. What its templates take from
 * elsewhere, or a format that is not written, gives the suite's own name, with a notice.
 */
export function archiveNames(
  program: GoreleaserProgram,
  {targets, semver, tag}: {readonly targets: readonly Platform[]; readonly semver: string; readonly tag: string},
): ArchiveNames {
  const notices = new Set<string>()
  const archives = targets.map(platform => {
    const named = nameFor(program, platform, {semver, tag})
    if ('problem' in named) notices.add(named.problem)
    return {platform, name: 'name' in named ? named.name : archiveName(program.projectName, semver, platform)}
  })
  const names = archives.map(({name}) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  const wrap = program.archive.wrap_in_directory
  if (wrap !== undefined && !['true', 'false'].includes(wrap))
    notices.add('wrap_in_directory is a template; files lie at the top')
  if (twice !== undefined) {
    notices.add(`its name_template gives ${twice} to several platforms`)
    return {
      archives: targets.map(platform => ({platform, name: archiveName(program.projectName, semver, platform)})),
      wrapped: false,
      notices: [...notices],
    }
  }
  return {archives, wrapped: wrap === 'true', notices: [...notices]}
}

function nameFor(
  {archive, projectName, binary, amd64}: GoreleaserProgram,
  platform: Platform,
  {semver, tag}: {readonly semver: string; readonly tag: string},
): {readonly name: string} | {readonly problem: string} {
  const [os = '', arch = ''] = platform.split('/')
  const override = (archive.format_overrides ?? []).find(each => each.goos === os)
  const formats = [override, archive].map(each =>
    each?.formats?.length ? each.formats : each?.format ? [each.format] : undefined,
  )
  const wanted = formats.find(each => each !== undefined) ?? ['tar.gz']
  const format = wanted.find(each => written.includes(each))
  if (format === undefined) return {problem: `archives of the format ${wanted.join(', ')} are not written`}
  const fields = {
    ...versionFields(semver, tag),
    ...platformFields(platform, amd64),
    ProjectName: projectName,
    Binary: binary,
  }
  const template = archive.name_template ?? (format === 'binary' ? standardBinary : standard)
  const rendered = renderTemplate(template, fields)
  if ('problem' in rendered) return {problem: `name_template: ${rendered.problem}`}
  const name = `${rendered.text.trim()}${format === 'binary' ? executableSuffix(platform) : `.${format}`}`
  return isPlainName(name)
    ? {name}
    : {problem: `name_template gives ${JSON.stringify(name)} for ${os}/${arch}, which is not a plain file name`}
}

/** What goreleaser's templates know of a version. */
export function versionFields(semver: string, tag: string): Fields {
  const [, major = '0', minor = '0', patch = '0', prerelease = ''] =
    /^(\d+)\.(\d+)\.(\d+)(?:-(.+))?$/.exec(semver) ?? []
  return {
    Version: semver,
    RawVersion: `${major}.${minor}.${patch}`,
    Tag: tag,
    Major: major,
    Minor: minor,
    Patch: patch,
    Prerelease: prerelease,
    IsSnapshot: false,
    IsNightly: false,
    IsDraft: false,
  }
}

/** What they know of a platform. */
export function platformFields(platform: Platform, amd64 = 'v1'): Fields {
  const [os = '', arch = '', variant = ''] = platform.split('/')
  return {
    Os: os,
    Arch: platform === 'darwin/universal' ? 'all' : arch,
    Arm: variant.replace(/^v/, ''),
    Amd64: arch === 'amd64' ? amd64 : '',
    Arm64: arch === 'arm64' ? 'v8.0' : '',
    I386: arch === '386' ? 'sse2' : '',
    Mips: '',
    Ppc64: arch === 'ppc64le' ? 'power8' : '',
    Riscv64: arch === 'riscv64' ? 'rva20u64' : '',
    Ext: executableSuffix(platform),
  }
}
