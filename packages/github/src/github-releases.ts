import {createHash} from 'node:crypto'
import {CallFailure, noAnswer} from './call-failure'
import {type Call, Connection, type Server} from './connection'
import {Persistence, type Policy} from './persistence'
import {sendUntilThere} from './asset-upload'
import {changeHolds, changeRequest, draftRequest} from './release-request'
import type {Asset, LocalFile, NewDraft, Release, ReleaseChange} from './release'
import type {Releases} from './releases'
import {readAsset, readAssets, readNotes, readPendingId, readRelease, readReleases, readTagged} from './representation'

const pageSize = 100
// An annotated tag may name another one.
const deepestTag = 5
const pendingQuery =
  'query($owner: String!, $name: String!, $tag: String!) { repository(owner: $owner, name: $name) { release(tagName: $tag) { databaseId } } }'

/** The releases of a repository on GitHub or GitHub Enterprise Server. */
export function githubReleases(server: Server, policy: Policy, tell: (line: string) => void): Releases {
  return new GithubReleases(server, new Connection(server, policy.timeout), new Persistence(policy, tell))
}

class GithubReleases implements Releases {
  constructor(
    private readonly server: Server,
    private readonly connection: Connection,
    private readonly persistence: Persistence,
  ) {}

  byTag(tag: string): Promise<Release | undefined> {
    return this.#find(`/releases/tags/${encoded(tag)}`, readRelease)
  }

  byId(id: number): Promise<Release | undefined> {
    return this.#find(`/releases/${id}`, readRelease)
  }

  async byPendingTag(tag: string): Promise<Release | undefined> {
    const variables = {...this.server.repository, tag}
    const call: Call = {method: 'POST', path: this.server.graphqlUrl, body: {query: pendingQuery, variables}}
    try {
      const id = await this.persistence.until(async () => ({
        found: readPendingId(await this.connection.json(call), 'GraphQL'),
      }))
      return id.found === undefined ? undefined : await this.byId(id.found)
    } catch (error) {
      // A token or a server without GraphQL: the list knows as much.
      if (error instanceof CallFailure && error.outcome === 'refused') return undefined
      throw error
    }
  }

  list(): Promise<readonly Release[]> {
    return this.#pages('/releases', readReleases)
  }

  async listNewest(): Promise<{readonly newest: readonly Release[]; readonly areAll: boolean}> {
    const newest = await this.#read(`/releases?per_page=${pageSize}`, readReleases)
    return {newest, areAll: newest.length < pageSize}
  }

  latest(): Promise<Release | undefined> {
    return this.#find('/releases/latest', readRelease)
  }

  async tagCommit(tag: string): Promise<string | undefined> {
    let found = await this.#find(`/git/ref/tags/${encoded(tag)}`, readTagged)
    for (let depth = 0; found?.type === 'tag' && depth < deepestTag; depth++) {
      found = await this.#find(`/git/tags/${found.sha}`, readTagged)
    }
    return found?.sha
  }

  generateNotes({tag, previous, target}: {tag: string; previous?: string; target?: string}): Promise<string> {
    const body = {
      tag_name: tag,
      ...(previous === undefined ? {} : {previous_tag_name: previous}),
      ...(target === undefined ? {} : {target_commitish: target}),
    }
    const call: Call = {method: 'POST', path: '/releases/generate-notes', body}
    return this.persistence.until(async () => readNotes(await this.connection.json(call), nameOf(call)))
  }

  create(draft: NewDraft): Promise<{readonly release: Release; readonly made: boolean}> {
    const call: Call = {method: 'POST', path: '/releases', body: draftRequest(draft)}
    return this.persistence.until<{release: Release; made: boolean}>(
      async () => ({release: readRelease(await this.connection.json(call), nameOf(call)), made: true}),
      async () => {
        const {newest} = await this.listNewest()
        const release = lowest(newest.filter(({tag}) => tag === draft.tag))
        return release === undefined ? undefined : {release, made: false}
      },
    )
  }

