// @ts-check
import {chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

/**
 * Where the runner's tool cache has a tool: the layout in which actions/setup-python and actions/setup-node leave theirs.
 * @param {{toolCache: string, name: string, version: string}} tool
 */
export function placeInToolCache({toolCache, name, version}) {
  return join(toolCache, name, version, process.arch)
}

/**
 * Fills the place of a tool, unless it is there; returns what could not be had, with the reason.
 * @param {{toolCache: string, name: string, version: string}} tool @param {(folder: string) => void} unpack @returns {string[]}
 */
export function installIntoToolCache(tool, unpack) {
  const {name, version} = tool
  const place = placeInToolCache(tool)
  // The mark of @actions/tool-cache for a folder that is whole.
  if (existsSync(`${place}.complete`)) return []
  mkdirSync(dirname(place), {recursive: true})
  const fresh = mkdtempSync(join(dirname(place), '.new-'))
  process.stdout.write(`${name} ${version} … `)
  const started = Date.now()
  try {
    unpack(fresh)
    rmSync(place, {recursive: true, force: true})
    renameSync(fresh, place)
    chmodSync(place, 0o755)
    writeFileSync(`${place}.complete`, '')
    console.log(`${((Date.now() - started) / 1000).toFixed(0)} s`)
    return []
  } catch (error) {
    console.log('failed')
    const words = String(/** @type {any} */ (error).stderr || error)
    return [`${name} ${version}: ${words.trim().split('\n').slice(-3).join(' ')}`]
  } finally {
    rmSync(fresh, {recursive: true, force: true})
  }
}
