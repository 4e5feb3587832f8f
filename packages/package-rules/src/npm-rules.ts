import {packageNameProblem} from '@mcp-release/server-json/mcp-name'
import semver from 'semver'
import {type DeclaredEntry, declaredEntries, resolveEntry} from './npm-entries'
import {type Manifest, record, texts} from './npm-manifest'
import {npmRepository} from './npm-repository'
import type {Ruling} from './ruling'

/** What is known around a package.json. */
export interface NpmSurroundings {
  /** The name in a server.json that lists the package. */
  readonly serverName?: string
  /** `owner/name` of the repository that releases it, on GitHub. */
  readonly repository?: string
  /** The install script that downloads what the package needs, when its files are known. */
  readonly download?: string
}

const error = (text: string, hint?: string): Ruling => ({level: 'error', text, ...(hint === undefined ? {} : {hint})})
const warning = (text: string, hint?: string): Ruling => ({
  level: 'warning',
  text,
  ...(hint === undefined ? {} : {hint}),
})

/** What a package.json alone shows, before anything is built. */
export function npmRules(manifest: Manifest, around: NpmSurroundings): readonly Ruling[] {
  return [
    ...serverName(manifest, around),
    ...repository(manifest, around),
    ...(manifest.fields['license'] === undefined && manifest.fields['licenses'] === undefined
      ? [warning('names no license')]
      : []),
    ...engines(manifest),
    ...machines(manifest),
    ...installScripts(manifest, around),
  ]
}

function serverName({fields}: Manifest, {serverName: name}: NpmSurroundings): readonly Ruling[] {
  const problem = name === undefined ? undefined : packageNameProblem(fields['mcpName'], name)
  return problem === undefined ? [] : [error(problem)]
}

// https://docs.npmjs.com/generating-provenance-statements: compared with the repository of the workflow, in upper and lower case.
function repository({fields}: Manifest, {repository: own}: NpmSurroundings): readonly Ruling[] {
  const stated = npmRepository(fields)
  if (stated === undefined)
    return [warning('has no repository.url; npm needs it for provenance and trusted publishing')]
  if (own === undefined || stated.github === own) return []
  const wanted = JSON.stringify({type: 'git', url: `git+https://github.com/${own}.git`})
  return [
    warning(
      `has the repository ${JSON.stringify(stated.url)}, and ${own} releases it: npm refuses provenance and trusted publishing then`,
      stated.github?.toLowerCase() === own.toLowerCase()
        ? `npm compares upper and lower case, too: write "repository": ${wanted}`
        : `Released from there, write "repository": ${wanted}`,
    ),
  ]
}

// npm reads ranges by node-semver (https://docs.npmjs.com/cli/configuring-npm/package-json#engines).
function engines({fields}: Manifest): readonly Ruling[] {
  const node = record(fields['engines'])['node']
  if (typeof node !== 'string' || node === '') return []
  const range = semver.validRange(node)
  if (range === null)
    return [
      warning(`has engines.node ${JSON.stringify(node)}, which npm cannot read`, 'Write a range, such as ">=20".'),
    ]
  return semver.minVersion(range) === null
    ? [
        warning(
          `has engines.node ${JSON.stringify(node)}, which no version of Node.js satisfies`,
          'Write a range, such as ">=20".',
        ),
      ]
    : []
}

// https://docs.npmjs.com/cli/configuring-npm/package-json#os
function machines({fields}: Manifest): readonly Ruling[] {
  return ['os', 'cpu'].flatMap(name => {
    const value = fields[name]
    const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
    const refused = list.filter(each => typeof each === 'string' && list.includes(`!${each}`))
    return refused.length === 0
      ? []
      : [warning(`allows and refuses ${refused.map(String).join(', ')} in ${name}: npm installs it nowhere there`)]
  })
}

function installScripts({scripts}: Manifest, {download}: NpmSurroundings): readonly Ruling[] {
  const names = ['preinstall', 'install', 'postinstall'].filter(name => scripts[name] !== undefined)
  if (names.length === 0) return []
  return [
    warning(
      `has the scripts ${names.join(', ')}; clients that block install scripts, as npm 12 does, will not run them`,
      download === undefined
        ? undefined
        : `${download} downloads what the package needs: put it into packages for each platform under "optionalDependencies", which need no script.`,
    ),
  ]
}

/** Dependencies that point into the folder of the author, which no packing replaces. */
export function localDependencies({fields}: Manifest): readonly Ruling[] {
  return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(kind =>
    Object.entries(texts(fields[kind]))
      .filter(([, range]) => /^(?:file|link|portal):/.test(range))
      .map(([name, range]) =>
        error(
          `has ${name}: ${JSON.stringify(range)} in ${kind}, which points into the folder where it was built`,
          `Release ${name} as a package of its own and give the range of its versions here, or take it into "bundleDependencies".`,
        ),
      ),
  )
}

/** Commands that are not among the files and that no script makes. */
export function withoutBuild(manifest: Manifest, files: ReadonlySet<string>): readonly Ruling[] {
  return declaredEntries(manifest)
    .filter(entry => entry.use === 'bin' && resolveEntry(entry, files) === undefined)
    .map(entry => missingEntry(entry, files))
}

function missingEntry({field, target}: DeclaredEntry, files: ReadonlySet<string>): Ruling {
  const name = target.slice(target.lastIndexOf('/') + 1)
  const alike = [...files].filter(file => file.endsWith(`/${name}`) && !file.endsWith('.d.ts')).slice(0, 3)
  return error(
    `names ${target} as ${field}, which is not in the repository`,
    `Nothing was run that makes it: give package.json a script build that does, or correct ${field}.${alike.length === 0 ? '' : ` There is ${alike.join(', ')}.`}`,
  )
}
