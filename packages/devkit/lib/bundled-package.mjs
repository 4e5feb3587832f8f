// @ts-check
// A package of this repository as a bench calls it: in one file, as the actions have it.
import {execFileSync} from 'node:child_process'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'

const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')

/**
 * @param {string} entry the path of its source @param {string} folder a new one, where the bundle is written
 * @returns {Promise<any>} what it exports
 */
export async function bundledPackage(entry, folder) {
  execFileSync(process.execPath, [ncc, 'build', entry, '-o', folder, '-C', '-t', '-q'], {stdio: 'inherit'})
  return import(pathToFileURL(join(folder, 'index.js')).href)
}
