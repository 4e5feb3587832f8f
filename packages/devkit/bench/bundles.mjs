// @ts-check
// The bundles: their sizes, and how long each needs until its first line.
import {spawn} from 'node:child_process'
import {cpSync, readdirSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {median} from '../lib/bench-table.mjs'

/** @param {import('../lib/bench-table.mjs').Bench} bench */
export async function run({root, scratch, table}) {
  let total = 0
  for (const name of readdirSync(join(root, 'dist')).sort()) {
    const folder = join(root, 'dist', name)
    const sizes = readdirSync(folder).map(file => ({file, size: statSync(join(folder, file)).size}))
    total += sizes.reduce((sum, {size}) => sum + size, 0)
    const code = sizes.filter(({file}) => file.endsWith('.js'))
    table.record(`dist/${name}/*.js`, code.reduce((sum, {size}) => sum + size, 0) / 1000, 900, 'kB')
    const copy = join(scratch, name)
    cpSync(folder, copy, {recursive: true})
    const times = []
    for (let at = 0; at < 7; at++) times.push(await untilFirstLine(join(copy, 'index.js'), scratch))
    table.record(`dist/${name}: start to first line (median of 7)`, median(times), 0.15, 's')
  }
  table.record('dist/ in all', total / 1e6, 8, 'MB')
}

/** @param {string} bundle @param {string} cwd @returns {Promise<number>} seconds */
function untilFirstLine(bundle, cwd) {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, '--version'], {
      cwd,
      env: {PATH: process.env['PATH']},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.on('error', reject)
    const seen = () => {
      resolve((performance.now() - started) / 1000)
      child.kill()
    }
    child.stdout.once('data', seen)
    child.stderr.once('data', seen)
    child.once('close', () => reject(new Error(`${bundle} printed nothing`)))
  })
}
