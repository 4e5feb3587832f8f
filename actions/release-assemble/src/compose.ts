import {type Manifest, type Plan, installableFiles} from '@mcp-release/release-model'
import type {Facts} from './facts'

/** release-manifest.json from the plan and the files that were found to be as planned. */
export function composeManifest(plan: Plan, {files, built, leftOut}: Facts): Manifest {
  const found = new Map(files.map(file => [file.name, file]))
  const sizes = new Map(built.map(artifact => [artifact.name, artifact]))
  const purls = new Map(plan.packages.map(each => [each.id, each.purl]))
  const sboms = plan.artifacts.filter(({kind}) => kind === 'sbom')
  const {schemaVersion, name, version, repository, commit, sourceDate, skipped} = plan
  return {
    schemaVersion,
    name,
    version,
    ...(repository === undefined ? {} : {repository}),
    ...(commit === undefined ? {} : {commit}),
    sourceDate,
    packages: plan.packages.map(({ecosystem, name: title, version: own, purl, license}) => ({
      ecosystem,
      name: title,
      version: own,
      purl,
      ...(license === undefined ? {} : {license}),
    })),
    artifacts: installableFiles(plan).map(artifact => {
      const purl = purls.get(artifact.package ?? '')
      return {
        name: artifact.name,
        kind: artifact.kind,
        ...(artifact.platform === undefined ? {} : {platform: artifact.platform}),
        size: sizes.get(artifact.name)?.size ?? 0,
        sha256: found.get(artifact.name)?.sha256 ?? '',
        ...(purl === undefined ? {} : {purl}),
        sboms: sboms.filter(({subject}) => subject === artifact.name).map(sbom => sbom.name),
      }
    }),
    sboms: sboms.map(sbom => ({
      name: sbom.name,
      subject: sbom.subject ?? '',
      sha256: found.get(sbom.name)?.sha256 ?? '',
    })),
    skipped,
    ...(leftOut.length === 0 ? {} : {leftOut: leftOut.map(each => each.name)}),
  }
}
