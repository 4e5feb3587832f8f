// @ts-check
// gh-release as a whole process against the forge in another one. With MCP_RELEASE_BENCH_PEER, the path of the bundle of
// softprops/action-gh-release, that one does the same work in turns with it, and their ratio counts: seconds are of one
// machine in one hour.
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {median} from '../lib/bench-table.mjs'
import {bundleForge, startForgeProcess} from '../lib/forge-process.mjs'
import {measure} from '../lib/measure.mjs'

/** @typedef {import('../lib/bench-table.mjs').Bench} Bench */
/** @typedef {{count: number, bytes: number}} Load */
/** @typedef {{name: string, bundle: string}} Contender */
/** @typedef {Awaited<ReturnType<typeof release>>} Figures */

/**
 * What is released, and what it may take. `reach` is in seconds, `best` what the best of three release actions took for
 * the same on the machine where `reach` was set.
 *
 * @typedef {object} Work
 * @property {string} what
 * @property {Load} load
 * @property {object} [options] of the forge
 * @property {Record<string, string>} [inputs]
 * @property {number} times
 * @property {number} [runs] how often each tag is released
 * @property {number} [reach]
 * @property {number} [best]
 * @property {number} [megabytes]
 */

const kB = 1000
const MB = 1_000_000

/** @type {Work} */
const many = {
  what: '60 files of 100 kB, 50 ms latency, fresh tag',
  load: {count: 60, bytes: 100 * kB},
  options: {latency: 50},
  inputs: {concurrency: '10'},
  times: 5,
  runs: 2,
  reach: 0.75,
  best: 0.74,
}

/** @type {readonly Work[]} */
const others = [
  {
    what: '12 files of 8 MB, 10 MB/s a connection',
    load: {count: 12, bytes: 8 * MB},
    options: {uploadBytesPerSecond: 10 * MB},
    inputs: {concurrency: '12'},
    times: 3,
    reach: 1.5,
    best: 1.38,
  },
  {what: '4 files of 200 MB', load: {count: 4, bytes: 200 * MB}, times: 3, reach: 2, best: 2.9, megabytes: 120},
  {what: '4 files of 50 MB', load: {count: 4, bytes: 50 * MB}, times: 1, megabytes: 120},
  {what: '4 files of 400 MB', load: {count: 4, bytes: 400 * MB}, times: 1, megabytes: 120},
  // Node 24 lets the heap grow further than Node 20 before it cleans up; what is alive stays below 20 MB.
  {what: '1,000 files of 1 kB', load: {count: 1000, bytes: kB}, times: 1, megabytes: 150},
]

/** @param {Bench} bench */
export async function run(bench) {
  const {table} = bench
  const forge = bundleForge(bench.root, bench.scratch)
  const [own, peer] = await contest(bench, forge, many)
  table.record('gh-release:   uploads at once', own.uploadsAtOnce, 10, '')
  table.record('gh-release:   the same tag again: calls', own.again.calls, 6, '')
  table.record('gh-release:   the same tag again: bytes sent', own.again.bytes, 0, 'B')
  table.note('gh-release:   the same tag again', own.again.seconds, 's')
  if (peer !== undefined) {
    table.note('peer:   uploads at once', peer.uploadsAtOnce, '')
    table.note('peer:   the same tag again: calls', peer.again.calls, '')
    table.note('peer:   the same tag again: bytes sent', peer.again.bytes, 'B')
  }
  for (const work of others) await contest(bench, forge, work)
}

/**
 * All contenders do the same work, in turns; the middle one of their times counts.
 *
 * @param {Bench} bench @param {string} forge @param {Work} work @returns {Promise<[Figures, Figures | undefined]>}
 */
