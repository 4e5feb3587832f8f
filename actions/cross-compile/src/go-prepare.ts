import {join, relative, resolve} from 'node:path'
import {ActionError, type Host, errorText, isBelow} from '@mcp-release/action-kit'
import {type Platform, platformSlices} from '@mcp-release/release-model'
import {findCgoLoss} from './cgo'
import {type GoPlan, type GoProject, goEnvironment, moduleFlags} from './go'
import {runGo} from './go-errors'
import {fillFlags, isoDate} from './go-flags'
import {buildHelper, scanPackages} from './go-helper'
import {type GoPackage, listPackages} from './go-packages'
import {type GoSymbol, detectStamps, ignoredFlags, otherVersions, readsBuildInfo} from './go-stamp'
import type {Inputs} from './inputs'
import type {Revision} from './revision'

interface Subject {
  readonly inputs: Inputs
  readonly project: GoProject
  readonly revision: Revision
}

/**
 * Downloads the dependencies once, so that a network failure shows before the builds, and finds out where the program keeps
 * its version.
 */
export async function prepareGo(host: Host, subject: Subject): Promise<GoPlan> {
  const {inputs, project} = subject
  const options = {cwd: inputs.directory, env: {GOFLAGS: '-trimpath'}}
  await runGo(host, ['go', 'version'], options)
  await checkReplacements(host, inputs.directory)
  if (!project.vendored) await runGo(host, ['go', 'mod', 'download'], options)
  const packages = await programPackages(host, subject)
  const work = await host.files.makeTemporary('go-build')
  const helper = await buildHelper(host, work).catch((error: unknown) => {
    host.warning(`The program is not told its version where it asks Go for it: ${errorText(error)}`)
    return undefined
  })
  // Also dependencies that the author's flags name.
  const looked = packages.filter(({own, linkPath}) => own || inputs.ldflags.some(each => each.includes(`${linkPath}.`)))
  const symbols = helper === undefined ? undefined : await scanPackages(host, helper, looked)
  const flags = stampFlags(host, subject, {symbols, packages})
  return {...subject, work, flags, ...(helper === undefined ? {} : {helper})}
}

/** The packages of the program; refuses what is no program, and what works only with cgo. */
async function programPackages(host: Host, {inputs, project, revision}: Subject): Promise<readonly GoPackage[]> {
  const [platform = 'linux/amd64'] = inputs.targets.flatMap(platformSlices)
  const env = goEnvironment(platform, revision.time)
  const query = {directory: inputs.directory, main: inputs.main, flags: moduleFlags(inputs, project)}
  const packages = await listPackages(host, {...query, env})
  const main = packages.find(({linkPath}) => linkPath === 'main')
  if (main !== undefined && main.name !== 'main') {
    throw new ActionError('BINARY', `${inputs.main}: is the package ${main.name}, not a program (package main)`, {
      hint: 'Name the folder of a program, such as ./cmd/server: by the input main of cross-compile, or in a release by `programs` in .github/mcp-release.yml.',
    })
  }
  const withCgo = await listPackages(host, {...query, env: {...env, CGO_ENABLED: '1'}})
  const {stubs, left} = await findCgoLoss(host, withCgo, packages)
  if (left.length > 0) {
    const files = left.map(path => relative(inputs.directory, path)).join(', ')
    host.warning(`${project.name} is built without cgo, so that ${files} and what it imports is not part of it`)
  }
  if (stubs.length > 0) {
    const named = stubs.map(
      ({package: path, replacement}) => `- ${path}${replacement === undefined ? '' : `: use ${replacement}`}`,
    )
    throw new ActionError(
      'CGO',
      `${project.name} needs cgo, and is built without it so that one machine can build for all. It would compile, and fail whenever it uses\n${named.join('\n')}`,
      {
        hint: 'Use a dependency in pure Go, write what stands in without cgo so that it works, or leave the program out of the release (`exclude` in .github/mcp-release.yml).',
      },
    )
  }
  return packages
}

/** Says what is stamped, and what is not; returns the flags for each platform. */
function stampFlags(
  host: Host,
  {inputs, project, revision}: Subject,
  {symbols, packages}: {readonly symbols: readonly GoSymbol[] | undefined; readonly packages: readonly GoPackage[]},
): GoPlan['flags'] {
  const {text: semver} = revision.version
  const context = {revision, tag: inputs.tag ?? `v${semver}`, name: project.name, module: project.module}
  const filled = (platform: Platform) => fillFlags(inputs.ldflags, platform, context)
  const given = filled(inputs.targets[0] ?? 'linux/amd64')
  const names = given.flags.filter(flag => flag.startsWith('-X'))
  const shown = (symbols ?? []).map(each => ({...each, file: relative(inputs.directory, each.file)}))
  const paths = new Set(packages.map(each => each.linkPath))
  const ignored = symbols === undefined ? [] : ignoredFlags(names, shown, paths)
  const {commit} = revision
  const values = {semver, date: isoDate(revision.time), ...(commit === undefined ? {} : {commit})}
  // The author's own flags say it all, unless none of them has an effect.
  const detected =
    names.length > ignored.length ? {flags: [], stamped: names.map(flag => flag.slice(3))} : detectStamps(shown, values)
  for (const problem of [...given.problems, ...ignored]) host.warning(problem)
  tellStamping(host, {stamped: detected.stamped, symbols: shown, semver, scanned: symbols !== undefined})
  return platform => [...detected.flags, ...filled(platform).flags]
}

function tellStamping(
  host: Host,
  told: {
    readonly stamped: readonly string[]
    readonly symbols: readonly GoSymbol[]
    readonly semver: string
    readonly scanned: boolean
  },
): void {
  const {stamped, symbols, semver, scanned} = told
  const others = otherVersions(symbols, semver)
  const buildInfo = readsBuildInfo(symbols)
  for (const each of stamped) host.info(`The linker sets ${each}`)
  if (buildInfo) host.info(`debug.ReadBuildInfo tells the program v${semver}`)
  const remedy =
    'Keep it in a string variable (`var version = "dev"` in package main), which is found by its name, or name it in `ldflags` of .github/mcp-release.yml; a Makefile is not read.'
  if (others.length > 0) host.warning(`${others.join('\n')}\n${remedy}`)
  else if (scanned && stamped.length === 0 && !buildInfo)
    host.warning(`The program is not told that it is version ${semver}: no variable for it was found.\n${remedy}`)
}

// Go would build what lies elsewhere on this machine; on another one it is missing or different.
async function checkReplacements(host: Host, directory: string): Promise<void> {
  const text = await host.files.readText(join(directory, 'go.mod'))
  for (const [, target = ''] of text.matchAll(/=>\s*"?(\.{1,2}\/[^\s"]*|\.{1,2}|\/[^\s"]*)/g)) {
    const path = resolve(directory, target)
    if (!isBelow(host.workspace, path))
      host.warning(`go.mod: a replace leads to ${target}, outside of the repository; nobody else can build this`)
  }
}
