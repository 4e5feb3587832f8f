import {homedir} from 'node:os'
import {join} from 'node:path'
import {cacheDir, find} from '@actions/tool-cache'
import {ActionError, errorText, type Host} from '@mcp-release/action-kit'
import {platformKey} from './pins'

/** One tool in one version for one platform, in one cache. */
export interface Slot {
  readonly root: string
  /** The folder name in the cache. */
  readonly tool: string
  readonly version: string
  readonly platform: string
  /** The name of the program's file. */
  readonly file: string
}

/** The folder of all cached tools: the runner's tool cache, or else one for this user. */
export function cacheRoot(host: Pick<Host, 'env' | 'platform'>): string {
  const {env, platform} = host
  if (env['RUNNER_TOOL_CACHE']) return env['RUNNER_TOOL_CACHE']
  const home = homedir()
  const user = {
    linux: env['XDG_CACHE_HOME'] || join(home, '.cache'),
    darwin: join(home, 'Library', 'Caches'),
    windows: env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'),
  }[platform.os]
  return join(user, 'mcp-release', 'tools')
}

/** Where a tool lies in the cache. The prefix keeps it apart from what other actions keep under the tool's name. */
export function slotFor(tool: {readonly name: string; readonly version: string}, host: Host, root: string): Slot {
  return {
    root,
    tool: `mcp-release-${tool.name}`,
    version: tool.version,
    platform: platformKey(host.platform).replace('/', '-'),
    file: host.platform.os === 'windows' ? `${tool.name}.exe` : tool.name,
  }
}

/** The lock file that guards a slot. */
export function lockPath(slot: Slot): string {
  return join(slot.root, slot.tool, `${slot.version}-${slot.platform}.lock`)
}

/** The cached program; `undefined` when it is not there, or is not what was kept. */
export async function findTool(slot: Slot, host: Host): Promise<string | undefined> {
  const folder = await withRoot(slot.root, () => Promise.resolve(find(slot.tool, slot.version, slot.platform)))
  if (folder === '') return undefined
  const path = join(folder, slot.file)
  try {
    const kept = (await host.files.readText(recordPath(slot))).trim()
    return kept === (await host.files.sha256(path)) ? path : undefined
  } catch {
    return undefined
  }
}

/** Copies a folder with the program into the cache; the cached program. Only for the holder of the slot's lock. */
export async function keepTool(slot: Slot, host: Host, folder: string): Promise<string> {
  try {
    await host.files.remove(recordPath(slot))
    const sha256 = await host.files.sha256(join(folder, slot.file))
    await withRoot(slot.root, () => cacheDir(folder, slot.tool, slot.version, slot.platform))
    await host.files.write(recordPath(slot), `${sha256}\n`)
  } catch (error) {
    throw unwritable(`${slot.root}: ${slot.file} cannot be kept in the tool cache`, error)
  }
  const path = await findTool(slot, host)
  if (path === undefined) throw unwritable(`${slot.root}: ${slot.file} did not arrive in the tool cache`)
  return path
}

// The digest of the program as it was kept: it is hashed again each time.
function recordPath(slot: Slot): string {
  return join(slot.root, slot.tool, slot.version, `${slot.platform}.sha256`)
}

/** `TOOL_CACHE`: the folder of tools does not take what is to be kept there, with the system's reason. */
export function unwritable(message: string, cause?: unknown): ActionError {
  // @actions/io has the system's code only in its words.
  const reason = cause === undefined ? '' : ` (${/\bE[A-Z]{3,}\b/.exec(errorText(cause))?.[0] ?? errorText(cause)})`
  const hint = 'Set RUNNER_TOOL_CACHE to a folder that can be written and has space left.'
  return new ActionError('TOOL_CACHE', `${message}${reason}`, {hint, cause})
}

let turn: Promise<unknown> = Promise.resolve()

/**
 * @actions/tool-cache knows its folder only from this process's environment. It is set for the call alone, and the
 * calls take turns, because another one may want another folder.
 */
async function withRoot<T>(root: string, body: () => Promise<T>): Promise<T> {
  const mine = turn.then(async () => {
    const before = process.env['RUNNER_TOOL_CACHE']
    process.env['RUNNER_TOOL_CACHE'] = root
    try {
      return await body()
    } finally {
      if (before === undefined) delete process.env['RUNNER_TOOL_CACHE']
      else process.env['RUNNER_TOOL_CACHE'] = before
    }
  })
  turn = mine.catch(() => undefined)
  return mine
}
