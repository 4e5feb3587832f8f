// @ts-check
// Published servers, and repositories in awkward shapes, released unchanged: `npm run bench -- servers`, one after the
// other; `npm run bench -- servers:npm` only those of npm (pypi, go, cargo,
// shape), `servers:TEXT` those whose name has the text. It takes an hour or two.
import {spawn} from 'node:child_process'
import {appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {commitAll, makeRepository} from '../../../tests/fixtures/repositories.mjs'
import {fetchPublished} from './servers/fetch.mjs'
import {servers} from './servers/list.mjs'

/** Runs only when it is named. */
export const onRequest = true

/** Minutes after which a snapshot is given up. */
const limit = 15

/** @typedef {import('../lib/bench-table.mjs').Bench} Bench */
/** @typedef {(typeof servers)[number]} Server */
/** @typedef {{status: string, seconds: number, reason: string}} Result */

/** @param {Bench} bench */
export async function run({root, scratch, env, table, filter = ''}) {
  const results = join(root, '.cache/bench-servers')
  mkdirSync(results, {recursive: true})
  const list = join(results, `results${filter === '' ? '' : `-${filter.replaceAll(/[^\w.-]+/g, '-')}`}.tsv`)
  writeFileSync(list, '')
  let right = 0
  const chosen = servers.filter(server => matches(server, filter))
  for (const server of chosen) {
    const result = await attempt({root, scratch, env, results}, server)
    const holds = asExpected(server, result)
    const reason = result.reason.slice(0, 400)
    right += holds ? 1 : 0
    const row = [holds ? 'expected' : 'UNEXPECTED', title(server), result.status, Math.round(result.seconds), reason]
    appendFileSync(list, `${row.join('\t')}\n`)
    console.log(row.join('  '))
    table.check(`${title(server)}: ${Math.round(result.seconds)} s, ${result.status} ${reason}`.trim(), holds)
  }
  table.note('servers that were tried', chosen.length, '')
  table.note('  of them ended released, or stopped by a fault of their own', right, '')
}

/** @param {Server} server */
function title(server) {
  return 'shape' in server
    ? `shape ${[server.shape, server.tag, server.directory].filter(Boolean).join(' ')}`
    : `${server.ecosystem} ${server.name} ${server.version}`
}

// An ecosystem, `shape`, or a part of a name.
/** @param {Server} server @param {string} filter */
function matches(server, filter) {
  const [kind = '', ...name] = title(server).split(' ')
  return ['pypi', 'npm', 'go', 'cargo', 'shape'].includes(filter) ? kind === filter : name.join(' ').includes(filter)
}

/** @param {Server} server @param {Result} result */
function asExpected({expected, text = ''}, {status, reason}) {
  return expected === 'released' ? status === 'released' : status === 'failed' && text !== '' && reason.includes(text)
}

/**
 * @param {Pick<Bench, 'root' | 'scratch' | 'env'> & {results: string}} bench @param {Server} server
 * @returns {Promise<Result>}
 */
async function attempt({root, scratch, env, results}, server) {
  const started = performance.now()
  const ended = (/** @type {string} */ status, /** @type {string} */ reason) => ({
    status,
    reason: reason.replaceAll(/\s+/g, ' ').trim(),
    seconds: (performance.now() - started) / 1000,
  })
  const name = title(server).replaceAll(/[^\w.-]+/g, '-')
  const folder = join(scratch, 'servers', name)
  try {
    prepare({root, env}, server, folder)
  } catch (error) {
    return ended('not fetched', String(/** @type {{stderr?: unknown}} */ (error).stderr ?? error))
  }
  const out = join(scratch, 'out', name)
  const released = 'shape' in server ? join(folder, server.directory ?? '.') : folder
  const output = await snapshot({root, env}, released, ['--tag', tagOf(server), '--out', out])
  writeFileSync(join(results, `${name}.log`), output)
  const reports = [out, `${out}.failed`].map(each => join(each, 'report.json'))
  const file = reports.find(each => existsSync(each))
  try {
    if (file === undefined) return ended('no report', output.slice(-400))
    cpSync(file, join(results, `${name}.json`))
    /** @type {{status: string, reason?: string}} */
    const {status, reason = ''} = JSON.parse(readFileSync(file, 'utf8'))
    return ended(status, reason)
  } finally {
    for (const each of [folder, out, `${out}.failed`]) rmSync(each, {recursive: true, force: true})
  }
}

/** @param {Pick<Bench, 'root' | 'env'>} bench @param {Server} server @param {string} folder */
function prepare({root, env}, server, folder) {
  mkdirSync(dirname(folder), {recursive: true})
  if ('shape' in server) {
    makeRepository(server.shape, folder, tagOf(server))
  } else {
    cpSync(fetchPublished(server, join(root, '.cache/published'), env), folder, {
      recursive: true,
      verbatimSymlinks: true,
    })
    commitAll(folder, tagOf(server))
  }
}

/** @param {Server} server */
function tagOf(server) {
  return 'shape' in server ? (server.tag ?? 'v1.0.0') : `v${server.version}`
}

/** @param {Pick<Bench, 'root' | 'env'>} bench @param {string} folder @param {string[]} options @returns {Promise<string>} what it printed */
function snapshot({root, env}, folder, options) {
  const dist = process.env['MCP_RELEASE_BENCH_DIST'] ?? join(root, 'dist')
  const args = ['snapshot', folder, ...options, '--no-image', '--target', 'linux/amd64']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(dist, 'mcp-release/index.js'), ...args], {
      env: {...env, NO_COLOR: '1'},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = `${basename(folder)}\n`
    child.stdout.on('data', chunk => (output += String(chunk)))
    child.stderr.on('data', chunk => (output += String(chunk)))
    const timer = setTimeout(() => {
      output += `\ngiven up after ${limit} minutes\n`
      child.kill('SIGTERM')
    }, limit * 60_000)
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(timer)
      resolve(output)
    })
  })
}
