import {
  type PlanFinding,
  type PlannedArtifact,
  type PlannedBundle,
  type ReleaseSettings,
  isLicenseFile,
  releaseFiles,
  withoutLicenseFile,
} from '@mcp-release/release-model'
import {fileNameOf, folderOf} from '../detected'
import {releasingRepository} from '@mcp-release/package-rules'
import type {Options} from '../inputs'
import type {Buildable} from '../jobs'
import type {Facts} from '../plan'
import {judgeCargo} from './judge-cargo'
import {judgeImage} from './judge-image'
import {judgeNpm} from './judge-npm'
import {judgePython} from './judge-python'
import {type Surroundings, foldersAround} from './surroundings'
import {unlocked} from './unlocked'
import {type Verdict, merged} from './verdict'

interface Release {
  readonly packages: readonly Buildable[]
  readonly bundles: readonly PlannedBundle[]
  /** What build jobs make. */
  readonly built: readonly PlannedArtifact[]
  readonly options: Options
  readonly settings: ReleaseSettings
  /** The release will have a server.json. */
  readonly hasServerJson: boolean
}

/** What the manifests of all packages that are built show already: nothing of it is told for the first time by a later step. */
export function judgeManifests({tree, root, repository}: Facts, release: Release): Verdict {
  const {packages, bundles, built, settings, options} = release
  const around: Surroundings = {
    tree,
    settings,
    repository: releasingRepository({GITHUB_REPOSITORY: repository}),
    atRoot: root === '.',
    serverJson: release.hasServerJson ? tree.texts[releaseFiles.serverJson] : undefined,
  }
  const owners = new Set(built.map(each => each.package))
  const verdicts = packages
    .filter(({id}) => owners.has(id))
    .flatMap(each => {
      const bundle = bundles.find(other => other.package === each.id)
      return [
        judgeOne(each, around, options),
        {stops: [], findings: [...unlocked(each, bundle, tree), ...unlicensed(each, around)]},
      ]
    })
  return merged(verdicts)
}

function judgeOne(each: Buildable, around: Surroundings, {imagePlatforms}: Options): Verdict {
  switch (each.ecosystem) {
    case 'npm':
      return judgeNpm(each, around)
    case 'pypi':
      return judgePython(each, around)
    case 'cargo':
      return judgeCargo(each, around)
    case 'oci':
      return judgeImage(each, around.serverJson, imagePlatforms)
    case 'go':
      return merged([])
  }
}

/** A program whose archives will hold no licence; above the folder that is released, nothing is known. */
function unlicensed(each: Buildable, {tree: {listed}, atRoot}: Surroundings): readonly PlanFinding[] {
  const isProgram = each.ecosystem === 'go' || each.ecosystem === 'cargo'
  if (!isProgram || listed === undefined || !atRoot) return []
  const folders = foldersAround(each.path)
  const isLicense = (file: string) =>
    folders.includes(folderOf(file))
      ? isLicenseFile(fileNameOf(file))
      : /^licen[cs]es$/i.test(fileNameOf(folderOf(file))) && folders.includes(folderOf(folderOf(file)))
  return listed.some(isLicense) ? [] : [{level: 'warning', subject: each.manifest, ...withoutLicenseFile}]
}
