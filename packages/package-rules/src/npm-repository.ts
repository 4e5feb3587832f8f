import {record} from './npm-manifest'

/** Where package.json says that the sources of a package are (https://docs.npmjs.com/cli/configuring-npm/package-json#repository). */
export interface NpmRepository {
  /** As it stands there. */
  readonly url: string
  /** `owner/name` on GitHub. */
  readonly github?: string
}

/** Reads `repository`, also in its short forms; `undefined` when there is none. */
export function npmRepository(fields: Readonly<Record<string, unknown>>): NpmRepository | undefined {
  const {repository} = fields
  const url = typeof repository === 'string' ? repository : record(repository)['url']
  if (typeof url !== 'string' || url.trim() === '') return undefined
  const plain = url
    .trim()
    .replace(/#.*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
  const [, short] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(plain) ?? []
  const [, long] =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/]*@)?(?:www\.)?github\.com(?::\d+)?[/:]([\w.-]+\/[\w.-]+)/i.exec(plain) ??
    []
  const [, scp] = /^(?:git\+ssh:\/\/)?(?:[^@/]+@)?github\.com:([\w.-]+\/[\w.-]+)$/i.exec(plain) ?? []
  const github = short ?? long ?? scp
  return github === undefined ? {url} : {url, github: github.replace(/\.git$/, '')}
}

/**
 * The repository that a workflow on GitHub releases, as its provenance will name it; `undefined` elsewhere, as for a snapshot of a
 * folder without a remote.
 */
export function releasingRepository(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const {GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: site = 'https://github.com'} = env
  if (repository === undefined || repository.startsWith('local/')) return undefined
  return site.replace(/\/$/, '') === 'https://github.com' ? repository : undefined
}
