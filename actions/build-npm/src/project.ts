import {join} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import {type ManagerChoice, type ManagerFacts, chooseManager, readManagerFacts} from '@mcp-release/package-managers'
import {serverNameFor, textIfThere} from '@mcp-release/release-model'
import {
  type DeclaredEntry,
  type Manifest,
  declaredEntries,
  parseManifest,
  resolveEntry,
} from '@mcp-release/package-rules'
import {readWantedNode} from './node-version'

/** What the checkout says about the package, as far as the build and its checks need it. */
export interface Project {
  readonly manifest: Manifest
  readonly managers: ManagerFacts
  readonly choice: ManagerChoice
  /** The files of the package, without those of dependencies and of git. */
  readonly files: ReadonlySet<string>
  /** Entries for Node that package.json declares and that are not there yet. */
  readonly missing: readonly DeclaredEntry[]
  /** The tasks that turbo runs before `build`, when there are others than the builds of dependencies. */
  readonly turbo: boolean
  /** The versions of Node that the project asks for, each with where it does so. */
  readonly wantedNode: readonly WantedNode[]
  /** The name in server.json, which mcpName must repeat. */
  readonly serverName?: string
}

/** A range of versions of Node, and the file that asks for it. */
export interface WantedNode {
  readonly range: string
  readonly origin: string
}

/** Reads package.json, lock files and server.json; throws an `InputError` when there is no package to release. */
export async function readProject(host: Host, directory: string): Promise<Project> {
  const file = join(directory, 'package.json')
  const text = await textIfThere(host, file)
  if (text === undefined)
    throw new InputError([`working-directory: ${directory} has no package.json`], {
      hint: 'Set working-directory to the folder of the npm package.',
    })
  const manifest = parseManifest(file, text)
  const managers = await readManagerFacts(host, directory, manifest.fields)
  const server = await textIfThere(host, join(directory, 'server.json'))
  const is = (identifier: string) => identifier === manifest.name
  const serverName = server === undefined ? undefined : serverNameFor(server, {registryType: 'npm', is})
  const files = await filesOf(host, directory)
  return {
    manifest,
    managers,
    choice: chooseManager(managers),
    files,
    missing: missingEntries(manifest, files),
    turbo: hasTasksBeforeBuild(await textIfThere(host, join(managers.workspace.root, 'turbo.json'))),
    wantedNode: await readWantedNode(host, {directory, root: managers.workspace.root, manifest, managers}),
    ...(serverName === undefined ? {} : {serverName}),
  }
}

/** All files of a package, without those of dependencies and of git. */
export async function filesOf(host: Host, directory: string): Promise<ReadonlySet<string>> {
  return new Set(await host.files.find(['**'], {cwd: directory, ignore: ['**/node_modules/**', '.git/**']}))
}

/** The entries for Node that package.json declares and that are not among the files. */
export function missingEntries(manifest: Manifest, files: ReadonlySet<string>): readonly DeclaredEntry[] {
  return declaredEntries(manifest).filter(entry => entry.use !== 'other' && resolveEntry(entry, files) === undefined)
}

// https://turborepo.com/docs/reference/configuration#dependson: `^build` is the build of dependencies, which is run anyway.
function hasTasksBeforeBuild(text: string | undefined): boolean {
  const [, list = ''] = /"build"\s*:\s*\{[^}]*?"dependsOn"\s*:\s*\[([^\]]*)\]/.exec(text ?? '') ?? []
  return [...list.matchAll(/"([^"]+)"/g)].some(([, task = '']) => !['^build', 'build'].includes(task))
}
