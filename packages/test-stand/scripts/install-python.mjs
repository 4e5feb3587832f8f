// @ts-check
// Installs a second Python for the tests of the compatibility matrix: that of python-build-standalone, which a Go module
// carries, verified by Go's checksum database.
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {gunzipSync} from 'node:zlib'
import {pipRequirement} from './install-pip.mjs'
import {installIntoToolCache} from './tool-cache.mjs'

const python = {version: '3.14.6', module: 'github.com/kluctl/go-embed-python@v0.0.0-3.14.6-20260610-1'}

/**
 * Installs it into the runner's tool cache, unless it is there; returns what could not be had, with the reason.
 * @param {string} toolCache @returns {string[]}
 */
export function installPython(toolCache) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return ['Python: pinned for Linux on x64 only']
  return installIntoToolCache({toolCache, name: 'Python', version: python.version}, unpackPython)
}

/** @param {string} folder */
function unpackPython(folder) {
  if (spawnSync('go', ['version']).status !== 0) throw new Error('Go is not on this machine')
  const options = {cwd: folder, encoding: /** @type {const} */ ('utf8'), maxBuffer: 1e7}
  const answer = execFileSync('go', ['mod', 'download', '-json', python.module], options)
  const source = join(JSON.parse(answer).Dir, 'python/internal/data/linux-amd64')
  // The module's own list: larger files are gzipped, links are described.
  const {files} = JSON.parse(readFileSync(join(source, 'files.json'), 'utf8'))
  for (const {name, perm, symlink, compressed} of files) {
    const target = join(folder, name)
    if (symlink) {
      mkdirSync(dirname(target), {recursive: true})
      symlinkSync(symlink, target)
    } else if (perm & 0x80000000) mkdirSync(target, {recursive: true})
    else {
      mkdirSync(dirname(target), {recursive: true})
      const content = compressed
        ? gunzipSync(readFileSync(join(source, `${name}.gz`)))
        : readFileSync(join(source, name))
      writeFileSync(target, content, {mode: perm & 0o777})
    }
  }
  // Such a Python comes with pip, only not that of the module.
  const requirements = join(folder, 'requirements.txt')
  writeFileSync(requirements, `${pipRequirement}\n`)
  const target = join(folder, 'lib', `python${python.version.replace(/\.\d+$/, '')}`, 'site-packages')
  const pipOptions = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--target', target]
  execFileSync('python3', ['-I', '-m', 'pip', 'install', ...pipOptions, '-r', requirements], options)
  rmSync(requirements)
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
  const lacking = installPython(join(root, '.cache/tool-cache'))
  for (const each of lacking) console.error(`not available: ${each}`)
  process.exitCode = lacking.length > 0 ? 1 : 0
}
