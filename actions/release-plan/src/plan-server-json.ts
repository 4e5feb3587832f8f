import {
  type PlanFinding,
  type PlannedArtifact,
  type ReleaseVersion,
  type Skip,
  releaseFiles,
} from '@mcp-release/release-model'
import {
  type BuiltPackage,
  type PackageName,
  checkServerJson,
  fillPlaceholders,
  imageReference,
  isMeantForRegistry,
  matching,
  ownerCaseProblem,
  readDraft,
  stamp,
} from '@mcp-release/server-json'
import type {Options} from './inputs'
import {type Candidate, type Tree, below} from './detected'
import {type Buildable, folderBelow} from './jobs'
import type {Facts} from './plan'
import {type StatedVersion, staleVersions} from './stale-versions'

/** What a plan says of server.json. */
export interface ServerJsonPlan {
  /** Whether the release will contain it. */
  readonly planned: boolean
  readonly problems: readonly string[]
  readonly skipped: readonly Skip[]
  readonly findings: readonly PlanFinding[]
}

interface Decisions {
  readonly packages: readonly Buildable[]
  /** All that was found, also what is not released. */
  readonly all: readonly Candidate[]
  /** What build jobs make. */
  readonly built: readonly PlannedArtifact[]
  readonly version: ReleaseVersion
  readonly options: Options
  /** What was passed over when packages were looked for. */
  readonly skipped: readonly Skip[]
}

/**
 * Checks server.json before anything is built, as it will be once it is stamped. When it lists what cannot be built on
 * this machine or was told not to be, the release goes on without it and says so.
 */
export function planServerJson(facts: Facts, decisions: Decisions): ServerJsonPlan {
  const text = facts.tree.texts[releaseFiles.serverJson]
  const nothing = {planned: false, problems: [], skipped: [], findings: []}
  if (text === undefined) return {...nothing, findings: elsewhere(facts, decisions)}
  const {draft, findings} = readDraft(text)
  const problems = findings.flatMap(each => (each.level === 'error' ? [each.text] : []))
  if (draft === undefined) return {...nothing, problems}
  if (typeof draft !== 'object' || draft === null) return {...nothing, problems: ['server.json: is not a JSON object']}
  if (isMeantForRegistry(draft)) {
    const planned = planDraft(draft, facts, decisions)
    return {...planned, problems: [...problems, ...planned.problems]}
  }
  const told = 'it has nothing of a description for the MCP Registry, so it is left alone'
  const subject = folderBelow(facts.root, releaseFiles.serverJson)
  return {...nothing, findings: [{level: 'notice', subject, text: told}]}
}

function planDraft(draft: object, {repository, tree}: Facts, decisions: Decisions): ServerJsonPlan {
  const built = candidates(decisions)
  const left = entries(
    fillPlaceholders(draft, {version: decisions.version.text, tag: decisions.version.tag}) as object,
  ).filter(each => matching(each, built).length === 0 && isLeftOut(each, decisions))
  const facts = {
    version: decisions.version.text,
    tag: decisions.version.tag,
    downloads: `https://github.com/${repository ?? 'owner/name'}/releases/download/${decisions.version.tag}`,
    built: [...built, ...left.map(standIn)],
    pushed: [],
  }
  const stamped = stamp(draft, facts)
  const {findings, server} = checkServerJson(stamped.server)
  const spelling = server === undefined ? undefined : ownerCaseProblem(server.name, repository?.split('/')[0] ?? '')
  const unbuilt = stamped.problems.map(each => withReason(each, {skipped: decisions.skipped, tree}))
  const told = [...unbuilt, ...(spelling === undefined ? [] : [spelling])].map(each => `server.json: ${each}`)
  return {
    planned: left.length === 0,
    problems: [...findings.filter(({level}) => level === 'error').map(({text}) => text), ...told],
    skipped: left.map(({registryType, identifier}) => ({
      subject: releaseFiles.serverJson,
      reason: `it lists ${registryType} ${identifier}, which is not built`,
      hint: 'Build everything that server.json lists, or publish it with mcp-publish once all is public.',
    })),
    findings: staleVersions(statedVersions(draft), decisions.version),
  }
}

const types = {wheel: 'pypi', sdist: 'pypi', 'npm-package': 'npm', image: 'oci'} as const

