// @ts-check
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync} from 'node:fs'
import {join} from 'node:path'

/** @typedef {{name: string, package: string, version: string}} GoTool */

/**
 * Builds the tools of the tests with `go install` into a folder, verified by Go's checksum database; what is there in the
 * right version stays. Returns what could not be had, with the reason.
 * @param {string} list path of the JSON list @param {string} folder @returns {string[]}
 */
export function installGoTools(list, folder) {
  /** @type {GoTool[]} */
  const tools = JSON.parse(readFileSync(list, 'utf8'))
  if (spawnSync('go', ['version']).status !== 0) return tools.map(tool => `${tool.name}: Go is not on this machine`)
  mkdirSync(folder, {recursive: true})
  return tools.flatMap(tool => install(tool, folder))
}

/** @param {GoTool} tool @param {string} folder @returns {string[]} */
function install(tool, folder) {
  const program = join(folder, tool.name)
  if (builtVersion(program) === tool.version) return []
  const started = Date.now()
  process.stdout.write(`go install ${tool.package}@${tool.version} … `)
  const fresh = mkdtempSync(join(folder, '.build-'))
  try {
    const env = {...process.env, GOBIN: fresh, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0'}
    execFileSync('go', ['install', `${tool.package}@${tool.version}`], {env, stdio: ['ignore', 'ignore', 'pipe']})
    const last = tool.package.split('/').at(-1) ?? tool.name
    renameSync(join(fresh, last), program)
    console.log(`${((Date.now() - started) / 1000).toFixed(0)} s`)
    return []
  } catch (error) {
    console.log('failed')
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
