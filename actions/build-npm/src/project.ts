import {join} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import {serverNameFor, textIfThere} from '@mcp-release/release-model'
import {type DeclaredEntry, declaredEntries, resolveEntry} from './entries'
import {type LockFile, findLockFile} from './lock-file'
import {type Manifest, parseManifest} from './manifest'

/** What the checkout says about the package, as far as the build and its checks need it. */
export interface Project {
  readonly manifest: Manifest
  readonly lock?: LockFile
  /** Entries for Node that package.json declares and that are not there yet. */
  readonly missing: readonly DeclaredEntry[]
  /** pnpm or yarn, when the lock file is theirs and they are installed. */
  readonly managerThere: boolean
  /** The name in server.json, which mcpName must repeat. */
  readonly serverName?: string
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
  const lock = await findLockFile(host, directory)
  const server = await textIfThere(host, join(directory, 'server.json'))
  const is = (identifier: string) => identifier === manifest.name
  const serverName = server === undefined ? undefined : serverNameFor(server, {registryType: 'npm', is})
  return {
    manifest,
    ...(lock === undefined ? {} : {lock}),
    missing: await missingEntries(host, directory, manifest),
    managerThere: lock === undefined || (await host.which(lock.manager)) !== undefined,
    ...(serverName === undefined ? {} : {serverName}),
  }
}

async function missingEntries(host: Host, directory: string, manifest: Manifest): Promise<readonly DeclaredEntry[]> {
  const ignore = ['**/node_modules/**', '.git/**']
  const files = new Set(await host.files.find(['**'], {cwd: directory, ignore}))
  return declaredEntries(manifest).filter(entry => entry.use !== 'other' && resolveEntry(entry, files) === undefined)
}
