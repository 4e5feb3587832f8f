// @ts-check
// Writes what is published of the settings file, from src/settings.ts: its JSON Schema and the tables of docs/settings.md.
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import ts from 'typescript'
import {z} from 'zod'
import {replaceBlock} from '../../devkit/lib/render.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const source = join(root, 'packages/release-model/src')
const address = 'https://raw.githubusercontent.com/mcp-release/mcp-release/v1/docs/mcp-release.schema.json'

const {settingsSchema} = await load('settings')
const {$schema, ...schema} = z.toJSONSchema(settingsSchema, {io: 'input'})
const published = {
  $schema,
  $id: address,
  title: 'Settings of mcp-release',
  description: 'The settings of a release of MCP servers: .github/mcp-release.yml.',
  ...schema,
}
write('docs/mcp-release.schema.json', `${JSON.stringify(published, null, 2)}\n`)

const properties = /** @type {Record<string, any>} */ (schema.properties)
const page = 'docs/settings.md'
let text = readFileSync(join(root, page), 'utf8')
for (const [name, group] of Object.entries({
  settings: properties,
  servers: properties['servers'].additionalProperties.properties,
  builds: properties['builds'].additionalProperties.properties,
})) {
  text = replaceBlock({file: page, text, name, block: table(group)})
}
write(page, text)

/** The fields of one place, a row each. @param {Record<string, any>} fields */
function table(fields) {
  const rows = Object.entries(fields).map(([name, field]) => {
    const [meaning, words] = field.description.split(' Default: ')
    const absent = field.default === undefined ? words.replace(/\.$/, '') : value(field.default)
    return `| \`${name}\` | ${cell(typeOf(field))} | ${cell(absent)} | ${cell(meaning)} |`
  })
  return ['| field | takes | default | meaning |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

/** @param {any} field @returns {string} */
function typeOf(field) {
  if (field.enum?.length > 6) return '`os/arch`'
  if (field.enum) return field.enum.map((/** @type {string} */ each) => `\`${each}\``).join(', ')
  if (field.type === 'array') return `a list: ${typeOf(field.items)}`
  if (field.type === 'integer') return `${field.minimum} to ${field.maximum}`
  if (field.type === 'boolean') return '`true`, `false`'
  if (field.type === 'object')
    return field.additionalProperties.properties ? 'fields by selector, see below' : 'texts by name'
  return 'a text'
}

/** @param {unknown} each @returns {string} */
function value(each) {
  if (!Array.isArray(each)) return `\`${each}\``
  return each.length === 0 ? 'nothing' : each.map(value).join(', ')
}

/** @param {string} words */
function cell(words) {
  return words.replaceAll('|', '\\|')
}

/** @param {string} file @param {string} content */
function write(file, content) {
  writeFileSync(join(root, file), content)
}

/** A module of src/ as JavaScript, with the modules beside it that it imports. @param {string} name @returns {Promise<any>} */
async function load(name) {
  // Below node_modules, so that zod is found and nothing else looks there.
  mkdirSync(join(root, 'node_modules/.cache'), {recursive: true})
  const folder = mkdtempSync(join(root, 'node_modules/.cache/settings-'))
  try {
    transpile(name, folder)
    return await import(pathToFileURL(join(folder, `${name}.mjs`)).href)
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/** @param {string} name @param {string} folder */
function transpile(name, folder) {
  const compilerOptions = {module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022}
  const {outputText} = ts.transpileModule(readFileSync(join(source, `${name}.ts`), 'utf8'), {compilerOptions})
  const code = outputText.replaceAll(/from '\.\/([\w-]+)'/g, (_, /** @type {string} */ other) => {
    transpile(other, folder)
    return `from './${other}.mjs'`
  })
  writeFileSync(join(folder, `${name}.mjs`), code)
}
