// @ts-check
// Archives of others: the test material of Go, Python, node-tar and klauspost/compress from where those are installed or
// from their registries, what GNU tar, bsdtar and zip write here, and what Python writes in every format.
import {execFileSync} from 'node:child_process'
import {copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** @typedef {{folder: string, scratch: string, env: NodeJS.ProcessEnv}} Place */

/** Fills a folder; returns the paths of all archives. @param {string} scratch @param {NodeJS.ProcessEnv} env */
export function gather(scratch, env) {
  const folder = join(scratch, 'archives')
  for (const [name, fill] of Object.entries({go, klauspost, python, nodeTar, generated, tar, zip})) {
    const part = join(folder, name)
    mkdirSync(part, {recursive: true})
    fill({folder: part, scratch, env})
  }
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter(name => /\.(?:tar|tar\.gz|tgz|zip)$/.test(name))
    .sort()
    .map(name => join(folder, name))
}

/** @param {string[]} argv @param {NodeJS.ProcessEnv} env @param {string} [cwd] */
function run([program = '', ...args], env, cwd) {
  const options = {
    env,
    encoding: /** @type {const} */ ('utf8'),
    stdio: /** @type {['ignore', 'pipe', 'ignore']} */ (['ignore', 'pipe', 'ignore']),
  }
  return execFileSync(program, args, cwd === undefined ? options : {...options, cwd}).trim()
}

/** @param {string} from @param {string} to */
function copyArchives(from, to) {
  for (const name of readdirSync(from)) {
    const path = join(from, name)
    if (/\.(?:tar|zip)$/.test(name)) copyFileSync(path, join(to, name))
    if (/\.(?:tar|zip)\.base64$/.test(name))
      writeFileSync(join(to, name.slice(0, -'.base64'.length)), Buffer.from(readFileSync(path, 'utf8'), 'base64'))
    if (name.endsWith('.tar.bz2'))
      writeFileSync(join(to, name.slice(0, -4)), execFileSync('bzip2', ['-dc', path], {maxBuffer: 2 ** 30}))
  }
}

/** @param {Place} place */
function go({folder, env}) {
  const root = run(['go', 'env', 'GOROOT'], env)
  for (const kind of ['tar', 'zip']) copyArchives(join(root, 'src/archive', kind, 'testdata'), folder)
}

/** @param {Place} place */
function klauspost({folder, scratch, env}) {
  const module = join(scratch, 'klauspost')
  mkdirSync(module, {recursive: true})
  writeFileSync(join(module, 'go.mod'), 'module archives\n')
  const found = run(['go', 'mod', 'download', '-json', 'github.com/klauspost/compress@v1.18.0'], env, module)
  copyArchives(join(JSON.parse(found).Dir, 'zip/testdata'), folder)
}

/** @param {Place} place */
function python({folder, env}) {
  const path = run(['python3', '-c', 'import test; print(test.__path__[0])'], env)
  for (const each of [path, join(path, 'archivetestdata')]) if (existsSync(each)) copyArchives(each, folder)
}

/** @param {Place} place */
function nodeTar({folder, scratch, env}) {
  // Later ones are published without their tests.
  const [packed = ''] = run(['npm', 'pack', 'tar@1.0.3', '--silent', '--pack-destination', scratch], env).split('\n')
  run(['tar', 'xzf', join(scratch, packed), '-C', scratch, 'package/test/fixtures.tgz'], env)
  run(['tar', 'xzf', join(scratch, 'package/test/fixtures.tgz'), '-C', scratch], env)
  copyArchives(join(scratch, 'fixtures'), folder)
}

/** @param {Place} place */
function generated({folder, env}) {
  run(['python3', '-W', 'ignore', join(here, 'generate.py'), folder], env)
}

/** @param {Place} place */
function tar({folder, env}) {
  const source = sources(folder)
  for (const format of ['v7', 'oldgnu', 'gnu', 'ustar', 'posix']) {
    // The long names do not fit into all formats; the exit code says so.
    attempt(() => run(['tar', `--format=${format}`, '-cf', join(folder, `${format}.tar`), '.'], env, source))
    attempt(() =>
      run(
        ['tar', `--format=${format}`, '-cf', join(folder, `${format}-short.tar`), 'a', 'folder', 'link', 'hard'],
        env,
        source,
      ),
    )
  }
  for (const version of ['0.0', '0.1', '1.0'])
    attempt(() =>
      run(
        [
          'tar',
          '--format=posix',
          '--sparse',
          `--sparse-version=${version}`,
          '-cf',
          join(folder, `sparse-${version}.tar`),
          'sparse',
        ],
        env,
        source,
      ),
    )
  attempt(() => run(['tar', '--format=gnu', '--sparse', '-cf', join(folder, 'sparse-gnu.tar'), 'sparse'], env, source))
  attempt(() =>
    run(['tar', '--format=gnu', '-g', '/dev/null', '-cf', join(folder, 'incremental.tar'), '.'], env, source),
  )
  attempt(() => run(['tar', '-V', 'label', '-cf', join(folder, 'label.tar'), 'a'], env, source))
  for (const format of ['ustar', 'pax', 'gnutar', 'v7', 'zip'])
    attempt(() =>
      run(
        [
          'bsdtar',
          `--format=${format}`,
          '-cf',
          join(folder, `bsdtar-${format}.${format === 'zip' ? 'zip' : 'tar'}`),
          '.',
        ],
        env,
        source,
      ),
    )
}

/** @param {Place} place */
function zip({folder, env}) {
  const source = sources(folder)
  attempt(() => run(['zip', '-qry', join(folder, 'info.zip'), '.'], env, source))
  attempt(() => run(['zip', '-qr', '-fz', join(folder, 'info-zip64.zip'), 'a'], env, source))
}

/** Files as packages have them. @param {string} folder */
function sources(folder) {
  const source = join(dirname(folder), `${basename(folder)}-source`)
  mkdirSync(join(source, 'folder/inner'), {recursive: true})
  writeFileSync(join(source, 'a'), 'a')
  writeFileSync(join(source, 'folder/inner/tool'), '#!/bin/sh\n', {mode: 0o755})
  writeFileSync(join(source, 'größe'), 'umlaut')
  const long = join(source, 'd'.repeat(120), 'e'.repeat(120))
  mkdirSync(long, {recursive: true})
  writeFileSync(join(long, 'f'.repeat(120)), 'long')
  run(['ln', '-sf', 'folder/inner', join(source, 'link')], process.env)
  run(['ln', '-f', join(source, 'a'), join(source, 'hard')], process.env)
  run(['truncate', '-s', '100000', join(source, 'sparse')], process.env)
  return source
}

// Not every machine has the program, and not every format the names.
/** @param {() => unknown} what */
function attempt(what) {
  try {
    what()
  } catch {}
}
