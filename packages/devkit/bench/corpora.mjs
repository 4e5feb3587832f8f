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
  const {root, scratch, table, filter = ''} = bench
  const results = join(root, '.cache/bench-corpora')
  mkdirSync(results, {recursive: true})
  const folder = join(root, 'packages/devkit/bench/corpora')
  const names = readdirSync(folder).filter(file => file.endsWith('.mjs'))
  for (const name of names.map(file => file.slice(0, -'.mjs'.length)).filter(each => each.includes(filter))) {
    const own = join(scratch, name)
    mkdirSync(own)
    const corpus = await import(join(folder, `${name}.mjs`))
    /** @type {Outcome} */
    const {cases, wrong, listed, ...more} = await corpus.run({...bench, scratch: own})
    writeFileSync(join(results, `${name}.txt`), listed.map(line => `${line}\n`).join(''))
    for (const line of listed.slice(0, 20)) console.log(`${name}: ${line}`)
    table.check(`${name}: ${cases} cases, ${wrong} wrong verdicts`, wrong === 0)
    for (const [what, value] of Object.entries(more))
      if (typeof value === 'number')
        table.note(`  ${what.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)}`, value, '')
  }
}
