// @ts-check
// The MCP Registry's own code as an oracle, and the documents of its tests and pages: all from its Go module.
import {execFileSync, spawnSync} from 'node:child_process'
import {copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const registry = 'github.com/modelcontextprotocol/registry'
// Its rules are those of 1.8.9; of that version a dependency is not to be had everywhere.
const version = 'v1.8.8'
const here = fileURLToPath(new URL('.', import.meta.url))

/** @typedef {{publish: string, schema: string, stored?: unknown}} Answer */
/** @typedef {{copy: string, env: NodeJS.ProcessEnv}} Module */

/**
 * A copy of the module in which more can be built, because what it checks with is internal.
 *
 * @param {string} scratch @param {NodeJS.ProcessEnv} base @returns {Module}
 */
export function copyModule(scratch, base) {
  const env = {...base, GOFLAGS: '-mod=mod'}
  const stdout = execFileSync('go', ['mod', 'download', '-json', `${registry}@${version}`], {env, encoding: 'utf8'})
  const copy = join(scratch, 'registry')
  cpSync(JSON.parse(stdout).Dir, copy, {recursive: true})
  // Go's module cache is read-only.
  execFileSync('chmod', ['-R', 'u+w', copy])
  return {copy, env}
}

/**
 * Builds the oracle: from the texts of documents to what the registry says of each.
 *
 * @param {Module} module @returns {(documents: readonly string[]) => Answer[]}
 */
export function buildOracle({copy, env}) {
  mkdirSync(join(copy, 'cmd/oracle'))
  copyFileSync(join(here, 'oracle.go'), join(copy, 'cmd/oracle/main.go'))
  const program = join(copy, 'oracle')
  execFileSync('go', ['build', '-o', program, './cmd/oracle'], {cwd: copy, env, stdio: ['ignore', 'ignore', 'inherit']})
  return documents => {
    const input = documents.map(each => `${JSON.stringify(each)}\n`).join('')
    const stdout = execFileSync(program, {input, encoding: 'utf8', maxBuffer: 2 ** 30})
    return stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  }
}

/**
 * Every server.json and every package that the module's tests give to its validators.
 *
 * @param {Module} module @returns {{servers: object[], packages: object[]}}
 */
export function tablesOfTests({copy, env}) {
  copyFileSync(join(here, 'seen.go'), join(copy, 'pkg/model/seen.go'))
  const folder = join(copy, 'internal/validators')
  const sources = [join(folder, 'validators.go')]
  sources.push(...readdirSync(join(folder, 'registries')).map(file => join(folder, 'registries', file)))
  for (const source of sources.filter(file => !file.endsWith('_test.go'))) {
    const text = readFileSync(source, 'utf8')
      .replaceAll(
        /^func Validate\w+\(ctx context\.Context, pkg model\.Package, \w+ string\) error \{$/gm,
        '$&\n\tmodel.Seen(pkg)',
      )
      .replace(/^func ValidateServerJSON\(.*\{$/m, '$&\n\tmodel.Seen(serverJSON)')
    writeFileSync(source, text)
  }
  const offline = readFileSync(join(here, 'offline_test.go'), 'utf8')
  for (const name of ['validators', 'registries']) {
    const place = name === 'validators' ? folder : join(folder, name)
    writeFileSync(join(place, 'offline_test.go'), offline.replace('PACKAGE', `${name}_test`))
  }
  const seen = join(copy, 'seen.jsonl')
  // Tests that need the network fail, and have said what they have all the same.
  spawnSync('go', ['test', './internal/validators/...'], {cwd: copy, env: {...env, SEEN: seen}, stdio: 'ignore'})
  const values = existsSync(seen)
    ? readFileSync(seen, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
    : []
  const [servers, packages] = [values.filter(each => 'name' in each), values.filter(each => 'registryType' in each)]
  if (servers.length < 100 || packages.length < 50)
    throw new Error('the tests of the registry did not say their tables')
  return {servers, packages}
}

/**
 * The whole documents on the module's pages.
 *
 * @param {Module} module @returns {object[]}
 */
export function documentsOfPages({copy}) {
  const pages = readdirSync(join(copy, 'docs'), {recursive: true, encoding: 'utf8'}).filter(file =>
    /\.mdx?$/.test(file),
  )
  return pages.flatMap(page => {
    const text = readFileSync(join(copy, 'docs', page), 'utf8')
    return [...text.matchAll(/^ *```json.*\n([\s\S]*?)^ *```/gm)].flatMap(match => {
      try {
        const document = JSON.parse(match[1] ?? '')
        return typeof document.name === 'string' && 'version' in document && !('dependencies' in document)
          ? [document]
          : []
      } catch {
        // A part of a document, with dots for the rest.
        return []
      }
    })
  })
}
