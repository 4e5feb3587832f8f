// @ts-check
// release-plan as a process: the examples, and a repository with 50 packages.
import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {median} from '../lib/bench-table.mjs'

/** @param {import('../lib/bench-table.mjs').Bench} bench */
export function run(bench) {
  const {root, scratch, table} = bench
  const examples = readdirSync(join(root, 'examples'), {withFileTypes: true}).filter(entry => entry.isDirectory())
  for (const {name} of examples) {
    const folder = join(scratch, name)
    cpSync(join(root, 'examples', name), folder, {recursive: true})
    table.record(`plan of examples/${name} (median of 5)`, ofFive(bench, folder), 0.5, 's')
  }
  const many = join(scratch, 'fifty')
  for (let at = 0; at < 50; at++) writePackage(many, at)
  table.record('plan of 50 packages (median of 5)', ofFive(bench, many), 2, 's')
}

/** @param {string} repository @param {number} at */
function writePackage(repository, at) {
  const folder = join(repository, 'packages', `server-${at}`)
  mkdirSync(join(folder, 'src'), {recursive: true})
  const name = `bench-server-${at}`
  if (at % 2 === 0)
    writeFileSync(
      join(folder, 'pyproject.toml'),
      `[project]\nname = "${name}"\nversion = "1.0.0"\n[project.scripts]\n${name} = "x:main"\n`,
    )
  else {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({name, version: '1.0.0', bin: './cli.js'}))
    writeFileSync(join(folder, 'cli.js'), '#!/usr/bin/env node\n')
  }
  for (let file = 0; file < 40; file++) writeFileSync(join(folder, 'src', `file-${file}.txt`), 'x')
}

/** @param {import('../lib/bench-table.mjs').Bench} bench @param {string} folder */
function ofFive(bench, folder) {
  return median(Array.from({length: 5}, () => planOf(bench, folder)))
}

/** @param {import('../lib/bench-table.mjs').Bench} bench @param {string} folder @returns {number} seconds */
function planOf({root, scratch, env}, folder) {
  const started = performance.now()
  const variables = {
    ...env,
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: scratch,
    SOURCE_DATE_EPOCH: '1700000000',
    INPUT_OUTPUT: join(scratch, 'plan.json'),
  }
  const {status, stdout} = spawnSync(process.execPath, [join(root, 'dist/release-plan/index.js')], {
    cwd: folder,
    env: variables,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stdout)
  return (performance.now() - started) / 1000
}
