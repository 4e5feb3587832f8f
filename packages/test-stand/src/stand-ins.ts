import {execFile} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync} from 'node:fs'
import {cp, mkdir, mkdtemp, readFile, rename, rm, writeFile} from 'node:fs/promises'
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
const clients: ReadonlySet<string> = new Set(['upload-artifact', 'download-artifact'])
const nodeModules = join(dirname(createRequire(import.meta.url).resolve('@vercel/ncc/package.json')), '../..')

/**
 * Makes the stand-ins ready in a folder. Two of them get the bundle of @actions/artifact that a cache folder keeps:
 * making it takes 12 seconds of a processor, and without a bundle each of their many steps would start half a second later.
 */
export async function prepareStandIns(folder: string, cache: string): Promise<StandIns> {
  await cp(sources, folder, {recursive: true})
  const client = await bundledClient(cache)
  for (const name of clients) await cp(client, join(folder, name, 'node_modules/@actions/artifact'), {recursive: true})
  return Object.fromEntries(Object.entries(folders).map(([action, name]) => [action, join(folder, name)]))
}

async function bundledClient(cache: string): Promise<string> {
  const folder = join(cache, 'artifact-client', await inputsDigest())
  if (existsSync(folder)) return folder
  await mkdir(dirname(folder), {recursive: true})
  const fresh = await mkdtemp(join(dirname(folder), '.new-'))
  try {
    const ncc = join(nodeModules, '@vercel/ncc/dist/ncc/cli.js')
    // The client's package names this entry for `import` only, so no require.resolve finds it.
    const entry = join(nodeModules, '@actions/artifact/lib/artifact.js')
    await promisify(execFile)(process.execPath, [ncc, 'build', entry, '-o', fresh, '--no-cache', '--quiet'])
    await writeFile(join(fresh, 'package.json'), JSON.stringify({type: 'module', exports: './index.js'}))
    // Several test files, of several checkouts, may bundle at the same time: the first rename wins, all have the same bytes.
    await rename(fresh, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    await rm(fresh, {recursive: true, force: true})
  }
  return folder
}

// How it is bundled; what npm has installed, which package-lock.json need not say; the one package that the checkout holds.
async function inputsDigest(): Promise<string> {
  const hash = createHash('sha256')
  const installed = ['.package-lock.json', 'undici/package.json', 'undici/index.cjs'].map(file =>
    join(nodeModules, file),
  )
  for (const file of [fileURLToPath(import.meta.url), ...installed]) hash.update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}
