// @ts-check
// Brings the version of Node.js that GitHub's runner starts actions with, verified by the digest below. It comes from the npm
// package that holds Node's own build for a platform; the package `node` would get the same one by a script of its own.
import {execFileSync} from 'node:child_process'
import {mkdirSync, realpathSync, rmSync, symlinkSync} from 'node:fs'
import {arch, platform} from 'node:os'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {fetchPackage} from '../../devkit/lib/npm-package.mjs'
import {installIntoToolCache, placeInToolCache} from './tool-cache.mjs'

const version = '24.21.0'
/** @type {Readonly<Record<string, string>>} */
const integrity = {
  'linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
}

/**
 * Installs it into the runner's tool cache, unless it is there, with a link `node24` in a folder of programs; returns what
 * could not be had, with the reason.
 * @param {string} toolCache @param {string} programs @returns {string[]}
 */
export function installNode(toolCache, programs) {
  const build = `${platform()}-${arch()}`
  const pinned = integrity[build]
  if (pinned === undefined) return [`node24: no pinned build for ${build}`]
  const tool = {toolCache, name: 'node', version}
  const lacking = installIntoToolCache(tool, folder =>
    unpack(folder, {name: `node-${build}`, version, integrity: pinned}),
  )
  if (lacking.length > 0) return lacking
  mkdirSync(programs, {recursive: true})
  const link = join(programs, 'node24')
  rmSync(link, {force: true})
  symlinkSync(relative(programs, join(placeInToolCache(tool), 'bin/node')), link)
  return []
}

/** @param {string} folder @param {import('../../devkit/lib/npm-package.mjs').PinnedPackage} pinned */
function unpack(folder, pinned) {
  const archive = fetchPackage(pinned, folder)
  execFileSync('tar', ['-xzf', archive, '--strip-components=1'], {cwd: folder})
  rmSync(archive)
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
  const lacking = installNode(join(root, '.cache/tool-cache'), join(root, '.cache/bin'))
  for (const each of lacking) console.error(`not available: ${each}`)
  process.exitCode = lacking.length > 0 ? 1 : 0
}
