import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type ManagerFacts, record} from '@mcp-release/package-managers'
import {isNpmRange, npmRangeAllows, textIfThere} from '@mcp-release/release-model'
import type {Manifest} from '@mcp-release/package-rules'
import type {WantedNode} from './project'

interface Places {
  readonly directory: string
  readonly root: string
  readonly manifest: Manifest
  readonly managers: ManagerFacts
}

/** What a project says of the version of Node: `engines`, .nvmrc and .node-version, in its folder and at the root. */
export async function readWantedNode(
  host: Host,
  {directory, root, manifest, managers}: Places,
): Promise<readonly WantedNode[]> {
  const wanted: WantedNode[] = []
  const add = (range: unknown, origin: string) => {
    if (typeof range !== 'string' || range === '' || !isNpmRange(range)) return
    if (!wanted.some(each => each.range === range)) wanted.push({range, origin})
  }
  add(record(manifest.fields['engines'])['node'], 'engines.node in package.json')
  add(record(managers.workspace.rootFields['engines'])['node'], 'engines.node in package.json of the workspace')
  for (const folder of new Set([directory, root])) {
    for (const name of ['.nvmrc', '.node-version']) {
      const text = await textIfThere(host, join(folder, name))
      // A name such as lts/iron says nothing that can be compared; a full version asks for its major version.
      const [, major] = /^\s*v?(\d+)(?:\.\d+)*\s*$/.exec(text ?? '') ?? []
      add(major === undefined ? undefined : `>=${major}`, name)
    }
  }
  return wanted
}

/** What a failed build may come from: a Node.js that is not the one that the project asks for. */
export function nodeComplaint(wanted: readonly WantedNode[], version: string): string | undefined {
  const unmet = wanted.filter(({range}) => !npmRangeAllows(range, version))
  if (unmet.length === 0) return undefined
  const asked = unmet.map(({range, origin}) => `${range} (${origin})`).join(' and ')
  return `The project asks for Node.js ${asked}, and this is ${version}: build it with such a version, for example with the node-version of actions/setup-node.`
}
