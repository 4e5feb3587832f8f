// @ts-check
// Fetches one commit, as actions/checkout does with its default depth: a tag is there, history is not.
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
const ref = asked.startsWith('refs/') ? asked : `refs/tags/${asked}`
for (const name of readdirSync(workspace)) rmSync(join(workspace, name), {recursive: true, force: true})
git('init', '--quiet', '--initial-branch=main')
git('remote', 'add', 'origin', `https://github.com/${repository}`)
git('fetch', '--quiet', '--no-tags', '--depth=1', `file://${source}`, `+${ref}:${ref}`)
git('checkout', '--quiet', '--force', '--detach', ref)
console.log(`${ref} is ${git('rev-parse', 'HEAD').trim()}`)
