// @ts-check
// The files server.json and manifest.json that published packages hold, judged here, by the MCP Registry's own code and by
// the official package for bundles: `npm run bench -- corpora:published-files`. The packages come with their ordinary clients.
import {existsSync, readFileSync, readdirSync} from 'node:fs'
import {join, relative} from 'node:path'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {fetchPublished} from '../servers/fetch.mjs'
import {isUvAlone, officialJudge} from './manifests.mjs'
import {disagreement} from './server-json.mjs'
import {buildOracle, copyModule} from './server-json/registry.mjs'

/** @typedef {import('../../lib/bench-table.mjs').Bench} Bench */
/** @typedef {{path: string, text: string, value: any}} Found */

/** @type {readonly {ecosystem: 'npm' | 'pypi' | 'go', name: string, version: string}[]} */
const packages = JSON.parse(readFileSync(new URL('published-files/list.json', import.meta.url), 'utf8'))

/** @param {Pick<Bench, 'root' | 'scratch' | 'env'>} bench */
export async function run({root, scratch, env}) {
  const cache = join(root, '.cache/published')
  const folders = packages.map(each => fetchPublished({...each, expected: 'released'}, cache, env))
  const found = folders.flatMap(folder => jsonFiles(folder, cache))
  const servers = found.filter(({value}) => /\/server\.schema\.json$/.test(String(value?.$schema)))
  const manifests = found.filter(({value}) => 'manifest_version' in value || 'dxt_version' in value)
  const listed = [
    ...(await judgeServers(servers, {root, scratch, env})),
    ...(await judgeManifests(manifests, {root, scratch})),
  ]
  return {
    cases: servers.length + manifests.length,
    serverJson: servers.length,
    manifests: manifests.length,
    wrong: listed.length,
    listed,
  }
}

/** @param {readonly Found[]} servers @param {Pick<Bench, 'root' | 'scratch' | 'env'>} bench @returns {Promise<string[]>} */
async function judgeServers(servers, {root, scratch, env}) {
  const entry = join(root, 'packages/server-json/src/index.ts')
  const {checkServerJson, differences} = await bundledPackage(entry, join(scratch, 'server-json'))
  const answers = buildOracle(copyModule(scratch, env))(servers.map(({value}) => JSON.stringify(value)))
  return servers.flatMap(({path, value}, at) => {
    const problem = disagreement(checkServerJson(value), answers[at], differences)
    return problem === undefined || problem === 'with reason' ? [] : [`${path}: ${problem}`]
  })
}

/** @param {readonly Found[]} manifests @param {Pick<Bench, 'root' | 'scratch'>} bench @returns {Promise<string[]>} */
async function judgeManifests(manifests, {root, scratch}) {
  const entry = join(root, 'packages/mcpb/src/index.ts')
  const {parseManifest, stampManifest} = await bundledPackage(entry, join(scratch, 'mcpb'))
  const judge = await officialJudge()
  return manifests.flatMap(({path, text, value}) => {
    const isTaken = judge(value) || isUvAlone(value, judge)
    try {
      const config = {command: 'uv', args: ['run', 'x.py']}
      const stamped = stampManifest(parseManifest('manifest.json', text), {version: '2.0.0', config})
      if (!isTaken) return [`${path}: taken here alone`]
      return judge(JSON.parse(JSON.stringify(stamped))) ? [] : [`${path}: stamped wrongly: ${JSON.stringify(stamped)}`]
    } catch (error) {
      const {message} = /** @type {Error} */ (error)
      return isTaken ? [`${path}: refused here alone: ${message.replaceAll('\n', ' ')}`] : []
    }
  })
}

/** @param {string} folder @param {string} cache @returns {Found[]} */
function jsonFiles(folder, cache) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, {recursive: true, withFileTypes: true})
  const paths = entries.filter(each => each.isFile()).map(({parentPath, name}) => join(parentPath, name))
  const wanted = paths.filter(
    path =>
      /(?:^|\/)(?:server|manifest|seed)[\w.-]*\.json$/.test(path) && !relative(folder, path).includes('node_modules'),
  )
  return wanted.flatMap(path => {
    const text = readFileSync(path, 'utf8')
    try {
      const value = JSON.parse(text)
      // The registry's own file has several documents.
      return [value].flat().flatMap((each, at, all) => {
        const own = all.length === 1 ? text : JSON.stringify(each)
        const label = `${relative(cache, path)}${all.length === 1 ? '' : ` ${at}`}`
        return typeof each === 'object' && each !== null ? [{path: label, text: own, value: each}] : []
      })
    } catch {
      // Templates with placeholders, and comments.
      return []
    }
  })
}
