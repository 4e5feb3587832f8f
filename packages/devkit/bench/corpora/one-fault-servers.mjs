// @ts-check
// Servers that are right but for one thing, of both eras of the protocol, against the official TypeScript clients: what
// one of them refuses must fail here, what they take must not. `npm run bench -- corpora:one-fault-servers`.
import {availableParallelism} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {officialVerdict} from '../../../mcp/src/testing/official-client.mjs'
import {oneFaultServers} from '../../../mcp/src/testing/one-fault-servers.mjs'

const script = fileURLToPath(new URL('../../../mcp/src/testing/scripted-server.mjs', import.meta.url))

// Where more is asked for than the clients do, and why.
/** @type {readonly {cases: RegExp, reason: string}[]} */
const stricter = [
  {
    cases: /resources 0 size = 1\.5$|prompts 0 arguments = \[\{"name":"x","title":7\}\]$/,
    reason:
      'the schemas of both eras want a whole number and a text there, and the official Python client refuses the list',
  },
  {
    cases: /^legacy: tools\/call result content = left out$/,
    reason: 'schema/2025-11-25 requires `content`, and the official Python client refuses the answer without it',
  },
  {
    cases: /^legacy: tools\/list result tools 0 (?:inputSchema \$schema = |outputSchema = .*"\$schema")/,
    reason: 'schema/2025-11-25 has a text there, and the official Python client refuses the tool otherwise',
  },
  {
    cases: /(?:inputSchema required|inputSchema properties|tools 0 outputSchema) = /,
    reason: 'it is no JSON Schema: the specification demands one, and the interfaces of models refuse the whole list',
  },
]

/**
 * @param {import('../../lib/bench-table.mjs').Bench} bench
 * @returns {Promise<{cases: number, wrong: number, listed: readonly string[]}>}
 */
export async function run({root, scratch}) {
  const verdictOf = await inspector(root, scratch)
  const queue = oneFaultServers()
  const cases = queue.length
  /** @type {string[]} */
  const listed = []
  let wrong = 0
  const work = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const {name, era, call = false} = next
      const argv = [process.execPath, script, JSON.stringify(next.script)]
      const calls = call ? ['sum'] : []
      // Clients of version 1 do not speak the new era.
      const versions = /** @type {const} */ (era === 'legacy' ? [1, 2] : [2])
      const official = []
      for (const version of versions) official.push(await officialVerdict(argv, {version, calls}))
      const [refused] = official.filter(each => each !== undefined)
      const failed = await verdictOf(argv, calls)
      if ((refused === undefined) === (failed === undefined)) continue
      const reason = failed === undefined ? undefined : stricter.find(each => each.cases.test(name))?.reason
      if (reason === undefined) wrong++
      const words = `official: ${refused ?? 'takes it'}; here: ${failed ?? 'passes'}`.replaceAll(/\s+/g, ' ')
      listed.push(`${reason === undefined ? 'WRONG' : 'stricter'}: ${name}: ${reason ?? words.slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({length: 2 * availableParallelism()}, work))
  return {cases, wrong, listed}
}

/**
 * What the inspection of the actions makes of a server, bundled as they have it.
 *
 * @param {string} root @param {string} scratch
 * @returns {Promise<(argv: readonly string[], calls: readonly string[]) => Promise<string | undefined>>}
 */
async function inspector(root, scratch) {
  const {inspectServer} = await bundledPackage(join(root, 'packages/mcp/src/index.ts'), join(scratch, 'mcp-inspector'))
  const options = {timeoutMilliseconds: 3000, versionMismatch: 'warning', expectTools: [], graceMilliseconds: 2000}
  return async (argv, calls) => {
    const command = {argv, cwd: scratch, env: {PATH: process.env['PATH'] ?? ''}}
    const called = calls.map(tool => ({tool, arguments: {a: 1}}))
    /** @type {{checks: readonly {name: string, status: string, detail?: string}[]}} */
    const {checks} = await inspectServer(command, {...options, calls: called})
    const failed = checks.filter(({status}) => status === 'failed')
    return failed.length === 0 ? undefined : failed.map(({name, detail = ''}) => `${name}: ${detail}`).join('; ')
  }
}
