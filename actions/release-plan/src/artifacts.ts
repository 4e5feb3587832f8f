import {type PlannedArtifact, type PlannedPackage, releaseFiles, suffixes} from '@mcp-release/release-model'
import {packageLabel} from './detected'

/** Every file of a release: what is built, then what describes it, then what proves it. */
export function withRecords(
  built: readonly PlannedArtifact[],
  {serverJson}: {readonly serverJson: boolean},
): readonly PlannedArtifact[] {
  const sboms = built.flatMap(({name}): PlannedArtifact[] => [
    {name: name + suffixes.spdx, kind: 'sbom', subject: name},
    {name: name + suffixes.cyclonedx, kind: 'sbom', subject: name},
  ])
  const signed = [...built.map(each => each.name), releaseFiles.checksums]
  return [
    ...built,
    ...sboms,
    {name: releaseFiles.tools, kind: 'tools'},
    ...(serverJson ? [{name: releaseFiles.serverJson, kind: 'server-json'} as const] : []),
    {name: releaseFiles.manifest, kind: 'manifest'},
    {name: releaseFiles.checksums, kind: 'checksums'},
    ...signed.map((subject): PlannedArtifact => ({name: subject + suffixes.signature, kind: 'signature', subject})),
  ]
}

/** Names that two artifacts share, as problems: on a release, a name exists once. */
export function duplicateNames(
  artifacts: readonly PlannedArtifact[],
  packages: readonly PlannedPackage[],
): readonly string[] {
  const labels = new Map(packages.map(each => [each.id, packageLabel(each)]))
  const owner = ({package: id = ''}: PlannedArtifact) => labels.get(id) ?? 'the release'
  const seen = new Map<string, PlannedArtifact>()
  const problems: string[] = []
  for (const artifact of artifacts) {
    const before = seen.get(artifact.name)
    if (before !== undefined && before.kind !== 'sbom' && before.kind !== 'signature')
      problems.push(
        `${artifact.name}: both ${owner(before)} and ${owner(artifact)} make it; rename one of them, or name it under exclude in .github/mcp-release.yml`,
      )
    seen.set(artifact.name, artifact)
  }
  return problems
}
