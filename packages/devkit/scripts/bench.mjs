// @ts-check
// Measures what the project promises about itself and prints a table: figure, what was measured, what was promised.
// `npm run bench -- NAME…` runs only some of: bundles plans snapshot.
import {spawn, spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const scratch = mkdtempSync(join(tmpdir(), 'bench-'))
const env = {...process.env, PATH: [join(root, '.cache/bin'), process.env['PATH']].join(delimiter)}
const suites = {bundles, plans, snapshot}
const wanted = process.argv.slice(2)

/** @type {{what: string, measured: string, promised: string, kept: boolean}[]} */
const rows = []
try {
  for (const [name, run] of Object.entries(suites)) if (wanted.length === 0 || wanted.includes(name)) await run()
} finally {
  rmSync(scratch, {recursive: true, force: true})
}
const width = (/** @type {'what' | 'measured' | 'promised'} */ column) =>
  Math.max(...rows.map(row => row[column].length))
for (const row of rows) {
  const cells = [
    row.what.padEnd(width('what')),
    row.measured.padStart(width('measured')),
    row.promised.padStart(width('promised')),
  ]
  console.log(`${row.kept ? '✓' : '✗'} ${cells.join('   ')}`)
}

/** @param {string} what @param {number} value @param {number} limit @param {string} unit */
function record(what, value, limit, unit) {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0
  rows.push({
    what,
    measured: `${value.toFixed(digits)} ${unit}`,
    promised: `at most ${limit} ${unit}`,
    kept: value <= limit,
  })
}

async function bundles() {
  let total = 0
  for (const name of readdirSync(join(root, 'dist')).sort()) {
    const folder = join(root, 'dist', name)
    const sizes = readdirSync(folder).map(file => ({file, size: statSync(join(folder, file)).size}))
    total += sizes.reduce((sum, {size}) => sum + size, 0)
    const code = sizes.filter(({file}) => file.endsWith('.js'))
    record(`dist/${name}/*.js`, code.reduce((sum, {size}) => sum + size, 0) / 1000, 900, 'kB')
    const copy = join(scratch, name)
    cpSync(folder, copy, {recursive: true})
    const times = []
    for (let at = 0; at < 7; at++) times.push(await untilFirstLine(join(copy, 'index.js')))
    record(`dist/${name}: start to first line (median of 7)`, median(times), 0.15, 's')
  }
  record('dist/ in all', total / 1e6, 8, 'MB')
}

/** @param {string} bundle @returns {Promise<number>} seconds */
function untilFirstLine(bundle) {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bundle, '--version'], {
      cwd: scratch,
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

function plans() {
  for (const example of readdirSync(join(root, 'examples'), {withFileTypes: true}).filter(entry =>
    entry.isDirectory(),
  )) {
    const folder = join(scratch, example.name)
    cpSync(join(root, 'examples', example.name), folder, {recursive: true})
    record(
      `plan of examples/${example.name} (median of 5)`,
      median(Array.from({length: 5}, () => planOf(folder))),
      0.5,
      's',
    )
  }
  const many = join(scratch, 'fifty')
  for (let at = 0; at < 50; at++) {
    const folder = join(many, 'packages', `server-${at}`)
    mkdirSync(join(folder, 'src'), {recursive: true})
    const name = `bench-server-${at}`
    if (at % 2 === 0)
      writeFileSync(
        join(folder, 'pyproject.toml'),
        `[project]\nname = "${name}"\nversion = "1.0.0"\n[project.scripts]\n${name} = "x:main"\n`,
      )
    else writeFileSync(join(folder, 'package.json'), JSON.stringify({name, version: '1.0.0', bin: './cli.js'}))
    for (let file = 0; file < 40; file++) writeFileSync(join(folder, 'src', `file-${file}.txt`), 'x')
  }
  record('plan of 50 packages (median of 5)', median(Array.from({length: 5}, () => planOf(many))), 2, 's')
}

/** @param {string} folder @returns {number} seconds */
function planOf(folder) {
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

function snapshot() {
  const sums = []
  for (let at = 0; at < 3; at++) {
    const out = join(scratch, `snapshot-${at}`)
    const {status, stdout, stderr} = spawnSync(
      process.execPath,
      [
        join(root, 'dist/mcp-release/index.js'),
        'snapshot',
        join(root, 'examples/typescript'),
        '--no-image',
        '--out',
        out,
      ],
      {env, encoding: 'utf8'},
    )
    if (status !== 0) throw new Error(stdout + stderr)
    sums.push(readFileSync(join(out, 'SHA256SUMS'), 'utf8'))
    // The first run may still have to bring tools.
    if (at === 0) continue
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))
    const tools = report.steps.reduce((/** @type {number} */ sum, /** @type {any} */ step) => sum + step.toolSeconds, 0)
    record(`snapshot of examples/typescript, tools cached, run ${at}`, report.seconds, 25, 's')
    record(`  of it outside the called tools, run ${at}`, (100 * (report.seconds - tools)) / report.seconds, 10, '%')
  }
  rows.push({
    what: 'the same SHA256SUMS three times',
    measured: new Set(sums).size === 1 ? 'yes' : 'no',
    promised: 'yes',
    kept: new Set(sums).size === 1,
  })
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
