import {readInputs} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {type Forge, type ForgeOptions, type ReleaseView, type RepositorySeed, startForge} from '@mcp-release/forge'
import type {Policy} from '@mcp-release/github'
import {contract} from '../action.gen'
import {main} from '../main'

/** Trouble is over at once, or never. */
export const haste: Partial<Policy> = {delay: 4, longestDelay: 20, pause: 5, timeout: 2000}

/** How a stand is set up. */
export type StandOptions = Partial<ForgeOptions> &
  Pick<RepositorySeed, 'immutableReleases' | 'tagObjects' | 'branches'> & {
    /** How many other releases are published already. */
    readonly otherReleases?: number
  }

/** A forge with the repository acme/tool, whose tag v1.2.3 is pushed. */
export function startStand(options: StandOptions = {}): Promise<Forge> {
  const {
    immutableReleases = false,
    otherReleases = 0,
    tagObjects = {},
    branches = {main: 'd'.repeat(40)},
    ...rest
  } = options
  const releases = Array.from({length: otherReleases}, (_, at) => `v0.0.${at}`)
  const tags = {'v1.2.3': 'c'.repeat(40)}
  return startForge({
    repositories: [{owner: 'acme', name: 'tool', tags, tagObjects, branches, immutableReleases, releases}],
    ...rest,
  })
}

/** A machine with files in its workspace, whose runner works on the tag v1.2.3. */
export async function machine(forge: Forge, files: Readonly<Record<string, string>> = threeFiles): Promise<FakeHost> {
  const host = new FakeHost(() => undefined, {
    env: {
      GITHUB_API_URL: forge.url,
      GITHUB_GRAPHQL_URL: forge.graphqlUrl,
      GITHUB_REPOSITORY: 'acme/tool',
      GITHUB_REF: 'refs/tags/v1.2.3',
      GITHUB_SHA: 'c'.repeat(40),
    },
  })
  for (const [name, content] of Object.entries(files)) await host.files.write(name, content)
  return host
}

/** Small files of different sizes. */
export const threeFiles: Readonly<Record<string, string>> = {
  'dist/a.txt': 'alpha',
  'dist/b.tar.gz': 'beta '.repeat(50_000),
  'dist/c.json': '{}',
}

/** Runs the action; by default with all files of dist/. */
export function release(
  host: FakeHost,
  inputs: Readonly<Record<string, string>> = {},
  pace: Partial<Policy> = haste,
): ReturnType<typeof main> {
  const given = {files: 'dist/*', token: 'token-of-the-test', ...inputs}
  const env = Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  return main(readInputs(contract, env), host, pace)
}

/** `method operation` of each request that arrived, from the nth on. */
export function callsOf(forge: Forge, from = 0): readonly string[] {
  return forge.requests.slice(from).map(({operationId}) => operationId ?? 'unknown')
}

/** The published releases. */
export function published(forge: Forge): readonly ReleaseView[] {
  return forge.releases().filter(({draft}) => !draft)
}

/** Name and text of each asset, by name. */
export async function contents(forge: Forge, view: ReleaseView | undefined): Promise<Readonly<Record<string, string>>> {
  const entries = (view?.assets ?? []).map(
    async ({id, name}) => [name, (await forge.assetBytes(id)).toString()] as const,
  )
  return Object.fromEntries((await Promise.all(entries)).sort(([a], [b]) => (a < b ? -1 : 1)))
}
