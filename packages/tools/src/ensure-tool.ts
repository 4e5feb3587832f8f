import {ActionError, errorText, type Host} from '@mcp-release/action-kit'
import {withLock} from './directory-lock'
import {usualPolicy, type DownloadPolicy} from './download'
import {foreignReason} from './genuine'
import {goInstall} from './go-install'
import {pins, type Pins, type ToolPin} from './pins'
import {fetchRelease, parseMirror, releaseFile} from './release-file'
import {cacheRoot, findTool, keepTool, lockPath, slotFor, type Slot} from './tool-store'

/** A tool that is ready to run. */
export interface EnsuredTool {
  /** Absolute. */
  readonly path: string
  readonly version: string
  readonly source: 'path' | 'cache' | 'download' | 'go'
}

/** How a tool is looked for; everything has a default. */
export interface ToolOptions {
  /** Base URL in whose paths the mirror has the release files of github.com; default: `MCP_RELEASE_TOOL_MIRROR`. */
  readonly mirror?: string
  /** The folder of cached tools; default: `RUNNER_TOOL_CACHE`, or else the user's cache folder. */
  readonly cache?: string
  readonly pins?: Pins
  readonly policy?: Partial<DownloadPolicy>
}

interface Search {
  readonly name: string
  readonly pin: ToolPin
  readonly slot: Slot
  readonly host: Host
  readonly mirror: URL | undefined
  readonly policy: DownloadPolicy
  /** What was tried, and why it did not serve. */
  readonly attempts: string[]
}

/**
 * Makes a pinned tool available: the program on PATH when it is the pinned one, or what was kept in the tool cache and is
 * unchanged (the release file itself, where that is the program), or else the release file, or else what Go builds from the module. A wrong checksum ends the search (code `CHECKSUM`); when
 * nothing serves, one error lists every attempt (code `TOOL_UNAVAILABLE`).
 */
export async function ensureTool(
  name: string,
  {host, options = {}}: {readonly host: Host; readonly options?: ToolOptions},
): Promise<EnsuredTool> {
  const search = prepare(name, host, options)
  const ready = (await onPath(search)) ?? (await cached(search))
  if (ready !== undefined) return ready
  return withLock(lockPath(search.slot), async () => {
    // Another process may have brought it while this one waited for the lock.
    const found = (await cached(search)) ?? (await downloaded(search)) ?? (await builtByGo(search))
    if (found !== undefined) return found
    throw unavailable(search)
  })
}

function prepare(name: string, host: Host, options: ToolOptions): Search {
  const table: Pins = options.pins ?? pins
  const pin = Object.hasOwn(table, name) ? table[name] : undefined
  if (pin === undefined) {
    const hint = `The table has ${Object.keys(table).join(', ')}; add ${name} to packages/tools/src/pins.json.`
    throw new ActionError('UNPINNED', `${name} is not in the table of tools`, {hint})
  }
  const mirror = parseMirror(options.mirror ?? host.env['MCP_RELEASE_TOOL_MIRROR'])
  if (mirror !== undefined && mirror.password !== '') host.maskSecret(decodeURIComponent(mirror.password))
  const slot = slotFor({name, pin}, host, options.cache ?? cacheRoot(host))
  return {name, pin, slot, host, mirror, policy: {...usualPolicy, ...options.policy}, attempts: []}
}

async function onPath({name, pin, host, attempts}: Search): Promise<EnsuredTool | undefined> {
  const path = await host.which(name)
  if (path === undefined) {
    attempts.push(`PATH: no ${name}`)
    return undefined
  }
  const reason = await foreignReason(path, pin, host)
  if (reason === undefined) return {path, version: pin.version, source: 'path'}
  attempts.push(`PATH: ${path} ${reason}`)
  return undefined
}

async function cached({slot, pin, host}: Search): Promise<EnsuredTool | undefined> {
  const path = await findTool(slot, host)
  return path === undefined ? undefined : {path, version: pin.version, source: 'cache'}
}

async function downloaded(search: Search): Promise<EnsuredTool | undefined> {
  const {name, pin, host, slot, attempts} = search
  try {
    const file = releaseFile(name, pin, host)
    return await inTemporaryFolder(search, 'download', folder => fetchRelease(file, slot.file, {...search, folder}))
  } catch (error) {
    if (!(error instanceof ActionError) || (error.code !== 'DOWNLOAD' && error.code !== 'UNPINNED')) throw error
    host.warning(`${error.message}; trying Go instead`)
    attempts.push(`${search.mirror === undefined ? 'release' : 'mirror'}: ${error.message}`)
    return undefined
  }
}

async function builtByGo(search: Search): Promise<EnsuredTool | undefined> {
  const {name, pin, host, attempts} = search
  try {
    return await inTemporaryFolder(search, 'go', folder => goInstall(name, pin, {host, folder}))
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    attempts.push(`go install ${pin.package}@v${pin.version}: ${errorText(error)}`)
    return undefined
  }
}

async function inTemporaryFolder(
  search: Search,
  source: 'download' | 'go',
  make: (folder: string) => Promise<string>,
): Promise<EnsuredTool> {
  const {host, slot, pin} = search
  const folder = await host.files.makeTemporary(`tool-${search.name}`)
  try {
    return {path: await keepTool(slot, host, await make(folder)), version: pin.version, source}
  } finally {
    await host.files.remove(folder)
  }
}

function unavailable({name, pin, attempts, slot}: Search): ActionError {
  const tried = [...attempts.slice(0, 1), `cache: nothing in ${slot.root}`, ...attempts.slice(1)].map(
    line => `- ${line}`,
  )
  const hint =
    `Put ${name} ${pin.version} on PATH, or set MCP_RELEASE_TOOL_MIRROR to a mirror of its release files, ` +
    `or install Go, which can build it.`
  return new ActionError('TOOL_UNAVAILABLE', `${name} ${pin.version} is not available:\n${tried.join('\n')}`, {hint})
}
