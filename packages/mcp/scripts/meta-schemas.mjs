// @ts-check
// Writes src/meta-schemas.gen.json: the meta-schemas of JSON Schema drafts 7, 2019-09 and 2020-12, as ajv publishes them,
// without prose.
import {readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const refs = join(dirname(createRequire(import.meta.url).resolve('ajv/package.json')), 'dist/refs')
const common = ['core', 'applicator', 'validation', 'meta-data', 'content']
/** Vocabularies by draft. */
const drafts = {'2019-09': [...common, 'format'], '2020-12': [...common, 'unevaluated', 'format-annotation']}
// Of keywords, not of properties that happen to be called so.
const prose = new Set([
  'title',
  'description',
  '$comment',
  '$vocabulary',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$schema',
  'default',
])

/** @param {string} file @returns {unknown} */
const read = file => JSON.parse(readFileSync(join(refs, file), 'utf8'))

/**
 * Every vocabulary is entered through the whole meta-schema here, so that a dynamic reference always leads there.
 *
 * @param {unknown} value @param {string} [whole] @param {boolean} [names] @returns {unknown}
 */
function plain(value, whole, names = false) {
  if (Array.isArray(value)) return value.map(item => plain(item, whole))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, each]) => {
    if (!names && (key === '$dynamicRef' ? each === '#meta' : key === '$recursiveRef')) return [['$ref', whole]]
    if (!names && prose.has(key)) return []
    return [[key, plain(each, whole, !names && ['properties', '$defs', 'definitions'].includes(key))]]
  })
  return Object.fromEntries(entries)
}

const schemas = {
  'draft-07': [plain(read('json-schema-draft-07.json'))],
  ...Object.fromEntries(
    Object.entries(drafts).map(([draft, vocabularies]) => {
      const files = ['schema', ...vocabularies.map(name => `meta/${name}`)]
      const whole = `https://json-schema.org/draft/${draft}/schema`
      return [draft, files.map(name => plain(read(`json-schema-${draft}/${name}.json`), whole))]
    }),
  ),
}
const target = join(dirname(fileURLToPath(import.meta.url)), '../src/meta-schemas.gen.json')
writeFileSync(target, `${JSON.stringify(schemas)}\n`)