async function contest(bench, forge, work) {
  const {table} = bench
  const {what, times, reach, best, megabytes} = work
  const results = contenders(bench.root).map(contender => ({contender, all: /** @type {Figures[]} */ ([])}))
  for (let time = 0; time < times; time++)
    for (const {contender, all} of results) all.push(await release({bench, forge, contender}, work))
  const [own = [], peer] = results.map(({all}) => all)
  const seconds = (/** @type {Figures[]} */ all) => median(all.map(({fresh}) => fresh.seconds))
  const took = seconds(own)
  if (peer !== undefined) {
    table.note(`gh-release: ${what}`, took, 's')
    table.note(`peer: ${what}`, seconds(peer), 's')
    if (reach !== undefined && best !== undefined) table.record('  ratio', took / seconds(peer), reach / best, '')
  } else if (reach === undefined) table.note(`gh-release: ${what}`, took, 's')
  else table.record(`gh-release: ${what}`, took, reach, 's')
  if (megabytes !== undefined) {
    table.record('gh-release:   peak memory', Math.max(...own.map(({fresh}) => fresh.megabytes)), megabytes, 'MB')
    if (peer !== undefined) table.note('peer:   peak memory', Math.max(...peer.map(({fresh}) => fresh.megabytes)), 'MB')
  }
  return [/** @type {Figures} */ (own[0]), peer?.[0]]
}

/** @param {string} root @returns {readonly Contender[]} */
function contenders(root) {
  const own = {name: 'gh-release', bundle: join(root, 'dist/gh-release/index.js')}
  const peer = process.env['MCP_RELEASE_BENCH_PEER']
  return peer === undefined ? [own] : [own, {name: 'peer', bundle: peer}]
}

/**
 * Releases files to a fresh forge, and again as often as wanted.
 *
 * @param {{bench: Bench, forge: string, contender: Contender}} work
 * @param {Pick<Work, 'load' | 'options' | 'inputs' | 'runs'>} what
 */
async function release({bench, forge: bundle, contender}, {load, options = {}, inputs = {}, runs = 1}) {
  const workspace = join(bench.scratch, 'workspace')
  writeFiles(workspace, load)
  const forge = await startForgeProcess(bundle, {keepBytes: false, ...options})
  try {
    const once = (/** @type {Record<string, string>} */ more, /** @type {Record<string, string>} */ chosen) => {
      const env = {...forge.env, ...more, ...inputsOf({...inputs, ...chosen})}
      return measure(contender.bundle, {
        node: nodeOf(bench.root),
        cwd: workspace,
        scratch: bench.scratch,
        env: environment({workspace, scratch: bench.scratch}, env),
      })
    }
    // The forge compiles its checks of a call when it comes for the first time; GitHub is warm.
    await once({GITHUB_REPOSITORY: 'acme/warm-up'}, {files: 'dist/file-0000.bin'})
    const results = []
    let before = (await forge.look()).requests.length
    for (let at = 0; at < runs; at++) {
      const figures = await once({}, {})
      const {requests} = await forge.look()
      const own = requests.slice(before)
      before = requests.length
      results.push({...figures, calls: own.length, bytes: own.reduce((sum, {bodyBytes}) => sum + bodyBytes, 0)})
    }
    const {releases, mostUploads} = await forge.look()
    const [only] = releases
    const whole = releases.length === 1 && only?.draft === false && only.assets.length === load.count
    if (!whole || only.assets.some(({state}) => state !== 'uploaded'))
      throw new Error(`${contender.name} made no complete release of ${load.count} files`)
    const [fresh, again = fresh] = results
    if (fresh === undefined || again === undefined) throw new Error('nothing was measured')
    return {fresh, again, uploadsAtOnce: mostUploads}
  } finally {
    await forge.close()
    rmSync(workspace, {recursive: true})
  }
}

/** @param {string} workspace @param {Load} load */
function writeFiles(workspace, {count, bytes}) {
  mkdirSync(join(workspace, 'dist'), {recursive: true})
  for (let at = 0; at < count; at++) {
    const name = `file-${String(at).padStart(4, '0')}.bin`
    writeFileSync(join(workspace, 'dist', name), Buffer.alloc(bytes, `${name} `))
  }
}

// What the runner would use, if the tests have brought it.
/** @param {string} root */
function nodeOf(root) {
  const recent = join(root, '.cache/bin/node24')
  return existsSync(recent) ? recent : process.execPath
}

/** @param {Record<string, string>} inputs */
function inputsOf(inputs) {
  const given = Object.entries({files: 'dist/*', token: 'token-of-the-bench', ...inputs})
  return Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

/** @param {{workspace: string, scratch: string}} folders @param {Record<string, string>} more */
function environment({workspace, scratch}, more) {
  return {PATH: process.env['PATH'] ?? '', GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(scratch, 'temp'), ...more}
}
