import {createHash} from 'node:crypto'
import {once} from 'node:events'
import {type IncomingMessage, get} from 'node:http'
import {text} from 'node:stream/consumers'
import {inParallel} from '@mcp-release/action-kit'
import {type Plan, parseChecksums, releaseFiles} from '@mcp-release/release-model'
import type {ReleaseReport} from '@mcp-release/report'
import {type Forge, compileChecks, startForge} from '@mcp-release/forge'

/** The forge of one snapshot: a repository with the tag, and a token that only this run knows. */
export interface EmbeddedForge {
  readonly env: Readonly<Record<string, string>>
  readonly token: string
  readonly forge: Forge
}

// A snapshot of sources outside git has no commit, but a tag must point somewhere.
const noCommit = '0'.repeat(40)

/** Starts the forge with the repository and its tag. */
export async function openForge(repository: string, plan: Plan, token: string): Promise<EmbeddedForge> {
  const [owner = 'local', name = plan.name] = repository.split('/')
  const sha = plan.commit ?? noCommit
  const forge = await startForge({
    repositories: [{owner, name, tags: {[plan.version.tag]: sha}, branches: {main: sha}}],
    tokens: [token],
  })
  await compileChecks()
  const env = {
    GITHUB_API_URL: forge.url,
    GITHUB_GRAPHQL_URL: forge.graphqlUrl,
    GITHUB_SERVER_URL: forge.webUrl,
    GITHUB_REF: `refs/tags/${plan.version.tag}`,
  }
  return {forge, token, env}
}

/** Downloads every asset from its public address and compares it with SHA256SUMS; throws when the release is not what was built. */
export async function verifyPublished(
  {forge}: EmbeddedForge,
  repository: string,
  plan: Plan,
): Promise<Omit<ReleaseReport, 'state'>> {
  const release = forge.releases(repository).find(each => each.tagName === plan.version.tag && !each.draft)
  if (release === undefined) throw new Error(`${plan.version.tag}: the forge has no public release`)
  const base = `${forge.webUrl}/${repository}/releases/download/${plan.version.tag}`
  // Not `fetch`, whose streams take several times as long.
  const download = async (name: string) => {
    const [answer] = (await once(get(`${base}/${encodeURIComponent(name)}`), 'response')) as [IncomingMessage]
    if (answer.statusCode === 200) return answer
    answer.resume()
    throw new Error(`${name}: its download answered ${answer.statusCode ?? 0}`)
  }
  const digest = async ({name}: {readonly name: string}) => {
    const answer = await download(name)
    const hash = createHash('sha256')
    for await (const chunk of answer as AsyncIterable<Uint8Array>) hash.update(chunk)
    return [name, hash.digest('hex')] as const
  }
  const digests = new Map(await inParallel(release.assets, {width: 8, work: digest}))
  const missing = plan.artifacts.filter(({name}) => !digests.has(name)).map(({name}) => name)
  if (missing.length > 0) throw new Error(`the public release lacks ${missing.join(', ')}`)
  for (const line of parseChecksums(await text(await download(releaseFiles.checksums)))) {
    if (line === undefined || digests.get(line.name) !== line.sha256)
      throw new Error(`${line?.name ?? 'SHA256SUMS'}: what was downloaded differs from SHA256SUMS`)
  }
  return {
    tag: plan.version.tag,
    draft: release.draft,
    prerelease: release.prerelease,
    downloaded: digests.size,
    assets: release.assets.length,
  }
}
