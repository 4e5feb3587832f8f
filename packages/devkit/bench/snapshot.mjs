// @ts-check
// A whole snapshot of one example: its time, our share of it, and that it gives the same bytes each time.
import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

/** @param {import('../lib/bench-table.mjs').Bench} bench */
export function run({root, scratch, env, table}) {
  const sums = []
  for (let at = 0; at < 3; at++) {
    const out = join(scratch, `snapshot-${at}`)
    const program = join(root, 'dist/mcp-release/index.js')
    const args = [program, 'snapshot', join(root, 'examples/typescript'), '--no-image', '--out', out]
    const {status, stdout, stderr} = spawnSync(process.execPath, args, {env, encoding: 'utf8'})
    if (status !== 0) throw new Error(stdout + stderr)
    sums.push(readFileSync(join(out, 'SHA256SUMS'), 'utf8'))
    // The first run may still have to bring tools.
    if (at === 0) continue
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
    const tools = report.steps.reduce((/** @type {number} */ sum, /** @type {any} */ step) => sum + step.toolSeconds, 0)
    table.record(`snapshot of examples/typescript, tools cached, run ${at}`, report.seconds, 25, 's')
    const own = (100 * (report.seconds - tools)) / report.seconds
    table.record(`  of it outside the called tools, run ${at}`, own, 10, '%')
  }
  table.check('the same SHA256SUMS three times', new Set(sums).size === 1)
}
