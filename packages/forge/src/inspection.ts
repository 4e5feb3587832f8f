import {latestRelease} from './latest'
import type {Asset, Release, Repository, World} from './model'

/** An asset as a test sees it. */
export type AssetView = Readonly<
  Pick<Asset, 'id' | 'name' | 'label' | 'state' | 'contentType' | 'size' | 'digest' | 'downloads'>
>

/** A release as a test sees it. */
export type ReleaseView = Readonly<
  Pick<Release, 'id' | 'tagName' | 'targetCommitish' | 'name' | 'body' | 'draft' | 'prerelease' | 'immutable'>
> & {
  /** `owner/name`. */
  readonly repository: string
  readonly latest: boolean
  readonly assets: readonly AssetView[]
}

const assetView = (asset: Asset): AssetView => ({
  id: asset.id,
  name: asset.name,
  label: asset.label,
  state: asset.state,
  contentType: asset.contentType,
  size: asset.size,
  digest: asset.digest,
  downloads: asset.downloads,
})

function releaseView(repository: Repository, release: Release): ReleaseView {
  return {
    repository: `${repository.owner}/${repository.name}`,
    id: release.id,
    tagName: release.tagName,
    targetCommitish: release.targetCommitish,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    latest: latestRelease(repository) === release,
    assets: [...release.assets.values()].map(assetView),
  }
}

/** A copy of all releases, oldest first, drafts too. */
export const viewReleases = (world: World): readonly ReleaseView[] =>
  [...world.repositories.values()].flatMap(repository =>
    [...repository.releases.values()].map(release => releaseView(repository, release)),
  )
