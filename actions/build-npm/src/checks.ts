import {relative} from 'node:path'
import {type Finding, InputError, isBelow} from '@mcp-release/action-kit'
import {type BuildRequest, npmTarballName, secretFiles} from '@mcp-release/release-model'
import {checkBundled, checkEntries, checkFilesField, checkPlatformPackage} from './content-checks'
import {installDownload} from './install-download'
import {type Manifest, parseManifest, record, texts} from './manifest'
import type {Project} from './project'
import {checkPrograms} from './programs'
import type {Tarball} from './tarball'

/** Against what the tarball is checked. */
export interface Expectation {
  readonly request: BuildRequest
  readonly project: Project
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
    ...checkServerName(file, manifest, expected.project),
    ...checkDependencies(file, manifest, expected.project),
    ...checkAdvice(tarball, manifest),
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

function checkServerName(file: string, {fields}: Manifest, {serverName}: Project): readonly Finding[] {
  const {mcpName} = fields
  if (serverName === undefined || mcpName === serverName) return []
  const wanted = `"mcpName": ${JSON.stringify(serverName)}`
  return [
    error(
      mcpName === undefined
        ? `${file}: package.json has no mcpName, by which the MCP Registry knows the owner\nAdd this line to package.json: ${wanted}`
        : `${file}: package.json has mcpName ${JSON.stringify(mcpName)}, but server.json is named ${JSON.stringify(serverName)}\n` +
            `Write ${wanted} in its place, or correct "name" in server.json: the MCP Registry compares the two.`,
    ),
  ]
}

// Ranges that only the author's package manager understands, or that point into the author's checkout.
function checkDependencies(file: string, {fields}: Manifest, {choice}: Project): readonly Finding[] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(kind =>
    Object.entries(texts(fields[kind])).flatMap(([name, range]) => {
      const [, protocol] = /^(workspace|catalog|file|link|portal):/.exec(range) ?? []
      if (protocol === undefined) return []
      const what = `${file}: ${kind} of package.json has ${name}: ${JSON.stringify(range)}`
      return [error(`${what}, ${reasons[protocol] ?? ''}\n${remedyFor(protocol, name, choice.manager.name)}`)]
    }),
  )
}

const reasons: Readonly<Record<string, string>> = {
  workspace: 'which only a workspace understands and which packing should have replaced by a version',
  catalog: 'which only a workspace understands and which packing should have replaced by a version',
  file: 'which points into the folder where it was built',
  link: 'which points into the folder where it was built',
  portal: 'which points into the folder where it was built',
}

function remedyFor(protocol: string, name: string, manager: string): string {
  if (protocol !== 'workspace' && protocol !== 'catalog')
    return `Release ${name} as a package of its own and give the range of its versions here, or take it into "bundleDependencies".`
  return manager === 'npm'
    ? `npm does not replace it. Name the manager of the workspace by "packageManager" in its package.json, or give a version range.`
    : `${manager} replaces it when ${name} is a member of the workspace, or is in its catalog: see that it is.`
}

function checkAdvice(tarball: Tarball, {fields, scripts}: Manifest): readonly Finding[] {
  const file = tarball.file.name
  const repository = fields['repository']
  const url = typeof repository === 'string' ? repository : record(repository)['url']
  const onInstall = ['preinstall', 'install', 'postinstall'].filter(name => scripts[name] !== undefined)
  const download = installDownload(tarball, scripts)
  return [
    ...(typeof url === 'string' && url !== ''
      ? []
      : [warning(`${file}: package.json has no repository.url; npm needs it for provenance and trusted publishing`)]),
    ...(fields['license'] === undefined ? [warning(`${file}: package.json names no license`)] : []),
    ...(onInstall.length === 0
      ? []
      : [
          warning(
            `${file}: package.json has the scripts ${onInstall.join(', ')}; clients that block install scripts, as npm 12 does, will not run them` +
              (download === undefined
                ? ''
                : `\n${download} downloads what the package needs: put it into packages for each platform under "optionalDependencies", which need no script.`),
          ),
        ]),
  ]
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