  update(id: number, change: ReleaseChange): Promise<Release> {
    const call: Call = {method: 'PATCH', path: `/releases/${id}`, body: changeRequest(change)}
    return this.persistence.until(
      async () => readRelease(await this.connection.json(call), nameOf(call)),
      async () => {
        const found = await this.byId(id)
        return found !== undefined && changeHolds(found, change) ? found : undefined
      },
    )
  }

  async deleteDraft(id: number): Promise<void> {
    await this.persistence.until(() => this.connection.find({method: 'DELETE', path: `/releases/${id}`}))
  }

  assets(id: number): Promise<readonly Asset[]> {
    return this.#pages(`/releases/${id}/assets`, readAssets)
  }

  async settledAssets(id: number, names?: ReadonlySet<string>): Promise<readonly Asset[]> {
    for (let looks = 1; ; looks++) {
      const assets = await this.assets(id)
      const rest = assets.every(({name, state}) => state === 'uploaded' || names?.has(name) === false)
      if (rest || looks > 3) return assets
      await this.persistence.wait(looks)
    }
  }

  download(asset: Asset): Promise<Uint8Array> {
    const path = `/releases/assets/${asset.id}`
    return this.persistence.until(async () => {
      const bytes = await this.connection.bytes(path)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const isWhole = bytes.length === asset.size && sha256 === (asset.sha256 ?? sha256)
      if (isWhole) return bytes
      throw noAnswer(
        `GET ${path}`,
        `the answer is not ${asset.name}: it has ${bytes.length} bytes with sha256 ${sha256}`,
      )
    })
  }

  upload(release: Release, file: LocalFile, signal?: AbortSignal): Promise<Asset> {
    return sendUntilThere(
      {releases: this, connection: this.connection, persistence: this.persistence},
      {release, file},
      signal,
    )
  }

  changeAsset(id: number, change: {readonly name?: string; readonly label?: string}): Promise<Asset> {
    const call: Call = {method: 'PATCH', path: `/releases/assets/${id}`, body: change}
    return this.persistence.until(
      async () => readAsset(await this.connection.json(call), nameOf(call)),
      async () => {
        const found = await this.#find(`/releases/assets/${id}`, readAsset)
        const holds = (change.name ?? found?.name) === found?.name && (change.label ?? found?.label) === found?.label
        return holds ? found : undefined
      },
    )
  }

  async deleteAsset(id: number): Promise<void> {
    // 404: an earlier attempt, or somebody else, has done it.
    await this.persistence.until(() => this.connection.find({method: 'DELETE', path: `/releases/assets/${id}`}))
  }

  #read<T>(path: string, read: (value: unknown, call: string) => T): Promise<T> {
    const call: Call = {method: 'GET', path}
    return this.persistence.until(async () => read(await this.connection.json(call), nameOf(call)))
  }

  async #find<T>(path: string, read: (value: unknown, call: string) => T): Promise<T | undefined> {
    const call: Call = {method: 'GET', path}
    const {found} = await this.persistence.until(async () => {
      const value = await this.connection.find(call)
      return {found: value === undefined ? undefined : read(value, nameOf(call))}
    })
    return found
  }

  async #pages<T>(path: string, read: (value: unknown, call: string) => readonly T[]): Promise<readonly T[]> {
    const all: T[] = []
    for (let page = 1; ; page++) {
      const items = await this.#read(`${path}?per_page=${pageSize}&page=${page}`, read)
      all.push(...items)
      if (items.length < pageSize) return all
    }
  }
}

/** Of several releases of one tag the published one, else the draft that was made first: every job comes to the same. */
export function lowest(releases: readonly Release[]): Release | undefined {
  return [...releases].sort((a, b) => Number(a.draft) - Number(b.draft) || a.id - b.id)[0]
}

const nameOf = ({method, path}: Call): string => `${method} ${path}`

const encoded = (tag: string): string => tag.split('/').map(encodeURIComponent).join('/')
