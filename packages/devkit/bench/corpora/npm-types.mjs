// @ts-check
// What types promise and programs do not keep, in every package that is installed for this repository and has types, here
// and by @arethetypeswrong/core: what is told here must be told there. `npm run bench -- corpora:npm-types`
import {existsSync, readFileSync, readdirSync, statSync} from 'node:fs'
import {join, relative} from 'node:path'
import {Package, checkPackage} from '@arethetypeswrong/core'
import {bundledPackage} from '../../lib/bundled-package.mjs'

/** The kinds, by the words in which they are told here. */
const kinds = /** @type {const} */ ([
  ['NamedExports', /ends with a SyntaxError/],
  ['FalseExportDefault', /imports as default is not there/],
  ['InternalResolutionError', /is no file of the package/],
])
/** The largest package in bytes: attw reads it as a whole. */
const largest = 6_000_000

/** Told here alone, and right. */
const right = [
  [
    /^crc-32@/,
    'the types name version and buf, and Node.js does not find them: import {version} ends with a SyntaxError',
  ],
]

/**
 * @param {Pick<import('../../lib/bench-table.mjs').Bench, 'root' | 'scratch'>} bench
 * @returns {Promise<{cases: number, wrong: number, listed: readonly string[]} & Record<string, unknown>>}
 */
export async function run({root, scratch}) {
  const entry = join(root, 'actions/build-npm/src/type-findings.ts')
  const {typeFindings} = await bundledPackage(entry, join(scratch, 'bundle'))
  const packages = installed(join(root, 'node_modules'))
  /** @type {string[]} */
  const listed = []
  let [wrong, agreed, toldThereAlone] = [0, 0, 0]
  for (const {name, version, files, fields} of packages) {
    const theirs = await judged(name, version, files)
    const read = (/** @type {string} */ file) => files.get(file)?.toString('utf8')
    /** @type {readonly {text: string}[]} */
    const found = typeFindings(name, {fields, read})
    for (const [kind, words] of kinds) {
      const [ours] = found.filter(({text}) => words.test(text))
      if (ours !== undefined && theirs.has(kind)) agreed++
      if (ours === undefined && theirs.has(kind)) toldThereAlone++
      if (ours === undefined || theirs.has(kind)) continue
      const reason = right.find(([label]) => /** @type {RegExp} */ (label).test(`${name}@${version}`))?.[1]
      if (reason === undefined) wrong++
      listed.push(`${reason === undefined ? 'WRONG' : `right, ${String(reason)}`}: ${ours.text.split('\n')[0] ?? ''}`)
    }
  }
  // Those have `export =`: what can be imported by name besides, only a type checker knows.
  return {cases: packages.length * kinds.length, agreed, toldThereAlone, wrong, listed}
}

/** @param {string} name @param {string} version @param {ReadonlyMap<string, Buffer>} files @returns {Promise<Set<string>>} */
async function judged(name, version, files) {
  const own = Object.fromEntries(
    [...files].map(([file, content]) => [`/node_modules/${name}/${file}`, new Uint8Array(content)]),
  )
  const checked = await checkPackage(new Package(own, name, version))
  return new Set(checked.types === false ? [] : checked.problems.map(({kind}) => kind))
}

/** @param {string} modules */
function installed(modules) {
  const names = readdirSync(modules).flatMap(name =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map(each => `${name}/${each}`) : [name],
  )
  return names.flatMap(name => {
    const folder = join(modules, name)
    if (/^(?:\.|@mcp-release\/|@types\/)/.test(name) || !existsSync(join(folder, 'package.json'))) return []
    const fields = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const isTyped = 'types' in fields || 'typings' in fields || JSON.stringify(fields.exports ?? '').includes('types')
    const files = isTyped ? filesOf(folder) : new Map()
    const size = [...files.values()].reduce((sum, {length}) => sum + length, 0)
    return isTyped && size < largest ? [{name, version: String(fields.version), files, fields}] : []
  })
}

/** @param {string} folder @returns {Map<string, Buffer>} */
function filesOf(folder) {
  const entries = readdirSync(folder, {recursive: true, withFileTypes: true}).filter(each => each.isFile())
  const paths = entries.map(({parentPath, name}) => join(parentPath, name))
  const own = paths.filter(
    path => /\.(?:[cm]?[jt]sx?|json)$/.test(path) && !relative(folder, path).includes('node_modules'),
  )
  const total = own.reduce((sum, path) => sum + statSync(path).size, 0)
  return new Map(total < largest ? own.map(path => [relative(folder, path), readFileSync(path)]) : [])
}
