// @ts-check
// Bundles every action and the command line tool with ncc into dist/. `npm run dist -- NAME…` bundles only those.
import {spawn} from 'node:child_process'
import {existsSync, readdirSync, rmSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {actionNames} from '../lib/contract.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const bundle = fileURLToPath(new URL('../lib/bundle.mjs', import.meta.url))
const entries = [
  ...actionNames(root).map(name => ({name, entry: `actions/${name}/src/index.ts`})),
  {name: 'mcp-release', entry: 'packages/cli/src/main.ts'},
].filter(({entry}) => existsSync(join(root, entry)))

const names = process.argv.slice(2)
const wanted = names.length > 0 ? entries.filter(({name}) => names.includes(name)) : entries
if (names.length === 0 && existsSync(join(root, 'dist'))) {
  for (const name of readdirSync(join(root, 'dist'))) {
    if (!entries.some(entry => entry.name === name)) rmSync(join(root, 'dist', name), {recursive: true})
  }
}
const lanes = Math.min(availableParallelism(), wanted.length, 4)
await Promise.all(Array.from({length: lanes}, (_, lane) => work(wanted.filter((_, at) => at % lanes === lane))))

/** @param {typeof entries} share */
async function work(share) {
  const args = [bundle, root, ...share.map(({name, entry}) => `${name}=${entry}`)]
  const options = {
    stdio: /** @type {const} */ ('inherit'),
    // The bytes depend on the working directory.
    cwd: root,
    env: {...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json')},
  }
  const code = await new Promise(resolve => spawn(process.execPath, args, options).on('close', resolve))
  if (code !== 0) throw new Error(`ncc failed for one of ${share.map(({name}) => name).join(', ')}`)
}
