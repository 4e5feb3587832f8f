import {homedir} from 'node:os'
import {join} from 'node:path'
import {cacheDir, find} from '@actions/tool-cache'
import {ActionError, errorText, type Host} from '@mcp-release/action-kit'
import {platformKey, type ToolPin} from './pins'

/** One tool in one version for one platform, in one cache. */
export interface Slot {
  readonly root: string
  /** The folder name in the cache. */
  readonly tool: string
  readonly version: string
  readonly platform: string
  /** The name of the program's file. */
  readonly file: string
  /** The digest of the program itself, where it is pinned: whoever can write the cache can write any other beside it. */
  readonly sha256?: string
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
export function slotFor({name, pin}: {readonly name: string; readonly pin: ToolPin}, host: Host, root: string): Slot {
  const release = pin.platforms[platformKey(host.platform)]
  return {
    ...(release === undefined || release.member !== undefined ? {} : {sha256: release.sha256}),
    root,
    tool: `mcp-release-${name}`,
    version: pin.version,
    platform: platformKey(host.platform).replace('/', '-'),
    file: host.platform.os === 'windows' ? `${name}.exe` : name,
  }
}

/** The lock file that guards a slot. */
export function lockPath(slot: Slot): string {
  return join(slot.root, slot.tool, `${slot.version}-${slot.platform}.lock`)
}

/** The cached program; `undefined` when it is not there, or is not what is pinned or what was kept. */
export async function findTool(slot: Slot, host: Host): Promise<string | undefined> {
  try {
    const digest = slot.sha256 ?? (await host.files.readText(recordPath(slot))).trim()
    return await programWith(digest, slot, host)
  } catch {
    return undefined
  }
}

async function programWith(sha256: string, slot: Slot, host: Host): Promise<string | undefined> {
  const folder = await withRoot(slot.root, () => Promise.resolve(find(slot.tool, slot.version, slot.platform)))
  if (folder === '') return undefined
  const path = join(folder, slot.file)
  return sha256 === (await host.files.sha256(path).catch(() => undefined)) ? path : undefined
}

/** Copies a folder with the program into the cache; the cached program. Only for the holder of the slot's lock. */
export async function keepTool(slot: Slot, host: Host, folder: string): Promise<string> {
  let sha256: string
  try {
    await host.files.remove(recordPath(slot))
    sha256 = await host.files.sha256(join(folder, slot.file))
    await withRoot(slot.root, () => cacheDir(folder, slot.tool, slot.version, slot.platform))
    await host.files.write(recordPath(slot), `${sha256}\n`)
  } catch (error) {
    throw unwritable(`${slot.root}: ${slot.file} cannot be kept in the tool cache`, error)
  }
  // What Go built has another digest than the release.
  const path = await programWith(sha256, slot, host)
  if (path === undefined) throw unwritable(`${slot.root}: ${slot.file} did not arrive in the tool cache`)
  return path
}

// The digest of the program as it was kept, for one that is pinned as an archive or that Go built: it is hashed again each time.
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
