// @ts-check
import {execFileSync} from 'node:child_process'
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

/**
 * @typedef {{version: string, text: string, notes?: string}} State a changelog after a release; `notes` where the generator
 *   says itself what it wrote
 * @typedef {{folder: string, modules: string, env: NodeJS.ProcessEnv}} Place
 * @typedef {{name: string, file: string, generate: (place: Place) => State[] | Promise<State[]>}} Generator
 */

/** @param {string} version */
export const manifest = version => JSON.stringify({name: 'demo', version, repository: 'github:acme/demo'})

/** @param {Place} place @param {string} program @param {...string} args */
export function call({folder, env}, program, ...args) {
  return execFileSync(program, args, {cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})
}

/** @param {Place} place */
export function start(place) {
  call(place, 'git', 'init', '--quiet', '-b', 'main')
  call(place, 'git', 'remote', 'add', 'origin', 'https://github.com/acme/demo.git')
  writeFileSync(join(place.folder, 'package.json'), manifest('1.0.0'))
  tag(place, '1.0.0')
}

/** @param {Place} place @param {string} version */
export function tag(place, version) {
  call(place, 'git', 'add', '--all')
  call(place, 'git', 'commit', '--quiet', '--allow-empty', '-m', `chore(release): ${version}`)
  call(place, 'git', 'tag', '--force', `v${version}`)
}

/** @param {Place} place @param {string} file */
export const read = ({folder}, file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '')
