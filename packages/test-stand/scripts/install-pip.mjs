// @ts-check
// Gives the machine's Python a current pip, as GitHub's runners have it: an old one needs twice as long to resolve.
import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const pins = new URL('../../tools/src/python-requirements.json', import.meta.url)
const {version, sha256} = JSON.parse(readFileSync(pins, 'utf8')).wheel.find(
  (/** @type {{name: string}} */ {name}) => name === 'pip',
)
/** The pip that build-wheel has, as a line of requirements. */
export const pipRequirement = `pip==${version} --hash=sha256:${sha256[0]}`

/**
 * Makes an environment of Python whose pip is current, unless it is there; returns what could not be had, with the
 * reason. Its programs are in `bin`.
 * @param {string} folder absolute @returns {string[]}
 */
export function installPip(folder) {
  const python = join(folder, 'bin/python3')
  if (versionOf(python) === version) return []
  const started = Date.now()
  rmSync(folder, {recursive: true, force: true})
  mkdirSync(dirname(folder), {recursive: true})
  const fresh = mkdtempSync(join(dirname(folder), '.new-'))
  const options = {encoding: /** @type {const} */ ('utf8')}
  try {
    const list = join(fresh, 'requirements.txt')
    writeFileSync(list, `${pipRequirement}\n`)
    execFileSync('python3', ['-I', '-m', 'venv', '--without-pip', folder], options)
    const download = ['download', '--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '-r', list]
    execFileSync('python3', ['-I', '-m', 'pip', ...download, '--dest', fresh], options)
    // pip runs from its wheel; to have ensurepip copy the old one first takes twice as long.
    const wheel = join(fresh, `pip-${version}-py3-none-any.whl`)
    const install = ['install', '--quiet', '--no-deps', '--no-index', wheel]
    execFileSync(python, ['-I', join(wheel, 'pip'), ...install], options)
    console.log(`pip ${version} … ${((Date.now() - started) / 1000).toFixed(0)} s`)
    return []
  } catch (error) {
    rmSync(folder, {recursive: true, force: true})
    const words = String(/** @type {any} */ (error).stderr || error)
    return [`pip ${version}: ${words.trim().split('\n').slice(-3).join(' ')}`]
  } finally {
    rmSync(fresh, {recursive: true, force: true})
  }
}

/** @param {string} python */
function versionOf(python) {
  try {
    const options = {encoding: /** @type {const} */ ('utf8'), stdio: /** @type {const} */ ('pipe')}
    return /^pip (\S+)/.exec(execFileSync(python, ['-I', '-m', 'pip', '--version'], options))?.[1]
  } catch {
    return undefined
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
  const lacking = installPip(join(root, '.cache/python'))
  for (const each of lacking) console.error(`not available: ${each}`)
  process.exitCode = lacking.length > 0 ? 1 : 0
}
