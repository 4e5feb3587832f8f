// @ts-check
// Measures what the project promises about itself and prints a table: figure, what was measured, what was promised.
// Each file in packages/devkit/bench/ is a suite; `npm run bench -- NAME…` runs only some of them, and `NAME:TEXT` what of
// a suite has the text in its name.
import {mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {Table} from '../lib/bench-table.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const folder = join(root, 'packages/devkit/bench')
const suites = readdirSync(folder)
  .filter(file => file.endsWith('.mjs'))
  .map(file => file.slice(0, -'.mjs'.length))
const wanted = new Map(
  process.argv.slice(2).map(each => {
    const [name = '', ...filter] = each.split(':')
    return [name, filter.join(':')]
  }),
)
const unknown = [...wanted.keys()].filter(name => !suites.includes(name))
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}; there are ${suites.join(', ')}.`)
  process.exit(2)
}

const table = new Table()
const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
const tools = ['bin', 'python/bin'].map(folder => join(root, '.cache', folder))
const env = {...process.env, PATH: [...tools, process.env['PATH']].join(delimiter)}
try {
  for (const name of suites.filter(each => wanted.size === 0 || wanted.has(each))) {
    const {run, onRequest = false} = await import(join(folder, `${name}.mjs`))
    if (!onRequest || wanted.has(name)) await run({root, scratch, env, table, filter: wanted.get(name) ?? ''})
  }
} finally {
  rmSync(scratch, {recursive: true, force: true})
  console.log(table.render())
}
