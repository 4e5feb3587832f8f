// @ts-check
// Writes everything that is derived: contract types, README blocks, the index of actions, the subset of GitHub's API
// description, the meta-schemas of JSON Schema, the reusable workflow, the program of the threads that compress, the schema of the
// settings file.
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {execFileSync} from 'node:child_process'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {actionNames, assertSameWords, readContract} from '../lib/contract.mjs'
import {renderContracts, renderIndex, renderInterface, renderTypes, renderUsage, replaceBlock} from '../lib/render.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const contracts = actionNames(root).map(action => readContract(root, action))
assertSameWords(contracts)

for (const contract of contracts) {
  const folder = join(root, 'actions', contract.action)
  write(join(folder, 'src/action.gen.ts'), renderTypes(contract))
  editBlocks(join(folder, 'README.md'), {usage: renderUsage(contract), interface: renderInterface(contract)})
}
write(join(root, 'packages/pipeline/src/contracts.gen.ts'), renderContracts(contracts))
editBlocks(join(root, 'README.md'), {actions: renderIndex(contracts)})

for (const script of [
  'packages/archives/scripts/deflate-worker.mjs',
  'packages/forge/scripts/openapi-subset.mjs',
  'packages/mcp/scripts/meta-schemas.mjs',
  'packages/pipeline/scripts/workflow.mjs',
  'packages/release-model/scripts/settings-schema.mjs',
]) {
  execFileSync(process.execPath, [join(root, script)], {stdio: 'inherit'})
}

/** @param {string} file @param {Record<string, string>} blocks */
function editBlocks(file, blocks) {
  let text = readFileSync(file, 'utf8')
  for (const [name, block] of Object.entries(blocks)) text = replaceBlock({file, text, name, block})
  write(file, text)
}

/** @param {string} file @param {string} text */
function write(file, text) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}