function candidates({packages, built}: Decisions): readonly BuiltPackage[] {
  const named = new Map(packages.map(each => [each.id, each]))
  const files = built.flatMap(({name, kind, package: id}): BuiltPackage[] => {
    const owner = named.get(id ?? '')
    if (name.endsWith('.mcpb')) return [planned({type: 'mcpb', name, file: name})]
    if (owner === undefined || !(kind in types)) return []
    const type = types[kind as keyof typeof types]
    return [planned({type, name: owner.name, file: name, version: owner.version})]
  })
  // Crates are published from their source and have no file of the release.
  const crates = new Map(
    packages.flatMap(({ecosystem, name, crate = name, version}) =>
      ecosystem === 'cargo' ? [[crate, planned({type: 'cargo', name: crate, file: crate, version})] as const] : [],
    ),
  )
  return [...files, ...crates.values()]
}

function planned(each: Omit<BuiltPackage, 'sha256' | 'proof'>): BuiltPackage {
  return {...each, sha256: '0'.repeat(64), proof: {in: 'nothing'}}
}

/** Whether an entry means a package of this repository whose build is left out. */
function isLeftOut(entry: PackageName, {all: found}: Decisions): boolean {
  if (entry.registryType === 'oci' && !found.some(isImage)) return true
  const all = found.flatMap(({ecosystem, name, crate = name}) =>
    ecosystem === 'go' ? [] : [{type: ecosystem, name: crate, file: ''}],
  )
  return matching(entry, all).length > 0
}

/** A problem with an entry that means nothing, with the reason why its package is none of the release. */
function withReason(
  problem: string,
  {skipped, tree: {texts}}: {readonly skipped: readonly Skip[]; readonly tree: Tree},
): string {
  const [, head, identifier = ''] =
    /^(.*: (?:npm|pypi) ("[^"]+") is nothing that this release built)/.exec(problem) ?? []
  if (head === undefined) return problem
  const literal = identifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const named = new RegExp(`(?:^|[{,])\\s*"?name"?\\s*[:=]\\s*${literal}`, 'm')
  const own = skipped.find(({subject}) => named.test(texts[subject] ?? ''))
  return own === undefined
    ? problem
    : `${head}: ${own.subject}: ${own.reason}${own.hint === undefined ? '' : `\n${own.hint}`}`
}

function isImage({ecosystem}: Candidate): boolean {
  return ecosystem === 'oci'
}

/** A server.json beside a package is not overlooked without a word: which one a release means is for its folder to say. */
function elsewhere({tree: {texts}, root}: Facts, {packages}: Decisions): readonly PlanFinding[] {
  const folders = [...new Set(packages.map(({path}) => path))].filter(path => path !== '.')
  return folders
    .map(folder => ({folder, file: below(folder, releaseFiles.serverJson)}))
    .filter(({file}) => texts[file] !== undefined)
    .map(({folder, file}) => ({
      level: 'warning',
      subject: folderBelow(root, file),
      text: 'it is not in the folder that is released, so it is neither checked nor registered',
      hint: `Release with working-directory: ${folderBelow(root, folder)}, or give it to mcp-publish as server-json.`,
    }))
}

// The registry takes the version of each entry, too; identifiers of images and bundles have theirs inside.
function statedVersions(draft: object): readonly StatedVersion[] {
  const {version, packages} = draft as {readonly version?: unknown; readonly packages?: unknown}
  const place = {file: releaseFiles.serverJson, stamped: 'the file of the release'}
  const listed = (Array.isArray(packages) ? (packages as readonly unknown[]) : []).map((each, at) => ({
    ...place,
    field: `packages[${at}].version`,
    version: ((each ?? {}) as {readonly version?: unknown}).version,
  }))
  const others = listed.filter(each => each.version !== version)
  return [{...place, field: 'version', version}, ...others]
}

function standIn({registryType, identifier}: PackageName): BuiltPackage {
  const image = imageReference(identifier).repository
  const name = registryType === 'oci' ? image.slice(image.lastIndexOf('/') + 1) : identifier
  return planned({type: registryType as BuiltPackage['type'], name, file: name})
}

function entries(draft: object): readonly PackageName[] {
  const {packages} = draft as {readonly packages?: unknown}
  return (Array.isArray(packages) ? (packages as readonly unknown[]) : []).flatMap(each => {
    const {registryType, identifier} = (each ?? {}) as Readonly<Record<string, unknown>>
    return typeof registryType === 'string' && typeof identifier === 'string' ? [{registryType, identifier}] : []
  })
}
