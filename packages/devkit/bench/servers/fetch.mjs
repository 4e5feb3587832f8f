// @ts-check
// Published servers through the ordinary client of each ecosystem, unpacked and unchanged, once for each version.
import {execFileSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync} from 'node:fs'
import {homedir} from 'node:os'
import {dirname, join} from 'node:path'

/** @typedef {import('./list.mjs').Published} Published */

// A client that cannot decide on dependencies of the build would hold up all others.
const timeout = 180_000

/** @type {Record<Published['ecosystem'], (server: Published, scratch: string, env: NodeJS.ProcessEnv) => string>} */
const clients = {pypi, npm, go, cargo}

/**
 * The folder that holds what was published; a second call finds it there.
 *
 * @param {Published} server @param {string} cache @param {NodeJS.ProcessEnv} env @returns {string}
 */
export function fetchPublished(server, cache, env) {
  const folder = join(cache, server.ecosystem, `${server.name.replaceAll(/[@/]/g, '-')}-${server.version}`)
  if (existsSync(folder)) return folder
  mkdirSync(dirname(folder), {recursive: true})
  // Beside it, so that the last step is a rename: what is there is whole.
  const scratch = mkdtempSync(`${folder}.`)
  try {
    const unpacked = join(scratch, 'unpacked')
    cpSync(clients[server.ecosystem](server, scratch, env), unpacked, {recursive: true, verbatimSymlinks: true})
    // Go's module cache is read-only.
    execFileSync('chmod', ['-R', 'u+w', unpacked])
    renameSync(unpacked, folder)
  } finally {
    execFileSync('chmod', ['-R', 'u+w', scratch])
    rmSync(scratch, {recursive: true, force: true})
  }
  return folder
}

// Only the package itself comes as source: what builds its metadata would need other sources without end.
/** @param {Published} server @param {string} scratch @param {NodeJS.ProcessEnv} env */
function pypi({name, version}, scratch, env) {
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', name, '-d', '.', `${name}==${version}`]
  execFileSync('python3', args, {cwd: scratch, env, stdio: ['ignore', 'ignore', 'pipe'], timeout})
  return unpack(
    scratch,
    only(scratch, file => file.endsWith('.tar.gz')),
  )
}

/** @param {Published} server @param {string} scratch @param {NodeJS.ProcessEnv} env */
function npm({name, version}, scratch, env) {
  execFileSync('npm', ['pack', '--silent', `${name}@${version}`], {
    cwd: scratch,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return unpack(
    scratch,
    only(scratch, file => file.endsWith('.tgz')),
  )
}

/** @param {Published} server @param {string} scratch @param {NodeJS.ProcessEnv} env */
function go({name, version}, scratch, env) {
  const args = ['mod', 'download', '-json', `${name}@v${version}`]
  const stdout = execFileSync('go', args, {cwd: scratch, env, encoding: 'utf8'})
  return String(JSON.parse(stdout).Dir)
}

// `cargo info` unpacks the crate that it tells of, also one without a library, which cannot be a dependency; where to, says
// https://doc.rust-lang.org/cargo/guide/cargo-home.html
/** @param {Published} server @param {string} scratch @param {NodeJS.ProcessEnv} env */
function cargo({name, version}, scratch, env) {
  execFileSync('cargo', ['info', '--quiet', `${name}@${version}`], {
    cwd: scratch,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout,
  })
  const sources = join(env['CARGO_HOME'] || join(homedir(), '.cargo'), 'registry/src')
  const found = readdirSync(sources).map(registry => join(sources, registry, `${name}-${version}`))
  const [crate] = found.filter(folder => existsSync(folder))
  if (crate === undefined) throw new Error(`cargo did not bring ${name} ${version}`)
  return crate
}

/** @param {string} scratch @param {string} archive */
function unpack(scratch, archive) {
  const into = join(scratch, 'archive')
  mkdirSync(into)
  execFileSync('tar', ['-xzf', join(scratch, archive), '-C', into])
  return join(
    into,
    only(into, () => true),
  )
}

/** @param {string} folder @param {(file: string) => boolean} wanted */
function only(folder, wanted) {
  const [found, ...more] = readdirSync(folder).filter(wanted)
  if (found === undefined || more.length > 0) throw new Error(`${folder} does not hold exactly one file of the kind`)
  return found
}
