// @ts-check
// Fetches one commit, as actions/checkout does with its default depth: a tag is there, history is not; with fetch-depth 0 both
// are. A commit is asked for by its 40 hex digits, everything else by its name.
import {execFileSync} from 'node:child_process'
import {readdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'

const env = (/** @type {string} */ name) => (process.env[name] ?? '').trim()
const workspace = env('GITHUB_WORKSPACE')
const repository = env('INPUT_REPOSITORY') || env('GITHUB_REPOSITORY')
const source = env('STAND_REPOSITORY')

/** @param {string[]} args */
const git = (...args) =>
  execFileSync('git', args, {cwd: workspace, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']})

if (repository !== env('GITHUB_REPOSITORY')) {
  console.log(`::error::The stand checks out ${env('GITHUB_REPOSITORY')} only, not ${repository}`)
  process.exit(1)
}
const asked = env('INPUT_REF') || env('GITHUB_REF')
const commit = /^[0-9a-f]{40}$/.test(asked)
const ref = commit || asked.startsWith('refs/') ? asked : `refs/tags/${asked}`
const depth = env('INPUT_FETCH-DEPTH') === '0' ? ['--tags'] : ['--no-tags', '--depth=1']
for (const name of readdirSync(workspace)) rmSync(join(workspace, name), {recursive: true, force: true})
git('init', '--quiet', '--initial-branch=main')
git('remote', 'add', 'origin', `https://github.com/${repository}`)
git('fetch', '--quiet', ...depth, `file://${source}`, commit ? ref : `+${ref}:${ref}`)
git('checkout', '--quiet', '--force', '--detach', ref)
console.log(`${ref} is ${git('rev-parse', 'HEAD').trim()}`)
