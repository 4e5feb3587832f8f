// @ts-check
// A folder as a git repository with one commit and a tag, the same each time.
import {execFileSync} from 'node:child_process'

const identity = {
  GIT_AUTHOR_NAME: 'Bench',
  GIT_AUTHOR_EMAIL: 'bench@example.com',
  GIT_AUTHOR_DATE: '2026-11-01T12:00:00Z',
  GIT_COMMITTER_NAME: 'Bench',
  GIT_COMMITTER_EMAIL: 'bench@example.com',
  GIT_COMMITTER_DATE: '2026-11-01T12:00:00Z',
}

/** @param {string} folder @param {string} tag */
export function commitAll(folder, tag) {
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync('git', ['-C', folder, '-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null', ...args], {
      env: {...process.env, ...identity},
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  git('init', '--quiet', '--initial-branch', 'main')
  // What was published is the source here, even where its own .gitignore names it.
  git('add', '--all', '--force')
  git('commit', '--quiet', '--message', 'Release')
  git('tag', tag)
}
