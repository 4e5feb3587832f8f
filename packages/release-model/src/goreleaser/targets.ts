import {type Platform, isPlatform} from '../platform'
import type {GoreleaserBuild} from './config'

/** A platform of a build, or what goreleaser calls it when the suite does not build for it. */
export type Target = {readonly platform: Platform} | {readonly unknown: string}

// `go tool dist list` has neither; goreleaser leaves them out without a word.
const impossible =
  /^(?:darwin\/(?:386|arm(?:\/v\d)?|riscv64|ppc64le|s390x)|windows\/(?:arm\/v[567]|riscv64|ppc64le|s390x))$/

/** The platforms of a build: goos × goarch × goarm without `ignore`, or `targets` (https://goreleaser.com/customization/builds/go/). */
export function targetsOf(build: GoreleaserBuild): readonly Target[] {
  const names = (build.targets ?? []).length > 0 ? (build.targets ?? []).flatMap(fromTarget) : combinations(build)
  const wanted = [...new Set(names)].filter(name => !impossible.test(name))
  return wanted.map(name => (isPlatform(name) ? {platform: name} : {unknown: name}))
}

function combinations(build: GoreleaserBuild): readonly string[] {
  const list = (given: readonly string[] | undefined, standard: readonly string[]) =>
    given === undefined || given.length === 0 ? standard : given
  const arms = list(build.goarm, ['6'])
  return list(build.goos, ['linux', 'darwin', 'windows']).flatMap(os =>
    list(build.goarch, ['amd64', 'arm64', '386']).flatMap(arch =>
      (arch === 'arm' ? arms : [undefined])
        .filter(arm => !isIgnored(build, {os, arch, arm}))
        .map(arm => [os, arch, ...(arm === undefined ? [] : [`v${arm}`])].join('/')),
    ),
  )
}

interface Combination {
  readonly os: string
  readonly arch: string
  readonly arm: string | undefined
}

function isIgnored({ignore}: GoreleaserBuild, {os, arch, arm}: Combination): boolean {
  return (ignore ?? []).some(
    each =>
      (each.goos === undefined || each.goos === os) &&
      (each.goarch === undefined || each.goarch === arch) &&
      (each.goarm === undefined || each.goarm === arm),
  )
}

// `linux_amd64`, `linux_amd64_v1`, `linux_arm_6`; `go_first_class` are the ports that block a release of Go
// (https://go.dev/wiki/PortingPolicy#first-class-ports).
function fromTarget(target: string): readonly string[] {
  if (/^go_(?:\d+_)?first_class$/.test(target))
    return [
      'linux/amd64',
      'linux/arm64',
      'linux/386',
      'linux/arm/v7',
      'darwin/amd64',
      'darwin/arm64',
      'windows/amd64',
      'windows/386',
    ]
  const [os = '', arch = '', variant] = target.split('_')
  return [arch === 'arm' ? `${os}/arm/v${(variant ?? '6').replace(/^v/, '')}` : `${os}/${arch}`]
}
