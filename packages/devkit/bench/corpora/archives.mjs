// @ts-check
// Archives of other programs, and mutants of them, read here, by Go and by Python: what is taken here has the same content
// there, and what is refused has the code ARCHIVE. `npm run bench -- corpora:archives`
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {copyFileSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {gather} from './archives/material.mjs'
import {random, tarMutant, zipMutant} from './archives/mutants.mjs'

const here = join(dirname(fileURLToPath(import.meta.url)), 'archives')
const mutants = 6000
/** Seconds in which every archive is read or refused. */
const patience = 20

/** @typedef {import('../../../archives/src/entry').ArchiveEntry} ArchiveEntry */
/** @typedef {{readTar: (bytes: Uint8Array) => Promise<ArchiveEntry[]>, readZip: (bytes: Uint8Array) => ArchiveEntry[]}} Ours */
/** @typedef {{name: string, kind: string, link?: string, sha?: string}} Entry */
/** @typedef {{entries: Entry[], error?: string}} Reading */

/** Where readers agree and we refuse: what our message says, and why. */
const refusals = [
  [/sparse file/, 'the package indexes refuse sparse files; expanding one needs no more than a new pack'],
  [/neither file, folder nor link/, 'devices and volume labels are in no package'],
  [
    /behind its end|behind the end|two headers|two names|global header/,
    "npm's reader, GNU tar and others show something else",
  ],
  [/stored as a file, but has the name of a folder/, 'a folder for GNU tar'],
  [/either for folders or for times/, 'GNU tar reads times there'],
  [/not UTF-8|not marked as UTF-8|second name/, 'readers show different names'],
  [/which is no file before it/, 'the file that it repeats is not there'],
  [
    /belong to no entry|overlaps|in front of its content|not where its end record says|second end record/,
    'readers that stream show something else',
  ],
  [
    /behind its content|impossible numbers|disagree|length than it says|split one|no end record of that kind|its locator says/,
    'readers that stream show something else',
  ],
  [/by its name or mode/, 'a folder for one reader, a file for the other'],
  [/is encrypted|is a patch|compressed by method|of the zip format/, 'not supported'],
  [/unpacks to more than|more than \d+ entries/, 'larger than any package'],
  [
    /damaged|is not where the directory|checksum|cut off|no zip file|empty|cannot be unpacked|has not the size|NUL byte|no size or place|link to something|damaged extra/,
    'breaks the format',
  ],
]

/** @param {import('../../lib/bench-table.mjs').Bench} bench */
export async function run({root, scratch, env}) {
  const {readTar, readZip} = await bundledPackage(join(root, 'packages/archives/src/index.ts'), join(scratch, 'bundle'))
  const seeds = gather(scratch, env)
  const files = [...seeds, ...mutate(seeds, join(scratch, 'archives/mutants'))]
  const oracles = {go: goReader(scratch, env), python: pythonReader(env)}
  const readings = Object.entries(oracles).map(([name, read]) => ({name, found: read(files)}))
  /** @type {string[]} */
  const listed = []
  let [taken, agreed] = [0, 0]
  for (const [at, path] of files.entries()) {
    const label = relative(join(scratch, 'archives'), path)
    const started = performance.now()
    const ours = await read(path, {readTar, readZip})
    if (performance.now() - started > patience * 1000)
      listed.push(`${label}: took ${Math.round(performance.now() - started)} ms`)
    if (ours.error === undefined) taken++
    const others = readings.map(({name, found}) => ({name, reading: {...found[at], entries: found[at]?.entries ?? []}}))
    if (others.every(({reading}) => reading.error === undefined)) agreed++
    const problem = verdict(ours, others)
    if (problem !== undefined) listed.push(`${label}: ${problem}`)
  }
  return {cases: files.length, taken, agreed, wrong: listed.length, listed}
}

/** @param {Reading} ours @param {{name: string, reading: Reading}[]} others */
function verdict(ours, others) {
  if (ours.error !== undefined) {
    const words = ours.error
    if (!words.startsWith('ARCHIVE ')) return `not refused, but failed: ${words}`
    if (refusals.some(([said]) => /** @type {RegExp} */ (said).test(words))) return undefined
    return `refused without a reason that is known: ${words}`
  }
  for (const {name, reading} of others) {
    if (reading.error?.startsWith('skipped') === true) continue
    // Zeros behind gzip are padding for gzip and Python.
    if (name === 'go' && reading.error === 'gzip: invalid header') continue
    if (reading.error !== undefined) return `taken here, refused by ${name}: ${reading.error}`
    const [here, there] = [ours.entries, normal(reading.entries)].map(each => JSON.stringify(each))
    if (here !== there) return `read otherwise by ${name}: ${firstDifference(ours.entries, normal(reading.entries))}`
  }
  return undefined
}

/** @param {Entry[]} ours @param {Entry[]} theirs */
function firstDifference(ours, theirs) {
  const at = ours.findIndex((each, index) => JSON.stringify(each) !== JSON.stringify(theirs[index]))
  return `${JSON.stringify(ours[at === -1 ? ours.length : at])} here, ${JSON.stringify(theirs[at === -1 ? ours.length : at])} there`.slice(
    0,
    600,
  )
}

/** @param {Entry[]} entries */
function normal(entries) {
  /** @type {Map<string, string | undefined>} */
  const files = new Map()
  return entries
    .map(({name: stored, kind, link, sha}) => {
      const name = plain(stored)
      const content = kind === 'hard' ? files.get(plain(link ?? '')) : sha
      if (kind === 'hard' || kind === 'file') files.set(name, content)
      return kind === 'link'
        ? {name, kind, link: link ?? ''}
        : kind === 'directory'
          ? {name, kind}
          : {name, kind: 'file', sha: content ?? ''}
    })
    .filter(({name}) => name !== '')
}

/** @param {string} name */
function plain(name) {
  return name
    .replace(/^(?:\.\/+)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '')
}

/** @param {string} path @param {Ours} ours @returns {Promise<Reading>} */
async function read(path, {readTar, readZip}) {
  const bytes = readFileSync(path)
  try {
    const entries = path.endsWith('.zip') ? readZip(bytes) : await readTar(bytes)
    return {
      entries: entries.map(({name, kind, linkTarget, content}) =>
        kind === 'link'
          ? {name, kind, link: linkTarget ?? ''}
          : kind === 'directory'
            ? {name, kind}
            : {name, kind, sha: sha256(content)},
      ),
    }
  } catch (error) {
    const {code, message} = /** @type {{code?: string, message: string}} */ (error)
    return {entries: [], error: `${code} ${message}`}
  }
}

/** @param {Uint8Array} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
}

/** @param {string[]} seeds @param {string} folder */
function mutate(seeds, folder) {
  mkdirSync(folder, {recursive: true})
  const pick = random(20_261_129)
  const small = seeds
    .map(path => ({path, bytes: readFileSync(path)}))
    .filter(({path, bytes}) => bytes.length > 0 && bytes.length < 40_000 && !/gz$/.test(path))
  return Array.from({length: mutants}, (_, at) => {
    const {path, bytes} = small[pick(small.length)] ?? {path: '', bytes: Buffer.alloc(0)}
    const isZip = path.endsWith('.zip')
    const name = join(folder, `${at}-${path.split('/').at(-1)}`)
    writeFileSync(name, isZip ? zipMutant(bytes, pick) : tarMutant(bytes, pick))
    return name
  })
}

/** @param {string} scratch @param {NodeJS.ProcessEnv} env */
function goReader(scratch, env) {
  const module = join(scratch, 'archive-oracle')
  mkdirSync(module, {recursive: true})
  writeFileSync(join(module, 'go.mod'), 'module oracle\n\ngo 1.24\n')
  copyFileSync(join(here, 'oracle.go'), join(module, 'main.go'))
  execFileSync('go', ['build', '-o', 'oracle', '.'], {cwd: module, env})
  return (/** @type {string[]} */ files) => answers(join(module, 'oracle'), [], files, env)
}

/** @param {NodeJS.ProcessEnv} env */
function pythonReader(env) {
  return (/** @type {string[]} */ files) => answers('python3', ['-W', 'ignore', join(here, 'oracle.py')], files, env)
}

/** @param {string} program @param {string[]} args @param {string[]} files @param {NodeJS.ProcessEnv} env @returns {Reading[]} */
function answers(program, args, files, env) {
  const lines = execFileSync(program, args, {input: files.join('\n'), env, encoding: 'utf8', maxBuffer: 2 ** 30})
  return lines
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}
