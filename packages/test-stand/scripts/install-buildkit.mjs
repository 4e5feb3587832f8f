// @ts-check
// Builds buildx, buildkitd, buildctl and dockerfile-frontend for the tests into .cache/bin, verified by Go's checksum database; what is there
// in the right version stays. BuildKit cannot be had with `go install`, because its go.mod has excludes; so it becomes a
// tool of a module of our own.
import {execFile, spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'
import {linkFlags} from '../../devkit/lib/go-tools.mjs'

const run = promisify(execFile)
const buildkit = 'v0.28.1'
const tools = [
  {name: 'buildx', package: 'github.com/docker/buildx/cmd/buildx', version: 'v0.38.2', own: false},
  {name: 'buildkitd', package: 'github.com/moby/buildkit/cmd/buildkitd', version: buildkit, own: true},
  {name: 'buildctl', package: 'github.com/moby/buildkit/cmd/buildctl', version: buildkit, own: true},
  {
    name: 'dockerfile-frontend',
    package: 'github.com/moby/buildkit/frontend/dockerfile/cmd/dockerfile-frontend',
    version: buildkit,
    own: true,
  },
]

/**
 * Installs all of them; resolves to what could not be had, with the reason.
 * @param {string} folder @returns {Promise<string[]>}
 */
export async function installBuildkit(folder) {
  const missing = tools.filter(tool => builtVersion(join(folder, tool.name)) !== tool.version)
  if (missing.length === 0) return []
  if (spawnSync('go', ['version']).status !== 0) return missing.map(tool => `${tool.name}: Go is not on this machine`)
  mkdirSync(folder, {recursive: true})
  /** @type {string[]} */
  const lacking = []
  for (const tool of missing) lacking.push(...(await install(tool, folder)))
  return lacking
}

/** @param {typeof tools[number]} tool @param {string} folder @returns {Promise<string[]>} */
async function install(tool, folder) {
  const fresh = mkdtempSync(join(folder, '.build-'))
  const env = {...process.env, GOBIN: fresh, GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0', GOWORK: 'off'}
  const go = (/** @type {string[]} */ args) => run('go', args, {cwd: fresh, env, maxBuffer: 64e6})
  const started = Date.now()
  try {
    if (tool.own) {
      await go(['mod', 'init', 'stand'])
      await go(['get', '-tool', `${tool.package}@${tool.version}`])
      await go(['install', ...linkFlags, tool.package])
    } else await go(['install', ...linkFlags, `${tool.package}@${tool.version}`])
    renameSync(join(fresh, tool.name), join(folder, tool.name))
    console.log(`go build ${tool.package}@${tool.version}: ${((Date.now() - started) / 1000).toFixed(0)} s`)
    return []
  } catch (error) {
    console.log(`go build ${tool.package}@${tool.version}: failed`)
    const words = String(/** @type {any} */ (error).stderr ?? error)
      .trim()
      .split('\n')
      .slice(-3)
      .join(' ')
    return [`${tool.name}: ${words}`]
  } finally {
    rmSync(fresh, {recursive: true, force: true})
  }
}

// In a module of our own the tool is a dependency; by itself it is the main module.
/** @param {string} program */
function builtVersion(program) {
  const {stdout = ''} = spawnSync('go', ['version', '-m', program], {encoding: 'utf8'})
  const path = /^\s*path\s+(\S+)/m.exec(stdout ?? '')?.[1]
  const modules = [...(stdout ?? '').matchAll(/^\s*(?:mod|dep)\s+(\S+)\s+(\S+)/gm)]
  return modules.find(([, module]) => path?.startsWith(`${module}/`))?.[2]
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
  const lacking = await installBuildkit(join(root, '.cache/bin'))
  for (const each of lacking) console.error(`not available: ${each}`)
  process.exitCode = lacking.length > 0 ? 1 : 0
}
