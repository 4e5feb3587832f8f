// @ts-check
// Bundles entries with ncc, one after the other in one process, which is twice as fast as a process for each. Arguments:
// the root, then NAME=ENTRY for each; a bundle becomes dist/NAME.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'

const ncc = createRequire(import.meta.url)('@vercel/ncc')
// publint loads this only when it packs a folder by itself, which is never asked of it. As a part of its own, its licence
// would stand in place of all others; a module that Node.js has stands in.
const externals = {'package-manager-detector/detect': 'node:path'}
const options = {cache: false, transpileOnly: true, minify: true, license: 'licenses.txt', quiet: true, externals}
const [root = '', ...entries] = process.argv.slice(2)

for (const each of entries) {
  const [name = '', entry = ''] = each.split('=')
  await bundle(join(root, entry), join(root, 'dist', name))
}

/** @param {string} entry @param {string} out */
async function bundle(entry, out) {
  const {code, assets} = await ncc(entry, options)
  // An unresolved require() in a dependency becomes eval("require") and dies at load in an ESM bundle.
  if (/eval\(["']require["']\)/.test(code)) throw new Error(`${entry}: the bundle holds eval("require")`)
  rmSync(out, {recursive: true, force: true})
  /** @type {Record<string, string | Buffer>} */
  const files = {'index.js': code.endsWith('\n') ? code : `${code}\n`}
  for (const [name, {source}] of Object.entries(assets)) files[name] = source
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(out, name)), {recursive: true})
    writeFileSync(join(out, name), content)
  }
  console.log(`${out.slice(root.length + 1)}: ${(code.length / 1000).toFixed(0)} kB`)
}
