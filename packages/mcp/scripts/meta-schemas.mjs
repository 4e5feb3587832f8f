// @ts-check
// Writes src/meta-schemas.gen.json: the meta-schemas of JSON Schema drafts 7 and 2020-12, as ajv publishes them, without prose.
import {readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const refs = join(dirname(createRequire(import.meta.url).resolve('ajv/package.json')), 'dist/refs')
const newest = 'https://json-schema.org/draft/2020-12/schema'
const vocabularies = ['core', 'applicator', 'unevaluated', 'validation', 'meta-data', 'format-annotation', 'content']
// Of keywords, not of properties that happen to be called so.
const prose = new Set(['title', 'description', '$comment', '$vocabulary', '$dynamicAnchor', '$schema', 'default'])

/** @param {string} file @returns {unknown} */
const read = file => JSON.parse(readFileSync(join(refs, file), 'utf8'))

/**
 * Every vocabulary is entered through the whole meta-schema here, so that a dynamic reference always leads there.
 *
 * @param {unknown} value @param {boolean} names @returns {unknown}
 */
function plain(value, names = false) {
  if (Array.isArray(value)) return value.map(item => plain(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, each]) => {
    if (!names && key === '$dynamicRef' && each === '#meta') return [['$ref', newest]]
    if (!names && prose.has(key)) return []
    return [[key, plain(each, !names && ['properties', '$defs', 'definitions'].includes(key))]]
  })
  return Object.fromEntries(entries)
}

const schemas = {
  'draft-07': [plain(read('json-schema-draft-07.json'))],
  '2020-12': [
    plain(read('json-schema-2020-12/schema.json')),
    ...vocabularies.map(name => plain(read(`json-schema-2020-12/meta/${name}.json`))),
  ],
}
const target = join(dirname(fileURLToPath(import.meta.url)), '../src/meta-schemas.gen.json')
writeFileSync(target, `${JSON.stringify(schemas)}\n`)
