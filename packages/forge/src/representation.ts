import type {Asset, Release, Repository, TagObject} from './model'

/** The addresses under which the forge serves its parts. */
export interface Addresses {
  readonly api: string
  readonly graphql: string
  readonly uploads: string
  readonly web: string
}

type Json = Readonly<Record<string, unknown>>

const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}:${id}`).toString('base64url')

/** The short form of an account. */
export function userJson(login: string, at: Addresses): Json {
  const api = `${at.api}/users/${encodeURIComponent(login)}`
  return {
    login,
    id: 1,
    node_id: nodeId('User', 1),
    avatar_url: `${at.web}/avatars/1`,
    gravatar_id: '',
    url: api,
    html_url: `${at.web}/${encodeURIComponent(login)}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  }
}

const apiBase = (repository: Repository, at: Addresses): string =>
  `${at.api}/repos/${repository.owner}/${repository.name}`

const webBase = (repository: Repository, at: Addresses): string => `${at.web}/${repository.owner}/${repository.name}`

// The web addresses of a draft do not know its tag.
const webTag = (release: Release): string =>
  release.draft ? release.untagged : release.tagName.split('/').map(encodeURIComponent).join('/')

/** An asset as the API shows it. */
export function assetJson(repository: Repository, owned: {release: Release; asset: Asset}, at: Addresses): Json {
  const {release, asset} = owned
  return {
    url: `${apiBase(repository, at)}/releases/assets/${asset.id}`,
    id: asset.id,
    node_id: nodeId('ReleaseAsset', asset.id),
    name: asset.name,
    label: asset.label,
    uploader: userJson(asset.uploader, at),
    content_type: asset.contentType,
    state: asset.state,
    size: asset.size,
    digest: asset.digest,
    download_count: asset.downloads,
    created_at: asset.createdAt.toISOString(),
    updated_at: asset.updatedAt.toISOString(),
    browser_download_url: `${webBase(repository, at)}/releases/download/${webTag(release)}/${encodeURIComponent(asset.name)}`,
  }
}

/** The web page of a release. */
export const releasePage = (repository: Repository, release: Release, at: Addresses): string =>
  `${webBase(repository, at)}/releases/tag/${webTag(release)}`

/** A release as the API shows it. */
export function releaseJson(repository: Repository, release: Release, at: Addresses): Json {
  const api = apiBase(repository, at)
  const archive = (kind: string): string | null => (release.draft ? null : `${api}/${kind}/${webTag(release)}`)
  const discussed = release.discussion !== undefined && !release.draft
  return {
    url: `${api}/releases/${release.id}`,
    assets_url: `${api}/releases/${release.id}/assets`,
    upload_url: `${at.uploads}/repos/${repository.owner}/${repository.name}/releases/${release.id}/assets{?name,label}`,
    html_url: releasePage(repository, release, at),
    id: release.id,
    author: userJson(release.author, at),
    node_id: nodeId('Release', release.id),
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    draft: release.draft,
    immutable: release.immutable,
    prerelease: release.prerelease,
    created_at: release.createdAt.toISOString(),
    updated_at: release.updatedAt.toISOString(),
    published_at: release.publishedAt?.toISOString() ?? null,
    assets: [...release.assets.values()].map(asset => assetJson(repository, {release, asset}, at)),
    tarball_url: archive('tarball'),
    zipball_url: archive('zipball'),
    body: release.body,
    ...(discussed ? {discussion_url: `${webBase(repository, at)}/discussions/${release.id}`} : {}),
  }
}

/** A ref as the API shows it. */
export function refJson(repository: Repository, found: {ref: string; sha: string}, at: Addresses): Json {
  const api = `${apiBase(repository, at)}/git`
  return {
    ref: found.ref,
    node_id: Buffer.from(`Ref:${repository.id}:${found.ref}`).toString('base64url'),
    url: `${api}/${found.ref.split('/').map(encodeURIComponent).join('/')}`,
    object: objectJson(repository, found.sha, api),
  }
}

function objectJson(repository: Repository, sha: string, api: string): Json {
  const isTag = repository.tagObjects.has(sha)
  return {sha, type: isTag ? 'tag' : 'commit', url: `${api}/${isTag ? 'tags' : 'commits'}/${sha}`}
}

/** An annotated tag. */
export function tagJson(repository: Repository, {sha, tag}: {sha: string; tag: TagObject}, at: Addresses): Json {
  const api = `${apiBase(repository, at)}/git`
  return {
    node_id: Buffer.from(`Tag:${repository.id}:${sha}`).toString('base64url'),
    tag: tag.name,
    sha,
    url: `${api}/tags/${sha}`,
    message: `${tag.name}\n`,
    tagger: {date: repository.createdAt.toISOString(), email: 'tagger@example.com', name: 'tagger'},
    object: objectJson(repository, tag.target, api),
  }
}
