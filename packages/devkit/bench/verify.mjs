// @ts-check
// mcp-verify: what it takes longer than the server itself needs to start, and twenty artifacts at once.
import {execFileSync, spawn, spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {median} from '../lib/bench-table.mjs'

const runs = 5

/** @param {import('../lib/bench-table.mjs').Bench} bench */
export async function run(bench) {
  const {root, scratch, table} = bench
  const script = join(root, 'packages/mcp/src/testing/fixture-server.mjs')
  for (const era of ['legacy', 'modern']) {
    const folder = join(scratch, `verify-${era}`)
    pack(folder, {script, name: 'bench-server', behaviour: {era}})
    const own = []
    const whole = []
    for (let at = 0; at < runs; at++) {
      own.push(await untilAnswer(script, era))
      const {servers} = verify(bench, folder)
      whole.push(servers[0].totalMilliseconds)
    }
    table.note(`start of a ${era} server (median of ${runs})`, Math.round(median(own)), 'ms')
    const over = median(whole) - median(own)
    table.record(`verification of a ${era} server, over its own start`, over, 300, 'ms')
  }
  const many = join(scratch, 'verify-many')
  const names = Array.from({length: 20}, (_, at) => `bench-server-${String(at).padStart(2, '0')}`)
  names.forEach((name, at) => pack(many, {script, name, behaviour: {era: at % 2 === 0 ? 'legacy' : 'modern'}}))
  const started = performance.now()
  const {servers} = verify(bench, many, {INPUT_CONCURRENCY: '20'})
  const seconds = (performance.now() - started) / 1000
  const verified = servers.filter((/** @type {{status: string}} */ {status}) => status === 'verified')
  table.check(
    `20 artifacts at once: all verified, in order (${seconds.toFixed(1)} s with npm install)`,
    verified.length === 20,
  )
}

/** @param {string} folder @param {{script: string, name: string, behaviour: object}} server */
function pack(folder, {script, name, behaviour}) {
  const source = join(folder, 'source', name)
  mkdirSync(source, {recursive: true})
  cpSync(script, join(source, 'fixture-server.mjs'))
  const told = JSON.stringify(JSON.stringify(behaviour))
  const start = `#!/usr/bin/env node\nprocess.argv[2] = ${told}\nawait import('./fixture-server.mjs')\n`
  writeFileSync(join(source, 'start.mjs'), start)
  writeFileSync(join(source, 'package.json'), JSON.stringify({name, version: '1.0.0', bin: 'start.mjs'}))
  const options = {cwd: source, stdio: /** @type {const} */ ('pipe')}
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], options)
}

/** @param {import('../lib/bench-table.mjs').Bench} bench @param {string} folder @param {NodeJS.ProcessEnv} more */
function verify({root, scratch, env}, folder, more = {}) {
  const variables = {
    ...env,
    GITHUB_WORKSPACE: folder,
    GITHUB_OUTPUT: '',
    GITHUB_STEP_SUMMARY: '',
    RUNNER_TEMP: scratch,
    INPUT_FILES: '*.tgz',
    INPUT_REPORT: 'report.json',
    ...more,
  }
  const bundle = join(root, 'dist/mcp-verify/index.js')
  const {status, stdout} = spawnSync(process.execPath, [bundle], {cwd: folder, env: variables, encoding: 'utf8'})
  if (status !== 0) throw new Error(stdout)
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
}

/** The time from the start of a server to its first answer. @param {string} script @param {string} era @returns {Promise<number>} */
function untilAnswer(script, era) {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, JSON.stringify({era})], {stdio: ['pipe', 'pipe', 'inherit']})
    child.once('error', reject)
    child.stdout.once('data', () => {
      resolve(performance.now() - started)
      child.stdin.end()
    })
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{}}\n')
  })
}
