// @ts-check
import {execFile, spawnSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync} from 'node:fs'
import {basename, join} from 'node:path'
import {promisify} from 'node:util'

const run = promisify(execFile)

/** Without tables for debuggers the linker needs half the time. */
const linkFlags = ['-ldflags', '-s -w']

/**
 * A program to build. `withinModule`: its go.mod has excludes, which `go install` refuses, so it becomes a tool of a module
 * of our own.
 * @typedef {{name: string, package: string, version: string, withinModule?: boolean}} GoTool
 */

/**
 * Builds the tools of the tests, verified by Go's checksum database, and links them into a folder. All checkouts of a user
 * share what is built: linking takes most of a minute, also when Go has compiled everything before. Two at a time, because
 * it keeps one processor busy. Resolves to what could not be had, with the reason.
 * @param {string} list path of the JSON list @param {{programs: string, shared: string}} folders absolute
 * @returns {Promise<string[]>}
 */
export async function installGoTools(list, {programs, shared}) {
  /** @type {GoTool[]} */
  const tools = JSON.parse(readFileSync(list, 'utf8'))
  const go = spawnSync('go', ['version'], {encoding: 'utf8'})
  if (go.status !== 0) return tools.map(tool => `${tool.name}: Go is not on this machine`)
  for (const folder of [programs, shared]) mkdirSync(folder, {recursive: true})
  const place = realpathSync(shared)
  /** @type {string[]} */
  const lacking = []
  const queue = tools.values()
  const lane = async () => {
    for (const tool of queue) {
      const key = JSON.stringify([tool, linkFlags, go.stdout])
      const program = join(place, `${tool.name}-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`)
      const problems = existsSync(program) ? [] : await install(tool, program)
      if (problems.length === 0) link(program, join(programs, tool.name))
      lacking.push(...problems)
    }
  }
  await Promise.all([lane(), lane()])
  return lacking
}

/** @param {GoTool} tool @param {string} program where it comes to lie @returns {Promise<string[]>} */
async function install(tool, program) {
  const what = `go install ${tool.package}@${tool.version}`
  const started = Date.now()
  const fresh = mkdtempSync(`${program}.new-`)
  try {
    renameSync(await build(tool, fresh), program)
    console.log(`${what}: ${((Date.now() - started) / 1000).toFixed(0)} s`)
    return []
  } catch (error) {
    console.log(`${what}: failed`)
    const words = String(/** @type {any} */ (error).stderr ?? error)
    return [`${tool.name}: go install failed: ${words.trim().split('\n').slice(-3).join(' ')}`]
  } finally {
    rmSync(fresh, {recursive: true, force: true})
  }
}

/** @param {GoTool} tool @param {string} folder @returns {Promise<string>} the program's path */
async function build({package: path, version, withinModule = false}, folder) {
  const env = {...process.env, GOBIN: folder, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0', GOWORK: 'off'}
  const go = (/** @type {string[]} */ ...args) => run('go', args, {cwd: folder, env, maxBuffer: 64e6})
  if (withinModule) {
    await go('mod', 'init', 'tools')
    await go('get', '-tool', `${path}@${version}`)
  }
  await go('install', ...linkFlags, withinModule ? path : `${path}@${version}`)
  return join(folder, basename(path))
}

/** @param {string} target @param {string} path */
function link(target, path) {
  rmSync(path, {force: true})
  symlinkSync(target, path)
}
