// @ts-check
// Verdicts over large tables of other people: `npm run bench -- corpora`, or `corpora:NAME` for one. Each file in corpora/
// brings its table with the ordinary clients or makes it, and says how many verdicts are wrong.
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/** Runs only when it is named. */
export const onRequest = true

/**
 * What a corpus came to: how many cases there were, how many verdicts are wrong, and a line for each; further numbers say
 * what the cases were.
 *
 * @typedef {{cases: number, wrong: number, listed: readonly string[]} & Record<string, unknown>} Outcome
 */

/** @param {import('../lib/bench-table.mjs').Bench} bench */
export async function run(bench) {
  const {root, table, filter = ''} = bench
  const folder = join(root, 'packages/devkit/bench/corpora')
  const files = readdirSync(folder).filter(file => file.endsWith('.mjs') && file.includes(filter))
  if (files.length === 0) table.check(`there is a corpus ${filter}`, false)
  for (const file of files) {
    const name = file.slice(0, -'.mjs'.length)
    try {
      await runOne(name, await import(join(folder, file)), bench)
    } catch (error) {
      // The others are worth their while all the same.
      console.error(error)
      table.check(`${name}: came to its end`, false)
    }
  }
}

/**
 * @param {string} name @param {{run: (bench: import('../lib/bench-table.mjs').Bench) => Promise<Outcome>}} corpus
 * @param {import('../lib/bench-table.mjs').Bench} bench
 */
async function runOne(name, corpus, bench) {
  const own = join(bench.scratch, name)
  mkdirSync(own)
  const {cases, wrong, listed, ...more} = await corpus.run({...bench, scratch: own})
  const results = join(bench.root, '.cache/bench-corpora')
  mkdirSync(results, {recursive: true})
  writeFileSync(join(results, `${name}.txt`), listed.map(line => `${line}\n`).join(''))
  for (const line of listed.slice(0, 20)) console.log(`${name}: ${line}`)
  bench.table.check(`${name}: ${cases} cases, ${wrong} wrong verdicts`, wrong === 0)
  for (const [what, value] of Object.entries(more)) {
    const words = what.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
    if (typeof value === 'number') bench.table.note(`  ${words}`, value, '')
  }
}
