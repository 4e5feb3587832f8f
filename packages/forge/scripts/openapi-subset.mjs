// @ts-check
// Writes src/openapi.gen.json: the part of GitHub's published OpenAPI description that the forge serves.
// Prose and examples are dropped and shared schemas are kept once, so that a bundle can carry the result.
import {createReadStream, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pipeline} from 'node:stream'
import {json} from 'node:stream/consumers'
import {createGunzip} from 'node:zlib'
import {extract} from 'tar-stream'
import {fetchPackage} from '../../devkit/lib/npm-package.mjs'

// No dependency, because installed it takes 408 MB, and one file of it is read.
const source = {
  name: '@octokit/openapi',
  version: '23.0.2',
  integrity: 'sha512-pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg==',
}
const description = 'package/generated/api.github.com.json'

/** @typedef {Record<string, unknown>} Node */

const operations = [
  ['get', '/repos/{owner}/{repo}'],
  ['get', '/repos/{owner}/{repo}/releases'],
  ['post', '/repos/{owner}/{repo}/releases'],
  ['get', '/repos/{owner}/{repo}/releases/latest'],
  ['get', '/repos/{owner}/{repo}/releases/tags/{tag}'],
  ['post', '/repos/{owner}/{repo}/releases/generate-notes'],
  ['get', '/repos/{owner}/{repo}/releases/{release_id}'],
  ['patch', '/repos/{owner}/{repo}/releases/{release_id}'],
  ['delete', '/repos/{owner}/{repo}/releases/{release_id}'],
  ['get', '/repos/{owner}/{repo}/releases/{release_id}/assets'],
  ['post', '/repos/{owner}/{repo}/releases/{release_id}/assets'],
  ['get', '/repos/{owner}/{repo}/releases/assets/{asset_id}'],
  ['patch', '/repos/{owner}/{repo}/releases/assets/{asset_id}'],
  ['delete', '/repos/{owner}/{repo}/releases/assets/{asset_id}'],
  ['get', '/repos/{owner}/{repo}/git/ref/{ref}'],
  ['get', '/repos/{owner}/{repo}/git/matching-refs/{ref}'],
  ['get', '/repos/{owner}/{repo}/git/tags/{tag_sha}'],
  ['get', '/repos/{owner}/{repo}/immutable-releases'],
]

// Optional properties that no answer of the forge carries and that would pull in large schemas.
const droppedProperties = new Set([
  'template_repository',
  'parent',
  'source',
  'organization',
  'security_and_analysis',
  'code_of_conduct',
  'reactions',
])

const proseKeys = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'tags', 'servers'])

/** @param {unknown} value @returns {value is Node} */
const isNode = value => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names of properties are data, keywords are not: only in the second case may a prose key be dropped.
 * @param {unknown} value @param {boolean} names @returns {unknown} */
function strip(value, names = false) {
  if (Array.isArray(value)) return value.map(item => strip(item))
  if (!isNode(value)) return value
  const kept = Object.entries(value).filter(([key]) =>
    names ? !droppedProperties.has(key) : !proseKeys.has(key) && !key.startsWith('x-'),
  )
  return Object.fromEntries(kept.map(([key, child]) => [key, strip(child, !names && key === 'properties')]))
}

/** @param {Node} document @param {string} pointer @returns {unknown} */
function resolve(document, pointer) {
  /** @type {unknown} */
  let node = document
  for (const part of pointer.replace(/^#\//, '').split('/')) {
    if (!isNode(node) || !(part in node)) throw new Error(`The description has no ${pointer}`)
    node = node[part]
  }
  return node
}

/** Replaces references to parameters, responses and headers by their target; schemas stay shared.
 * @param {Node} document @param {unknown} value @returns {unknown} */
function inline(document, value) {
  if (Array.isArray(value)) return value.map(item => inline(document, item))
  if (!isNode(value)) return value
  const reference = value['$ref']
  if (typeof reference === 'string' && !reference.startsWith('#/components/schemas/'))
    return inline(document, strip(resolve(document, reference)))
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inline(document, child)]))
}

/** @param {Node} document @param {unknown} value @param {Map<string, unknown>} schemas */
function collect(document, value, schemas) {
  if (Array.isArray(value)) value.forEach(item => collect(document, item, schemas))
  if (!isNode(value)) return
  const reference = value['$ref']
  if (typeof reference === 'string') {
    const name = reference.replace('#/components/schemas/', '')
    if (schemas.has(name)) return
    const schema = strip(resolve(document, reference))
    schemas.set(name, schema)
    collect(document, schema, schemas)
  }
  Object.values(value).forEach(child => collect(document, child, schemas))
}

/** GitHub's prose and answers know the state `starter`, its schema does not.
 * @param {Map<string, unknown>} schemas */
function allowStarter(schemas) {
  const states = resolve(/** @type {Node} */ (schemas.get('release-asset')), '#/properties/state/enum')
  if (!Array.isArray(states)) throw new Error('release-asset has no enumeration of states')
  if (!states.includes('starter')) states.push('starter')
}

/** @param {Node} document */
function subset(document) {
  /** @type {Record<string, Node>} */
  const paths = {}
  /** @type {Map<string, unknown>} */
  const schemas = new Map()
  for (const [method = '', path = ''] of operations) {
    const operation = strip(/** @type {Node} */ (document['paths'])[path])
    if (!isNode(operation) || !isNode(operation[method])) throw new Error(`The description has no ${method} ${path}`)
    const inlined = inline(document, operation[method])
    paths[path] = {...paths[path], [method]: inlined}
    collect(document, inlined, schemas)
  }
  collect(document, {$ref: '#/components/schemas/basic-error'}, schemas)
  collect(document, {$ref: '#/components/schemas/validation-error'}, schemas)
  allowStarter(schemas)
  const sorted = Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)))
  const info = /** @type {Node} */ (document['info'])
  return {
    openapi: document['openapi'],
    info: {title: info['title'], version: info['version'], license: info['license']},
    paths,
    components: {schemas: sorted},
  }
}

/** Reads no further than that file. @param {string} archive @param {string} name @returns {Promise<Node>} */
async function readJson(archive, name) {
  const entries = extract()
  // The loop ends with the error of any of them.
  pipeline(createReadStream(archive), createGunzip(), entries, () => {})
  for await (const entry of entries) {
    if (entry.header.name === name) return /** @type {Node} */ (await json(entry))
    entry.resume()
  }
  throw new Error(`${source.name}@${source.version} has no ${name}`)
}

const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
try {
  const document = await readJson(fetchPackage(source, folder), description)
  const target = new URL('../src/openapi.gen.json', import.meta.url)
  writeFileSync(target, `${JSON.stringify(subset(document), null, 1)}\n`)
} finally {
  rmSync(folder, {recursive: true, force: true})
}
