// @ts-check
// Brings the version of Node.js that GitHub's runner starts actions with into .cache/bin/node24, verified by the digest
// below. It comes from the npm package that holds Node's own build for a platform; the package `node` would get the same
// one by a script of its own.
import {execFileSync, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync} from 'node:fs'
import {arch, platform} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const version = '24.21.0'
/** @type {Readonly<Record<string, string>>} */
const integrity = {
  'linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
}

/**
 * Installs `node24`, unless it is there; returns what could not be had, with the reason.
 * @param {string} folder @returns {string[]}
 */
export function installNode(folder) {
  const program = join(folder, 'node24')
  if (spawnSync(program, ['--version'], {encoding: 'utf8'}).stdout?.trim() === `v${version}`) return []
  const build = `${platform()}-${arch()}`
  const wanted = integrity[build]
  if (wanted === undefined) return [`node24: no pinned build for ${build}`]
  mkdirSync(folder, {recursive: true})
  const fresh = mkdtempSync(join(folder, '.node-'))
  try {
    const pack = `node-${build}@${version}`
    const archive = execFileSync('npm', ['pack', pack, '--silent'], {cwd: fresh, encoding: 'utf8'}).trim()
    const found = `sha512-${createHash('sha512')
      .update(readFileSync(join(fresh, archive)))
      .digest('base64')}`
    if (found !== wanted) return [`node24: ${pack} has ${found}, expected ${wanted}`]
    execFileSync('tar', ['-xzf', archive, 'package/bin/node'], {cwd: fresh})
    renameSync(join(fresh, 'package/bin/node'), program)
    return []
  } catch (error) {
    return [`node24: ${String(error).trim().split('\n')[0]}`]
  } finally {
    rmSync(fresh, {recursive: true, force: true})
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
  const lacking = installNode(join(root, '.cache/bin'))
  for (const each of lacking) console.error(`not available: ${each}`)
  process.exitCode = lacking.length > 0 ? 1 : 0
}
