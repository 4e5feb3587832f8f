import {relative} from 'node:path'
import {type Finding, InputError, isBelow} from '@mcp-release/action-kit'
import {type BuildRequest, npmTarballName, secretFiles} from '@mcp-release/release-model'
import {checkBundled, checkEntries, checkFilesField, checkPlatformPackage} from './content-checks'
import {installDownload} from './install-download'
import {type Manifest, findingsOf, localDependencies, npmRules, parseManifest, texts} from '@mcp-release/package-rules'
import type {Project} from './project'
import {checkPrograms} from './programs'
import type {Tarball} from './tarball'

/** Against what the tarball is checked. */
export interface Expectation {
  readonly request: BuildRequest
  readonly project: Project
  /** `owner/name` of the repository that releases it, on GitHub. */
  readonly repository?: string
  /** The commands of the build. */
  readonly ran: readonly string[]
  /** The files of the package's folder after the build. */
  readonly checkout: ReadonlySet<string>
}

const error = (text: string): Finding => ({level: 'error', text})
const warning = (text: string): Finding => ({level: 'warning', text})

/** Everything that is wrong or odd about a tarball, all at once. */
export function checkTarball(tarball: Tarball, expected: Expectation): readonly Finding[] {
  const file = tarball.file.name
  const packed = tarball.entries.find(({name}) => name === 'package.json')
  if (packed === undefined) return [error(`${file}: has no package.json`)]
  const read = readPacked(`${file}: package.json`, Buffer.from(packed.content).toString('utf8'))
  if ('findings' in read) return read.findings
  const {manifest} = read
  return [
    ...tarball.outside.map(name => error(`${file}: ${name} lies outside the folder package`)),
    ...checkIdentity(file, manifest, expected.project.manifest),
    ...checkEntries(tarball, manifest, expected),
    ...checkFilesField(tarball, expected.project.manifest),
    ...checkBundled(tarball, manifest),
    ...checkPlatformPackage(tarball, manifest),
    ...checkPrograms(tarball, manifest),
    ...checkManifest(tarball, manifest, expected),
    ...checkDependencies(file, manifest, expected.project),
    ...checkContents(tarball, expected.request),
  ]
}

function readPacked(
  file: string,
  text: string,
): {readonly manifest: Manifest} | {readonly findings: readonly Finding[]} {
  try {
    return {manifest: parseManifest(file, text)}
  } catch (problem) {
    if (problem instanceof InputError) return {findings: problem.problems.map(error)}
    throw problem
  }
}

function checkIdentity(file: string, packed: Manifest, source: Manifest): readonly Finding[] {
  const wanted = npmTarballName(source.name, source.version)
  const same = packed.name === source.name && packed.version === source.version
  return [
    ...(same
      ? []
      : [
          error(
            `${file}: holds ${packed.name} ${packed.version}, but package.json of the checkout says ${source.name} ${source.version}\nA script of the package changes package.json while it is packed.`,
          ),
        ]),
    ...(file === wanted ? [] : [error(`${file}: should be named ${wanted}`)]),
  ]
}

// Ranges that only the author's package manager understands.
function checkDependencies(file: string, {fields}: Manifest, {choice}: Project): readonly Finding[] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(kind =>
    Object.entries(texts(fields[kind]))
      .filter(([, range]) => /^(?:workspace|catalog):/.test(range))
      .map(([name, range]) =>
        error(
          `${file}: ${kind} of package.json has ${name}: ${JSON.stringify(range)}, which only a workspace understands and which packing should have replaced by a version\n` +
            remedyFor(name, choice.manager.name),
        ),
      ),
  )
}

function remedyFor(name: string, manager: string): string {
  return manager === 'npm'
    ? `npm does not replace it. Name the manager of the workspace by "packageManager" in its package.json, or give a version range.`
    : `${manager} replaces it when ${name} is a member of the workspace, or is in its catalog: see that it is.`
}

// The same words as in a plan, which says all this before anything is built.
function checkManifest(tarball: Tarball, manifest: Manifest, {project, repository}: Expectation): readonly Finding[] {
  const {serverName} = project
  const download = installDownload(tarball, manifest.scripts)
  const around = {
    ...(serverName === undefined ? {} : {serverName}),
    ...(repository === undefined ? {} : {repository}),
    ...(download === undefined ? {} : {download}),
  }
  const rulings = [...npmRules(manifest, around), ...localDependencies(manifest)]
  return findingsOf(`${tarball.file.name}: package.json`, rulings)
}

function checkContents({file, entries}: Tarball, {directory, output}: BuildRequest): readonly Finding[] {
  const way = isBelow(directory, output) ? `${relative(directory, output).replaceAll('\\', '/')}/` : undefined
  const earlier = entries.find(({name}) => way !== undefined && name.startsWith(way) && name.endsWith('.tgz'))
  return [
    ...secretFiles(entries).map(({name, reason, amongTests}) =>
      amongTests
        ? warning(`${file.name}: ${name} ${reason}; among tests that may be meant so`)
        : error(
            `${file.name}: ${name} ${reason}\nLeave it out by "files" in package.json, and change what it protects if it was ever published.`,
          ),
    ),
    ...(earlier === undefined
      ? []
      : [
          error(
            `${file.name}: holds ${earlier.name} of an earlier build\nSet "files" in package.json, or remove it before building.`,
          ),
        ]),
  ]
}
