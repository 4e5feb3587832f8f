// @ts-check
// Bundles every action and the command line tool with ncc into dist/. `npm run dist -- NAME…` bundles only those.
import {spawn} from 'node:child_process'
import {readFileSync, readdirSync, rmSync, existsSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {availableParallelism} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {actionNames} from '../lib/contract.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
const entries = [
  ...actionNames(root).map(name => ({name, entry: `actions/${name}/src/index.ts`})),
  {name: 'mcp-release', entry: 'packages/cli/src/main.ts'},
].filter(({entry}) => existsSync(join(root, entry)))

const wanted = process.argv.slice(2)
const queue = wanted.length > 0 ? entries.filter(({name}) => wanted.includes(name)) : [...entries]
if (wanted.length === 0 && existsSync(join(root, 'dist'))) {
  for (const name of readdirSync(join(root, 'dist'))) {
    if (!entries.some(entry => entry.name === name)) rmSync(join(root, 'dist', name), {recursive: true})
  }
}
await Promise.all(Array.from({length: Math.min(availableParallelism(), 4)}, work))

async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) await bundle(next)
}

/** @param {{name: string, entry: string}} what */
async function bundle({name, entry}) {
  const out = join(root, 'dist', name)
  rmSync(out, {recursive: true, force: true})
  const args = [ncc, 'build', join(root, entry), '-o', out, '-C', '-t', '-m', '--license', 'licenses.txt', '-q']
  const code = await new Promise(resolve => {
    spawn(process.execPath, args, {
      stdio: 'inherit',
      cwd: root,
      env: {...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json')},
    }).on('close', resolve)
  })
  if (code !== 0) throw new Error(`ncc failed for ${name}`)
  const code_ = readFileSync(join(out, 'index.js'), 'utf8')
  // An unresolved require() in a dependency becomes eval("require") and dies at load in an ESM bundle.
  if (/eval\(["']require["']\)/.test(code_)) throw new Error(`dist/${name}/index.js holds eval("require")`)
  writeFileSync(join(out, 'index.js'), code_.endsWith('\n') ? code_ : `${code_}\n`)
  console.log(`dist/${name}: ${(code_.length / 1000).toFixed(0)} kB`)
}
