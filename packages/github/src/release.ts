/** A file of a release, as the forge knows it. */
export interface Asset {
  readonly id: number
  readonly name: string
  readonly label: string | undefined
  /** Only `uploaded` is whole; `starter` is what a broken upload leaves behind. */
  readonly state: string
  readonly size: number
  /** Lower-case hex; `undefined` where the forge does not tell. */
  readonly sha256: string | undefined
  /** The address for people; that of a draft's file does not know the tag. */
  readonly url: string
}

/** A release, as the forge knows it. */
export interface Release {
  readonly id: number
  readonly tag: string
  readonly name: string
  readonly body: string
  readonly draft: boolean
  readonly prerelease: boolean
  /** Published, and closed to any change of its files. */
  readonly immutable: boolean
  readonly url: string
  /** The URI template for uploads. */
  readonly uploadUrl: string
  /** The assets that the forge shows with the release; they need not be all. */
  readonly assets: readonly Asset[]
}

/** The fields of a new draft. */
export interface NewDraft {
  readonly tag: string
  readonly name: string
  readonly body: string
  readonly prerelease: boolean
  /** Where the tag will be made; only for a tag that does not exist. */
  readonly target?: string
}

/** What an update sends; absent fields stay as they are. */
export interface ReleaseChange {
  readonly name?: string
  readonly body?: string
  readonly prerelease?: boolean
  /** `false` publishes. */
  readonly draft?: false
  /** Where the tag will be made when it is published; only for a tag that does not exist. */
  readonly target?: string
  readonly makeLatest?: 'true' | 'false' | 'legacy'
  readonly discussionCategory?: string
}

/** A local file and the name under which a release shall have it. */
export interface LocalFile {
  /** Absolute path. */
  readonly path: string
  readonly name: string
  readonly label?: string
  readonly size: number
  readonly sha256: string
}

/** `owner/name` in its parts. */
export interface RepositoryName {
  readonly owner: string
  readonly name: string
}
