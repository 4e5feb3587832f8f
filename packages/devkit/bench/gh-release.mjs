// @ts-check
// gh-release as a whole process against the forge in another one. With MCP_RELEASE_BENCH_PEER, the path of the bundle of
// softprops/action-gh-release, that one does the same work beside it.
import {existsSync, mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {bundleForge, startForgeProcess} from '../lib/forge-process.mjs'
import {measure} from '../lib/measure.mjs'

/** @typedef {import('../lib/bench-table.mjs').Bench} Bench */
/** @typedef {{count: number, bytes: number}} Load */
/** @typedef {{name: string, bundle: string, inputs: Record<string, string>, reach: boolean}} Contender */

const kB = 1000
const MB = 1_000_000

/** @param {Bench} bench */
export async function run(bench) {
  const {root, scratch, table} = bench
  const forge = bundleForge(root, scratch)
  for (const contender of contenders(root)) {
    const work = {bench, forge, contender}
    const many = await release(work, {
      load: {count: 60, bytes: 100 * kB},
      options: {latency: 50},
      inputs: {concurrency: '10'},
      runs: 2,
    })
    row('60 files of 100 kB, 50 ms latency, fresh tag', many.fresh.seconds, 0.75, 's')
    row('  uploads at once', many.uploadsAtOnce, 10, '')
    row('  the same tag again: calls', many.again.calls, 6, '')
    row('  the same tag again: bytes sent', many.again.bytes, 0, 'B')
    row('  the same tag again', many.again.seconds, undefined, 's')

    const wide = await release(work, {
      load: {count: 12, bytes: 8 * MB},
      options: {uploadBytesPerSecond: 10 * MB},
      inputs: {concurrency: '12'},
    })
    row('12 files of 8 MB, 10 MB/s a connection', wide.fresh.seconds, 1.5, 's')

    const large = await release(work, {load: {count: 4, bytes: 200 * MB}})
    row('4 files of 200 MB', large.fresh.seconds, 2, 's')
    row('  processor time', large.fresh.cpu, undefined, 's')
    row('  peak memory', large.fresh.megabytes, 120, 'MB')

    const [small, big] = [50, 400].map(each => ({load: {count: 4, bytes: each * MB}}))
    const [less, more] = [await release(work, small), await release(work, big)]
    row('4 files of 50 MB: peak memory', less.fresh.megabytes, 120, 'MB')
    row('4 files of 400 MB: peak memory', more.fresh.megabytes, 120, 'MB')

    const thousand = await release(work, {load: {count: 1000, bytes: kB}})
    row('1,000 files of 1 kB', thousand.fresh.seconds, undefined, 's')
    // Node 24 lets the heap grow further than Node 20 before it cleans up; what is alive stays below 20 MB.
    row('  peak memory', thousand.fresh.megabytes, 150, 'MB')

    /** @param {string} what @param {number} value @param {number | undefined} limit @param {string} unit */
    function row(what, value, limit, unit) {
      if (contender.reach && limit !== undefined) table.record(`gh-release: ${what}`, value, limit, unit)
      else table.note(`${contender.name}: ${what}`, value, unit)
    }
  }
}

/** @param {string} root @returns {readonly Contender[]} */
function contenders(root) {
  const own = {name: 'gh-release', bundle: join(root, 'dist/gh-release/index.js'), inputs: {}, reach: true}
  const peer = process.env['MCP_RELEASE_BENCH_PEER']
  if (peer === undefined) return [own]
  return [own, {name: 'peer', bundle: peer, inputs: {}, reach: false}]
}

/**
 * Releases files to a fresh forge, and again as often as wanted.
 *
 * @param {{bench: Bench, forge: string, contender: Contender}} work
 * @param {{load: Load, options?: object, inputs?: Record<string, string>, runs?: number}} what
 */
async function release({bench, forge: bundle, contender}, {load, options = {}, inputs = {}, runs = 1}) {
  const workspace = join(bench.scratch, 'workspace')
  writeFiles(workspace, load)
  const forge = await startForgeProcess(bundle, {keepBytes: false, ...options})
  try {
    const once = (/** @type {Record<string, string>} */ more, /** @type {Record<string, string>} */ chosen) => {
      const env = {...forge.env, ...more, ...inputsOf({...contender.inputs, ...inputs, ...chosen})}
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
