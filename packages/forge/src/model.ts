/** Whether a release may become the latest one, as the API spells it. */
export type MakeLatest = 'true' | 'false' | 'legacy'

/** One file of a release; `starter` is what a broken upload leaves behind. */
export interface Asset {
  readonly id: number
  name: string
  label: string | null
  state: 'starter' | 'uploaded'
  readonly contentType: string
  size: number
  digest: string | null
  downloads: number
  readonly createdAt: Date
  updatedAt: Date
  readonly uploader: string
}

/** A release with everything the rules look at. */
export interface Release {
  readonly id: number
  tagName: string
  targetCommitish: string
  name: string | null
  body: string | null
  draft: boolean
  prerelease: boolean
  immutable: boolean
  makeLatest: MakeLatest
  discussion: string | undefined
  readonly createdAt: Date
  publishedAt: Date | null
  updatedAt: Date
  readonly author: string
  /** What the web addresses of a draft carry instead of its tag. */
  readonly untagged: string
  readonly assets: Map<number, Asset>
}

/** An annotated tag, which is an object of its own. */
export interface TagObject {
  readonly name: string
  /** The commit that it stands for, or another tag object. */
  readonly target: string
}

/** A repository: its refs, its settings and its releases. */
export interface Repository {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly createdAt: Date
  readonly isPrivate: boolean
  readonly defaultBranch: string
  readonly branches: Map<string, string>
  /** What each tag stands for: a commit, or a tag object. */
  readonly tags: Map<string, string>
  /** Annotated tags by their own digest. */
  readonly tagObjects: ReadonlyMap<string, TagObject>
  readonly immutableReleases: boolean
  /** Whether uploaded files get a digest. */
  readonly tellsDigests: boolean
  readonly discussionCategories: ReadonlySet<string>
  readonly releases: Map<number, Release>
  /** Tag names of deleted immutable releases, which can never be released again. */
  readonly burnedTags: Set<string>
  /** The release that was explicitly made the latest. */
  latestId: number | undefined
}

/** All state of one forge. */
export interface World {
  readonly repositories: ReadonlyMap<string, Repository>
  readonly now: () => Date
  readonly nextId: () => number
}

/** How a test or the snapshot command describes a repository to start with. */
export interface RepositorySeed {
  readonly owner: string
  readonly name: string
  /** Whether only those with a token see it; default false. */
  readonly private?: boolean
  readonly defaultBranch?: string
  /** Branch names with their commits; without the default branch, its head is the last tag's commit. */
  readonly branches?: Readonly<Record<string, string>>
  /** Tag names with their commits, or with the digests of tag objects. */
  readonly tags?: Readonly<Record<string, string>>
  /** Annotated tags by their own digest. */
  readonly tagObjects?: Readonly<Record<string, TagObject>>
  readonly immutableReleases?: boolean
  readonly discussionCategories?: readonly string[]
  /** `false`: no digest is told of uploaded files, as of those that GitHub took before June 2025; default true. */
  readonly digests?: boolean
  /** Tags, made where they are not there, that have a published release without files. */
  readonly releases?: readonly string[]
}

/** The key of a repository: GitHub compares both parts without regard to case. */
export const repositoryKey = (owner: string, name: string): string => `${owner}/${name}`.toLowerCase()

const commit = /^[0-9a-f]{40}$/

function requireCommits(seed: RepositorySeed): void {
  const wrong = Object.entries({...seed.branches, ...seed.tags}).filter(([, sha]) => !commit.test(sha))
  if (wrong.length === 0) return
  const list = wrong.map(([name, sha]) => `${name}: "${sha}"`).join(', ')
  throw new TypeError(`${seed.owner}/${seed.name}: refs need commits of 40 hex digits, got ${list}`)
}

function createRepository(seed: RepositorySeed, world: Pick<World, 'now' | 'nextId'>): Repository {
  requireCommits(seed)
  const defaultBranch = seed.defaultBranch ?? 'main'
  const branches = new Map(Object.entries(seed.branches ?? {}))
  const head = Object.values(seed.tags ?? {}).at(-1)
  if (!branches.has(defaultBranch) && head !== undefined) branches.set(defaultBranch, head)
  return {
    id: world.nextId(),
    owner: seed.owner,
    name: seed.name,
    createdAt: world.now(),
    isPrivate: seed.private ?? false,
    defaultBranch,
    branches,
    tags: new Map(Object.entries(seed.tags ?? {})),
    tagObjects: new Map(Object.entries(seed.tagObjects ?? {})),
    immutableReleases: seed.immutableReleases ?? false,
    tellsDigests: seed.digests ?? true,
    discussionCategories: new Set(seed.discussionCategories ?? []),
    releases: new Map(),
    burnedTags: new Set(),
    latestId: undefined,
  }
}

/** A fresh world with the given repositories and no release. */
export function createWorld(seeds: readonly RepositorySeed[], now: () => Date): World {
  let last = 1000
  const nextId = (): number => (last += 1)
  const repositories = seeds.map(seed => createRepository(seed, {now, nextId}))
  return {repositories: new Map(repositories.map(one => [repositoryKey(one.owner, one.name), one])), now, nextId}
}
