import {relative} from 'node:path'
import {type Finding, InputError, isBelow} from '@mcp-release/action-kit'
import {type BuildRequest, npmTarballName, secretFiles} from '@mcp-release/release-model'
import {declaredEntries, resolveEntry} from './entries'
import {type Manifest, parseManifest, record, texts} from './manifest'
import type {Project} from './project'
import {checkPrograms} from './programs'
import type {Tarball} from './tarball'

/** Against what the tarball is checked. */
export interface Expectation {
  readonly request: BuildRequest
  readonly project: Project
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
    ...checkEntries(tarball, manifest),
    ...checkPrograms(tarball, manifest),
    ...checkServerName(file, manifest, expected.project),
    ...checkDependencies(file, manifest),
    ...checkAdvice(file, manifest),
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

function checkEntries({file, entries}: Tarball, manifest: Manifest): readonly Finding[] {
  const files = new Set(entries.map(({name}) => name))
  const missing = declaredEntries(manifest).filter(entry => resolveEntry(entry, files) === undefined)
  return missing.map(({field, target, use}) =>
    use === 'other'
      ? warning(`${file.name}: ${target}, which ${field} of package.json names, is not in it`)
      : error(
          `${file.name}: ${target}, which ${field} of package.json names, is not in it\n` +
            'Add its folder to "files" in package.json, and see that the script build makes it.',
        ),
  )
}

function checkServerName(file: string, {fields}: Manifest, {serverName}: Project): readonly Finding[] {
  if (serverName === undefined || fields['mcpName'] === serverName) return []
  const found = fields['mcpName'] === undefined ? 'has no mcpName' : `has mcpName ${JSON.stringify(fields['mcpName'])}`
  return [
    error(
      `${file}: package.json ${found}, by which the MCP Registry knows the owner\n` +
        `Add this line to package.json: "mcpName": ${JSON.stringify(serverName)}`,
    ),
  ]
}

// Ranges that only the author's package manager understands, or that point into the author's checkout.
function checkDependencies(file: string, {fields}: Manifest): readonly Finding[] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(kind =>
    Object.entries(texts(fields[kind]))
      .filter(([, range]) => /^(?:workspace|catalog|file|link|portal):/.test(range))
      .map(([name, range]) =>
        error(
          `${file}: ${kind} of package.json has ${name}: ${JSON.stringify(range)}, which nobody can install\nGive a version range.`,
        ),
      ),
  )
}

function checkAdvice(file: string, {fields, scripts}: Manifest): readonly Finding[] {
  const repository = fields['repository']
  const url = typeof repository === 'string' ? repository : record(repository)['url']
  const onInstall = ['preinstall', 'install', 'postinstall'].filter(name => scripts[name] !== undefined)
  return [
    ...(typeof url === 'string' && url !== ''
      ? []
      : [warning(`${file}: package.json has no repository.url; npm needs it for provenance and trusted publishing`)]),
    ...(fields['license'] === undefined ? [warning(`${file}: package.json names no license`)] : []),
    ...(onInstall.length === 0
      ? []
      : [
          warning(
            `${file}: package.json has the scripts ${onInstall.join(', ')}; clients that block install scripts, as npm 12 does, will not run them`,
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
