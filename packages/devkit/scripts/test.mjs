// @ts-check
// Installs what the tests need, then runs everything. `npm test -- PATTERN…` runs only the test files that match.
import {spawnSync} from 'node:child_process'
import {readFileSync, rmSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {installDependencies} from '../lib/dependencies.mjs'
import {installGoTools} from '../lib/go-tools.mjs'
import {linkToolCache} from '../lib/tool-cache.mjs'
import {installNode} from '../../test-stand/scripts/install-node.mjs'
import {installPip} from '../../test-stand/scripts/install-pip.mjs'
import {installPython} from '../../test-stand/scripts/install-python.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const cache = join(root, '.cache')
const strict = process.env['CI'] === 'true'

installDependencies(root)
linkToolCache(join(cache, 'tool-cache'))
const shared = join(cache, 'tool-cache/go-tools')
const lacking = [
  ...(await installGoTools(join(root, 'packages/test-stand/tools.json'), {programs: join(cache, 'bin'), shared})),
  ...installNode(join(cache, 'tool-cache'), join(cache, 'bin')),
  ...installPython(join(cache, 'tool-cache')),
  ...installPip(join(cache, 'python')),
]
for (const each of lacking) console.log(`not available: ${each}`)

const env = {
  ...process.env,
  PATH: [join(cache, 'bin'), join(cache, 'python/bin'), process.env['PATH']].join(delimiter),
  RUNNER_TOOL_CACHE: join(cache, 'tool-cache'),
  NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
}

const patterns = process.argv.slice(2)
const results = [
  // More than there are processors, because many of these wait for servers and processes.
  run('unit', ['--selectProjects', 'unit', 'bundle', '--maxWorkers', String(Math.ceil(availableParallelism() * 1.5))]),
  // By themselves: their compilers leave nothing for tests that watch the time. Three, whatever the machine has, because
  // each compiles on all processors, but also waits for registries.
  run('end-to-end', ['--selectProjects', 'end-to-end', '--maxWorkers', '3']),
]
const all = results.flatMap(result => result.tests)
const count = (/** @type {string} */ status) => all.filter(test => test.status === status).length
for (const test of all.filter(each => each.status === 'pending')) console.log(`skipped: ${test.fullName}`)
for (const test of all.filter(each => each.status === 'failed')) console.log(`failed: ${test.fullName}`)
const broken = results.reduce((sum, result) => sum + result.broken, 0)
const failed = count('failed') + broken
if (strict && count('pending') > 0) console.log('With CI=true nothing may be skipped.')
console.log(`${count('passed')} passed, ${failed} failed, ${count('pending')} skipped`)
process.exitCode = failed > 0 || all.length === 0 || (strict && count('pending') > 0) ? 1 : 0

/**
 * @param {string} name @param {string[]} selection
 * @returns {{tests: {status: string, fullName: string}[], broken: number}}
 */
function run(name, selection) {
  const output = join(cache, `test-results-${name}.json`)
  rmSync(output, {force: true})
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const args = [jest, ...selection, '--passWithNoTests', '--json', '--outputFile', output, ...patterns]
  spawnSync(process.execPath, args, {cwd: root, env, stdio: ['ignore', 'ignore', 'inherit']})
  const {testResults} = JSON.parse(readFileSync(output, 'utf8'))
  return {
    tests: testResults.flatMap((/** @type {any} */ file) => file.assertionResults),
    // A file that could not even be loaded has no tests.
    broken: testResults.filter(
      (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length,
  }
}
