// @ts-check
import {existsSync, mkdirSync, rmSync, symlinkSync} from 'node:fs'
import {homedir} from 'node:os'
import {dirname, join} from 'node:path'

/**
 * Makes the tool cache of the tests: a link to one that all checkouts of this user share, as they share what Go has built.
 * Each tool in it has its version, or a digest of what it is made from, in its path.
 * @param {string} link absolute
 */
export function linkToolCache(link) {
  const shared = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'mcp-release/test-tools')
  mkdirSync(shared, {recursive: true})
  if (existsSync(link)) return
  mkdirSync(dirname(link), {recursive: true})
  // It may be there and lead nowhere.
  rmSync(link, {force: true})
  symlinkSync(shared, link, 'junction')
}
