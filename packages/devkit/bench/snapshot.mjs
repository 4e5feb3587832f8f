// @ts-check
// Whole snapshots of examples: their time, our share of it, and that they give the same bytes each time.
import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** Rust is left out: its compiler takes many minutes, so that our share of them says nothing. */
const examples = ['typescript', 'python', 'go']

/** @param {import('../lib/bench-table.mjs').Bench} bench */
export function run(bench) {
  const {table} = bench
  for (const example of examples) {
    // The first run may still have to bring tools.
    const runs = Array.from({length: 3}, (_, at) => snapshot(bench, example, at))
    for (const {seconds, toolSeconds} of runs.slice(1)) {
      const limit = example === 'typescript' ? 25 : undefined
      const what = `snapshot of examples/${example}, tools cached`
      if (limit === undefined) table.note(what, seconds, 's')
      else table.record(what, seconds, limit, 's')
      table.record('  of it outside the called tools', (100 * (seconds - toolSeconds)) / seconds, 10, '%')
    }
    table.check(`examples/${example}: the same SHA256SUMS three times`, new Set(runs.map(({sums}) => sums)).size === 1)
  }
}

/** @param {import('../lib/bench-table.mjs').Bench} bench @param {string} example @param {number} at */
function snapshot({root, scratch, env}, example, at) {
  const out = join(scratch, `snapshot-${example}-${at}`)
  const program = join(root, 'dist/mcp-release/index.js')
  const args = [program, 'snapshot', join(root, 'examples', example), '--no-image', '--out', out]
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {env, encoding: 'utf8'})
  if (status !== 0) throw new Error(stdout + stderr)
  /** @type {{seconds: number, toolSeconds: number}} */
  const {seconds, toolSeconds} = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
  return {seconds, toolSeconds, sums: readFileSync(join(out, 'SHA256SUMS'), 'utf8')}
}
