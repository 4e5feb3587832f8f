// @ts-check
import {execFile, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'

const run = promisify(execFile)

/** For `go install`: without tables for debuggers the linker needs half the time. */
export const linkFlags = ['-ldflags', '-s -w']

/** @typedef {{name: string, package: string, version: string}} GoTool */

/**
 * Builds the tools of the tests with `go install` into a folder, verified by Go's checksum database; what is there in the
 * right version stays. Two at a time, because linking keeps one processor busy. Resolves to what could not be had, with the reason.
 * @param {string} list path of the JSON list @param {string} folder absolute @returns {Promise<string[]>}
 */
export async function installGoTools(list, folder) {
  /** @type {GoTool[]} */
  const tools = JSON.parse(readFileSync(list, 'utf8'))
  if (spawnSync('go', ['version']).status !== 0) return tools.map(tool => `${tool.name}: Go is not on this machine`)
  mkdirSync(folder, {recursive: true})
  /** @type {string[]} */
  const lacking = []
  const queue = tools.values()
  const lane = async () => {
    for (const tool of queue) lacking.push(...(await install(tool, folder)))
  }
  await Promise.all([lane(), lane()])
  return lacking
}

/** @param {GoTool} tool @param {string} folder @returns {Promise<string[]>} */
async function install(tool, folder) {
  const program = join(folder, tool.name)
  if (builtVersion(program) === tool.version) return []
  const started = Date.now()
  const fresh = mkdtempSync(join(folder, '.build-'))
  try {
    const env = {...process.env, GOBIN: fresh, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0'}
    await run('go', ['install', ...linkFlags, `${tool.package}@${tool.version}`], {env, maxBuffer: 64e6})
    const last = tool.package.split('/').at(-1) ?? tool.name
    renameSync(join(fresh, last), program)
    console.log(`go install ${tool.package}@${tool.version}: ${((Date.now() - started) / 1000).toFixed(0)} s`)
    return []
  } catch (error) {
    console.log(`go install ${tool.package}@${tool.version}: failed`)
    return [
      `${tool.name}: go install failed: ${String(/** @type {any} */ (error).stderr ?? error)
        .trim()
        .split('\n')
        .slice(-3)
        .join(' ')}`,
    ]
  } finally {
    rmSync(fresh, {recursive: true, force: true})
  }
}

/** @param {string} program */
function builtVersion(program) {
  const answer = spawnSync('go', ['version', '-m', program], {encoding: 'utf8'})
  return /^\s*mod\s+\S+\s+(\S+)/m.exec(answer.stdout ?? '')?.[1]
}
