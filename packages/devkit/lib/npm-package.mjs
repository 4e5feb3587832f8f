// @ts-check
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** @typedef {{name: string, version: string, integrity: string}} PinnedPackage */

/**
 * Gets the archive of a package into a folder, out of npm's cache if it is there, and verifies it; returns its path. For
 * packages of which one file, or one build, is needed: installed they would take far more time and space.
 * @param {PinnedPackage} pinned @param {string} folder absolute
 */
export function fetchPackage({name, version, integrity}, folder) {
  const options = {cwd: folder, encoding: /** @type {const} */ ('utf8'), shell: process.platform === 'win32'}
  const archive = join(folder, execFileSync('npm', ['pack', `${name}@${version}`, '--silent'], options).trim())
  const got = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
  if (got !== integrity) {
    throw new Error(
      `${name}@${version}: expected ${integrity}, got ${got}. If you changed the version, pin its integrity too; if not, ` +
        'run `npm cache verify` and ask whether the registry that npm uses can be trusted',
    )
  }
  return archive
}
