// @ts-check
// Verdicts on server.json against the MCP Registry's own code: the documents of its tests and pages, those of this
// repository, and mutants of all, the same ones each time. `npm run bench -- corpora:server-json`
import {readFileSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {address, mutant, random, valuesByName} from './server-json/mutants.mjs'
import {buildOracle, copyModule, documentsOfPages, tablesOfTests} from './server-json/registry.mjs'

const mutants = 30_000
const schema = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'

/** Where we refuse and the registry does not: what our message says, and why. */
const refusals = [
  [/is there more than once/, 'of two spellings of one name the order decides which counts, and a value would be lost'],
  [/__proto__/, 'a variable of this name is lost wherever JavaScript reads the document'],
]

/** @typedef {import('../../lib/bench-table.mjs').Bench} Bench */
/** @typedef {import('./server-json/mutants.mjs').Json} Json */
/** @typedef {{server?: unknown, findings: readonly {level: string, text: string}[]}} Reading */
/** @typedef {{checkServerJson: (value: unknown) => Reading, differences: (one: unknown, other: unknown) => readonly string[]}} Ours */

/** @param {Pick<Bench, 'root' | 'scratch' | 'env'>} bench */
export async function run({root, scratch, env}) {
  const module = copyModule(scratch, env)
  const ask = buildOracle(module)
  const documents = documentsOf(root, module)
  const {checkServerJson, differences} = await bundledPackage(
    join(root, 'packages/server-json/src/index.ts'),
    join(scratch, 'bundle'),
  )
  const texts = documents.map(each => JSON.stringify(each))
  const answers = ask(texts)
  /** @type {string[]} */
  const listed = []
  let refusedWithReason = 0
  for (const [at, text] of texts.entries()) {
    const problem = disagreement(checkServerJson(JSON.parse(text)), answers[at], differences)
    if (problem === 'with reason') refusedWithReason++
    else if (problem !== undefined) listed.push(`${problem} ${text}`)
  }
  const accepted = answers.filter(({publish, schema: said}) => publish === '' && said === '').length
  return {cases: texts.length, acceptedByTheRegistry: accepted, refusedWithReason, wrong: listed.length, listed}
}

/**
 * How our verdict differs, if it does.
 *
 * @param {Reading} ours @param {import('./server-json/registry.mjs').Answer | undefined} theirs
 * @param {Ours['differences']} differences
 */
export function disagreement({server, findings}, theirs, differences) {
  if (theirs === undefined) return 'not answered'
  const refused = theirs.publish === '' ? theirs.schema : theirs.publish
  if (server === undefined) {
    if (refused !== '') return undefined
    const errors = findings.filter(({level}) => level === 'error').map(({text}) => text)
    const isKnown = (/** @type {string} */ error) => refusals.some(([said]) => /** @type {RegExp} */ (said).test(error))
    return errors.every(isKnown) ? 'with reason' : `refused here, not there: ${errors.join('; ')}`
  }
  if (refused !== '') return `refused there, not here: ${refused.replaceAll(/\s+/g, ' ').slice(0, 300)}`
  const other = differences(theirs.stored, server)
  return other.length === 0 ? undefined : `stored otherwise: ${other.join('; ')}`
}

/** @param {string} root @param {import('./server-json/registry.mjs').Module} module @returns {Json[]} */
function documentsOf(root, module) {
  const {servers, packages} = tablesOfTests(module)
  const whole = {$schema: schema, name: 'io.github.octo/server', description: 'Does things.', version: '1.0.0'}
  const stdio = {type: 'stdio'}
  const wrapped = packages.map(each => ({...whole, packages: [{...each, transport: stdio}]}))
  const examples = readdirSync(join(root, 'examples'), {withFileTypes: true})
    .filter(each => each.isDirectory())
    .map(({name}) => JSON.parse(readFileSync(join(root, 'examples', name, 'server.json'), 'utf8')))
  const pages = documentsOfPages(module).map(each => ({...each, $schema: schema}))
  const known = /** @type {Json[]} */ ([...unique([...servers, ...wrapped, ...pages, ...examples])])
  const found = valuesByName(known)
  // The largest that the registry takes, and one byte more.
  const [largest, larger] = [1_048_575, 1_048_576].map(bytes => padded(whole, bytes))
  const rich = /** @type {Json[]} */ ([...pages, ...examples, everything(whole)])
  const pick = random(20_251_211)
  const made = Array.from({length: mutants}, () => {
    const seeds = pick(3) === 0 ? known : rich
    const first = mutant(seeds[pick(seeds.length)] ?? null, pick, found)
    return pick(4) === 0 && Object.keys(/** @type {object} */ (first)).length > 0 ? mutant(first, pick, found) : first
  })
  return [...known, largest ?? null, larger ?? null, ...unique(made)]
}

/** @param {readonly unknown[]} values @returns {any[]} */
function unique(values) {
  return [...new Map(values.map(each => [JSON.stringify(each), each])).values()]
}

/** A document of so many bytes. @param {object} whole @param {number} bytes @returns {Json} */
function padded(whole, bytes) {
  const npm = {registryType: 'npm', identifier: 'x', version: '1.0.0', transport: {type: 'stdio'}}
  const document = (/** @type {string} */ value) => ({
    ...whole,
    packages: [{...npm, environmentVariables: [{name: 'A', value}]}],
  })
  return document('x'.repeat(bytes - JSON.stringify(document('')).length))
}

/** A document that has every member. @param {object} whole @returns {object} */
function everything(whole) {
  const input = {
    description: 'd',
    isRequired: true,
    format: 'string',
    value: 'v',
    isSecret: true,
    default: 'w',
    placeholder: 'p',
    choices: ['v', 'w'],
  }
  const setting = {name: 'KEY', ...input, variables: {v: input}}
  const http = {type: 'streamable-http', url: 'https://example.com/{v}', headers: [setting], variables: {v: input}}
  const packageArguments = [
    {type: 'positional', valueHint: 'v', isRepeated: true, ...input},
    {type: 'named', name: '--port', ...input, variables: {v: input}},
  ]
  const stdio = {
    registryType: 'npm',
    registryBaseUrl: address('registry', 'npmjs', 'org'),
    identifier: 'x',
    version: '1.0.0',
    runtimeHint: 'npx',
    transport: {type: 'stdio'},
  }
  return {
    ...whole,
    title: 'T',
    repository: {url: 'https://github.com/octo/server', source: 'github', id: '1', subfolder: 'a'},
    websiteUrl: 'https://example.com',
    icons: [{src: 'https://example.com/a.png', mimeType: 'image/png', sizes: ['48x48', 'any'], theme: 'dark'}],
    packages: [
      {...stdio, packageArguments, runtimeArguments: packageArguments, environmentVariables: [setting]},
      {
        registryType: 'oci',
        identifier: 'ghcr.io/octo/server:1.0.0',
        transport: {type: 'sse', url: 'http://localhost:{v}/sse', headers: [setting]},
        packageArguments,
      },
      {
        registryType: 'mcpb',
        identifier: 'https://github.com/octo/mcp/releases/download/v1/x.mcpb',
        fileSha256: 'a'.repeat(64),
        transport: {type: 'stdio'},
      },
      {...stdio, registryType: 'pypi', registryBaseUrl: address('pypi', 'org')},
      {...stdio, registryType: 'cargo', registryBaseUrl: address('crates', 'io')},
      {...stdio, registryType: 'nuget', registryBaseUrl: `${address('api', 'nuget', 'org')}/v3/index.json`},
    ],
    remotes: [http, {...http, type: 'sse'}],
    _meta: {'io.modelcontextprotocol.registry/publisher-provided': {a: [1, {b: null}]}},
  }
}
