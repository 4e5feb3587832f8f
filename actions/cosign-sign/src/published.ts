import {basename, join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {type Asset, type Releases, githubAssetName, githubReleases, patience} from '@mcp-release/github'
import {type Verifier, checkBundle} from './check'
import type {Identity} from './certificate'
import {type Run, earlierProblems} from './identity'
import {inLanes} from './lanes'
import {bundlePath} from './plan'
import type {Signature} from './sign-file'

/** Where the published release is. */
export interface PublishedRelease {
  readonly tag: string
  readonly commit?: string
  readonly token: string
  readonly repository: {readonly owner: string; readonly name: string}
}

/** A signature bundle has a few thousand bytes. */
const largest = 2 ** 20

interface Found {
  readonly file: string
  readonly sha256: string
  readonly signature: Asset
  /** Whether the forge says that the published file has the same bytes. */
  readonly isSame: boolean
}

/**
 * Puts the signatures that the published release has of the same files beside them, once they are verified: those count, and are
 * not made again. One that the right signer did not make is refused before anything is signed.
 */
export async function keepPublished(
  host: Host,
  release: PublishedRelease,
  scene: {
    readonly files: readonly string[]
    readonly folder: string
    /** Where signatures go; beside the files without it. */
    readonly directory?: string
    readonly verifiers: readonly Verifier[]
    readonly run: Run
  },
): Promise<ReadonlyMap<string, Signature>> {
  const releases = releasesOf(host, release)
  const published = await releases.byTag(release.tag)
  if (published === undefined) return new Map()
  const found = await findSignatures(host, scene.files, await releases.assets(published.id))
  const refused: string[] = []
  const kept = new Map<string, Signature>()
  await inLanes(found, scene.verifiers, async ({file, sha256, signature, isSame}, verifier) => {
    const path = join(scene.folder, `published-${signature.id}.json`)
    const problemsOf = (signer: Identity) => earlierProblems(signer, scene.run, release)
    const problems = await fetched(host, releases, {signature, path})
    const checked =
      problems.length > 0 ? {problems} : await checkBundle(host, {file, sha256, bundle: path}, {verifier, problemsOf})
    if ('problems' in checked) {
      // Without a digest the published file may have other bytes; that is told where both are compared.
      if (isSame) refused.push(...checked.problems.map(problem => `- ${signature.name}: ${problem}`))
      return
    }
    await host.files.write(bundlePath(file, scene), await host.files.readBytes(path))
    host.info(`${basename(file)}: the published signature is good and stays`)
    const {signer} = checked.bundle
    kept.set(file, {file, sha256, kept: true, ...(signer === undefined ? {} : {signer})})
  })
  if (refused.length > 0) throw foreign(release.tag, refused)
  return kept
}

function releasesOf(host: Host, {token, repository}: PublishedRelease): Releases {
  const apiUrl = (host.env['GITHUB_API_URL'] ?? 'https://api.github.com').replace(/\/+$/, '')
  const graphqlUrl = host.env['GITHUB_GRAPHQL_URL'] ?? 'https://api.github.com/graphql'
  return githubReleases({apiUrl, graphqlUrl, token, repository}, patience, line => host.warning(line))
}

async function findSignatures(
  host: Host,
  files: readonly string[],
  assets: readonly Asset[],
): Promise<readonly Found[]> {
  const byName = new Map(assets.filter(({state}) => state === 'uploaded').map(asset => [asset.name, asset]))
  const found: Found[] = []
  for (const file of files) {
    const there = byName.get(githubAssetName(basename(file)))
    const signature = byName.get(githubAssetName(basename(bundlePath(file, {}))))
    if (there === undefined || signature === undefined) continue
    const sha256 = await host.files.sha256(file)
    if (there.sha256 === undefined || there.sha256 === sha256)
      found.push({file, sha256, signature, isSame: there.sha256 !== undefined})
  }
  return found
}

async function fetched(
  host: Host,
  releases: Releases,
  {signature, path}: {readonly signature: Asset; readonly path: string},
): Promise<readonly string[]> {
  if (signature.size > largest) return [`it has ${signature.size} bytes, which no signature has`]
  await host.files.write(path, await releases.download(signature))
  return []
}

function foreign(tag: string, refused: readonly string[]): ActionError {
  return new ActionError(
    'IDENTITY',
    `the published release of ${tag} has signatures that this workflow did not make for it:\n${[...refused].sort().join('\n')}`,
    {
      hint: 'Nothing was signed or published. Find out who put them there. If they are yours all the same (another key, a workflow that was renamed), delete them from the release and run again; an immutable release needs a new version.',
    },
  )
}
