import {createHash} from 'node:crypto'
import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Forge} from '@mcp-release/forge'
import {type Plan, planSchema} from '@mcp-release/release-model'
import type {ReleaseRun} from '@mcp-release/test-stand'

/** A published release as a user has it: the files, downloaded without a token. */
export interface DownloadedRelease {
  readonly directory: string
  readonly names: readonly string[]
  readonly notes: string
  readonly read: (name: string) => Promise<Buffer>
  readonly json: (name: string) => Promise<unknown>
  readonly sha256: (name: string) => Promise<string>
}

interface ReleaseJson {
  readonly draft: boolean
  readonly body: string
  readonly assets: readonly {readonly name: string; readonly browser_download_url: string}[]
}

/** Which repository and tag. */
export interface ReleasePlace {
  readonly forge: Forge
  readonly repository: string
  readonly tag: string
}

/** The answer for a release by its tag: 404 unless it is published, whoever asks. */
export async function publicRelease({forge, repository, tag}: ReleasePlace): Promise<Response> {
  const headers = {authorization: 'Bearer of-a-reader'}
  return fetch(`${forge.url}/repos/${repository}/releases/tags/${tag}`, {headers})
}

/** Downloads every asset of a published release. */
export async function downloadRelease(place: ReleasePlace, directory: string): Promise<DownloadedRelease> {
  const response = await publicRelease(place)
  if (!response.ok) throw new Error(`${place.tag}: ${response.status} ${await response.text()}`)
  const release = (await response.json()) as ReleaseJson
  await mkdir(directory, {recursive: true})
  for (const asset of release.assets) {
    const download = await fetch(asset.browser_download_url)
    if (!download.ok) throw new Error(`${asset.name}: ${download.status}`)
    await writeFile(join(directory, asset.name), Buffer.from(await download.arrayBuffer()))
  }
  const read = (name: string): Promise<Buffer> => readFile(join(directory, name))
  return {
    directory,
    names: release.assets.map(asset => asset.name).sort(),
    notes: release.body,
    read,
    json: async name => JSON.parse((await read(name)).toString()) as unknown,
    sha256: async name =>
      createHash('sha256')
        .update(await read(name))
        .digest('hex'),
  }
}

/** The plan that a run made, from the workflow's own artifact. */
export async function planOf(run: ReleaseRun): Promise<Plan> {
  const files = await run.artifact('release-plan')
  return planSchema.parse(JSON.parse(files.get('release-plan.json')?.toString() ?? 'null'))
}
