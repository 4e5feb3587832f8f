// @ts-check
// Manifests of bundles and mutants of them, judged here and by the official package for the version that each names; what is
// taken is stamped to a version that the official package takes, too. `npm run bench -- corpora:manifests`
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {random} from './archives/mutants.mjs'
import {seeds, values} from './manifests/seeds.mjs'

const mutants = 20_000
const require = createRequire(import.meta.url)

/** @typedef {Record<string, any>} Json */

/** @param {Pick<import('../../lib/bench-table.mjs').Bench, 'root' | 'scratch'>} bench */
export async function run({root, scratch}) {
  const {parseManifest, stampManifest} = await bundledPackage(
    join(root, 'packages/mcpb/src/index.ts'),
    join(scratch, 'bundle'),
  )
  const judge = await officialJudge()
  const manifests = all()
  /** @type {string[]} */
  const listed = []
  let [taken, explained] = [0, 0]
  for (const manifest of manifests) {
    const theirs = judge(manifest)
    if (theirs) taken++
    const text = JSON.stringify(manifest)
    const ours = attempt(() => parseManifest('manifest.json', text))
    if (ours.error !== undefined && theirs) listed.push(`refused here: ${ours.error.replaceAll('\n', ' ')}`)
    if (ours.value === undefined) continue
    if (!theirs && isUvAlone(manifest, judge)) explained++
    else if (!theirs) listed.push(`taken here: ${text}`)
    const config = {command: 'uv', args: ['run', 'x.py']}
    const stamped = stampManifest(ours.value, {version: '2.0.0', config})
    if (!judge(JSON.parse(JSON.stringify(stamped))) || stamped.manifest_version < '0.3')
      listed.push(`stamped wrongly: ${JSON.stringify(stamped)}`)
  }
  return {cases: manifests.length, taken, uvWithoutConfig: explained, wrong: listed.length, listed}
}

/** Whether the official package takes a manifest. @returns {Promise<(manifest: Json) => boolean>} */
export async function officialJudge() {
  const {MANIFEST_SCHEMAS: schemas} = await import(pathToFileURL(join(official(), 'shared/constants.js')).href)
  const {getManifestVersionFromRawData} = await import(
    pathToFileURL(join(official(), 'shared/manifestVersionResolve.js')).href
  )
  return manifest => {
    const version = getManifestVersionFromRawData(manifest)
    return version !== null && schemas[version].safeParse(manifest).success
  }
}

// MANIFEST.md lets the type uv leave mcp_config to the client, the official schema does not; it is written when it is stamped.
/** @param {Json} manifest @param {(manifest: Json) => boolean} judge */
export function isUvAlone(manifest, judge) {
  const {server} = manifest
  if (server?.type !== 'uv' || 'mcp_config' in server) return false
  return judge({...manifest, server: {...server, mcp_config: {command: 'uv'}}})
}

/** @returns {Json[]} */
function all() {
  const pick = random(4)
  const made = Array.from({length: mutants}, () => {
    let manifest = seeds[pick(seeds.length)] ?? {}
    for (let count = pick(3); count >= 0; count--) manifest = mutated(manifest, pick)
    return manifest
  })
  return [...new Map([...seeds, ...made].map(each => [JSON.stringify(each), each])).values()]
}

/** A copy with one change somewhere. @param {any} value @param {(limit: number) => number} pick @returns {any} */
function mutated(value, pick) {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const key = keys[pick(keys.length)]
  const copy = Array.isArray(value) ? [...value] : {...value}
  const added = values[pick(values.length)]
  if (key === undefined || pick(12) === 0) {
    if (Array.isArray(copy)) return [...copy, added]
    return {
      ...copy,
      [['colour', 'name', 'type', 'privacy_policies', 'icons', 'mcp_config', 'command', 'cwd'][pick(8)] ?? '']: added,
    }
  }
  const inner = copy[key]
  if (typeof inner === 'object' && inner !== null && pick(4) > 0) copy[key] = mutated(inner, pick)
  else if (pick(4) === 0) delete copy[key]
  else copy[key] = added
  return Array.isArray(value) ? copy.filter((/** @type {unknown} */ _, /** @type {number} */ at) => at in copy) : copy
}

/** @template T @param {() => T} what @returns {{value?: T, error?: string}} */
function attempt(what) {
  try {
    return {value: what()}
  } catch (error) {
    return {error: /** @type {Error} */ (error).message}
  }
}

function official() {
  return dirname(require.resolve('@anthropic-ai/mcpb'))
}
