import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {copyFile, mkdir, mkdtemp, readFile, readdir, rename, rm} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {promisify} from 'node:util'

/** Where the stand-in of an action of GitHub's lies, by the action's repository (`actions/checkout`). */
export type StandIns = Readonly<Record<string, string>>

const sources = join(dirname(fileURLToPath(import.meta.url)), '../actions')
const folders = {
  'actions/checkout': 'checkout',
  'actions/upload-artifact': 'upload-artifact',
  'actions/download-artifact': 'download-artifact',
  'actions/setup-python': 'setup-toolchain',
  'actions/setup-node': 'setup-toolchain',
  'actions/setup-go': 'setup-toolchain',
} as const
const bundled: readonly string[] = ['upload-artifact', 'download-artifact']

/** Makes the stand-ins ready; those with dependencies are bundled once and kept in the cache folder. */
export async function prepareStandIns(cache: string): Promise<StandIns> {
  const ready = new Map<string, string>()
  for (const name of new Set(Object.values(folders)))
    ready.set(name, bundled.includes(name) ? await bundle(name, cache) : join(sources, name))
  return Object.fromEntries(Object.entries(folders).map(([action, name]) => [action, ready.get(name) ?? '']))
}

async function bundle(name: string, cache: string): Promise<string> {
  const resolve = createRequire(import.meta.url).resolve
  const source = join(sources, name)
  const digest = await contentDigest([source, dirname(resolve('@vercel/ncc/package.json'))], name)
  const folder = join(cache, `${name}-${digest}`)
  if (existsSync(folder)) return folder
  await mkdir(cache, {recursive: true})
  const unfinished = await mkdtemp(join(cache, `${name}-`))
  const ncc = resolve('@vercel/ncc/dist/ncc/cli.js')
  await promisify(execFile)(process.execPath, [ncc, 'build', join(source, 'index.mjs'), '-o', unfinished, '-q'])
  await copyFile(join(source, 'action.yml'), join(unfinished, 'action.yml'))
  await publish(unfinished, folder)
  return folder
}

// Two test files may bundle at the same time: the first rename wins, and both have the same content.
async function publish(unfinished: string, folder: string): Promise<void> {
  try {
    await rename(unfinished, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    await rm(unfinished, {recursive: true})
  }
}

async function contentDigest([source = '', compiler = '']: readonly string[], name: string): Promise<string> {
  const hash = createHash('sha256').update(name)
  for (const file of (await readdir(source)).sort()) hash.update(await readFile(join(source, file)))
  hash.update(await readFile(join(compiler, 'package.json')))
  // The client itself has no entry for package.json, but lies at a known place below a node_modules folder.
  hash.update(await readFile(join(compiler, '../../@actions/artifact/package.json')))
  return hash.digest('hex').slice(0, 16)
}
