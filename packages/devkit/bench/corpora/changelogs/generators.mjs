// @ts-check
// Generators that read commits.
import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {changesets, scriv, towncrier} from './from-fragments.mjs'
import {call, manifest, read, start, tag} from './place.mjs'

/**
 * @typedef {import('./place.mjs').Generator} Generator
 * @typedef {import('./place.mjs').Place} Place
 * @typedef {import('./place.mjs').State} State
 */

// A minor release, patches (one of them with nothing to tell), a major one.
const history = [
  {version: '1.1.0', commits: ['feat: one thing', 'fix: another (#12)']},
  {version: '1.1.1', commits: ['fix: a patch']},
  {version: '1.1.2', commits: ['fix: a patch again', 'fix(core): and one more']},
  {version: '2.0.0', commits: ['feat!: new words\n\nBREAKING CHANGE: all is new']},
  {version: '2.0.1', commits: ['chore: nothing to tell']},
]

/** @type {readonly Generator[]} */
export const generators = [
  ...['standard-version', 'commit-and-tag-version'].map(tool =>
    byCommits(tool, 'CHANGELOG.md', ({run}) => run(tool, '--silent')),
  ),
  ...['angular', 'conventionalcommits', 'eslint', 'jquery', 'express', 'atom'].map(preset =>
    byCommits(`conventional-changelog ${preset}`, 'CHANGELOG.md', ({run, version, place}) => {
      writeFileSync(join(place.folder, 'package.json'), manifest(version))
      run('conventional-changelog', '-p', preset, '-i', 'CHANGELOG.md', '-s')
      tag(place, version)
    }),
  ),
  ...[[], ['--config', 'detailed'], ['--config', 'github'], ['--config', 'minimal']].map(config =>
    byCommits(`git-cliff ${config.slice(1).join(' ')}`.trim(), 'CHANGELOG.md', ({run, version, place}) => {
      tag(place, version)
      run('git-cliff', ...config, '--output', 'CHANGELOG.md')
    }),
  ),
  byCommits('git-cliff keepachangelog', 'CHANGELOG.md', ({run, version, place}) => {
    tag(place, version)
    run('git-cliff', '--config', 'keepachangelog', '--output', 'CHANGELOG.md')
    const latest = run('git-cliff', '--config', 'keepachangelog', '--latest', '--strip', 'all')
    return latest
      .trim()
      .split('\n')
      .slice(1)
      .join('\n')
      .replaceAll(/^\[[\d.]+\]: .*$/gm, '')
      .trim()
  }),
  ...['compact', 'keepachangelog'].map(template =>
    byCommits(`auto-changelog ${template}`, 'CHANGELOG.md', ({run, version, place}) => {
      tag(place, version)
      run('auto-changelog', '--template', template)
    }),
  ),
  towncrier('md'),
  towncrier('rst'),
  scriv('md'),
  scriv('rst'),
  changesets(),
  releasePlease(),
  releasePlz(),
  semanticRelease(),
]

/**
 * A generator that reads commits.
 *
 * @param {string} name @param {string} file
 * @param {(step: {run: (program: string, ...args: string[]) => string, version: string, place: Place}) => unknown} release
 * @returns {Generator}
 */
function byCommits(name, file, release) {
  return {
    name,
    file,
    generate: place => {
      start(place)
      // Those that write the whole file each time tell the first release too.
      const first = /^(git-cliff|auto-changelog)/.test(name) ? [{version: '1.0.0', commits: []}] : []
      return [...first, ...history].map(({version, commits}) => {
        for (const message of commits) call(place, 'git', 'commit', '--quiet', '--allow-empty', '-m', message)
        const notes = release({run: (...argv) => call(place, ...argv), version, place})
        return {
          version,
          text: read(place, file),
          ...(typeof notes === 'string' && name.endsWith('keepachangelog') ? {notes} : {}),
        }
      })
    },
  }
}

/** @returns {Generator} */
function releasePlease() {
  return {
    name: 'release-please',
    file: 'CHANGELOG.md',
    generate: async ({modules}) => {
      const require = createRequire(join(modules, 'release-please/package.json'))
      const {DefaultChangelogNotes} = require('./build/src/changelog-notes/default.js')
      const {Changelog} = require('./build/src/updaters/changelog.js')
      const {parseConventionalCommits} = require('./build/src/commit.js')
      let text = ''
      /** @type {State[]} */
      const states = []
      for (const [at, {version, commits}] of history.entries()) {
        const previousTag = `demo-v${history[at - 1]?.version ?? '1.0.0'}`
        const parsed = parseConventionalCommits(commits.map(message => ({sha: 'c'.repeat(40), message, files: []})))
        const options = {
          owner: 'acme',
          repository: 'demo',
          version,
          previousTag,
          currentTag: `demo-v${version}`,
          targetBranch: 'main',
        }
        const changelogEntry = await new DefaultChangelogNotes().buildNotes(parsed, options)
        text = new Changelog({version, changelogEntry}).updateContent(text)
        states.push({version, text, notes: changelogEntry.split('\n').slice(1).join('\n').trim()})
      }
      return states
    },
  }
}

/** @returns {Generator} */
function releasePlz() {
  return {
    name: 'release-plz',
    file: 'CHANGELOG.md',
    generate: place => {
      start(place)
      const write = (/** @type {string} */ path, /** @type {string} */ text) => {
        mkdirSync(dirname(join(place.folder, path)), {recursive: true})
        writeFileSync(join(place.folder, path), text)
      }
      const repository = 'repository = "https://github.com/acme/demo"'
      write(
        'Cargo.toml',
        `[package]\nname = "demo"\nversion = "1.0.0"\nedition = "2021"\ndescription = "x"\nlicense = "MIT"\n${repository}\n`,
      )
      write('src/main.rs', 'fn main() {}\n')
      call(place, 'cargo', 'generate-lockfile', '--quiet', '--offline')
      return ['fix: a patch', 'feat!: new words'].map((message, at) => {
        call(place, 'git', 'add', '--all')
        call(place, 'git', 'commit', '--quiet', '-m', 'chore: release')
        const published = `${place.folder}-published-${at}`
        call(place, 'git', 'clone', '--quiet', place.folder, published)
        write('src/main.rs', `fn main() { println!("${at}"); }\n`)
        call(place, 'git', 'commit', '--quiet', '--all', '-m', message)
        call(place, 'release-plz', 'update', '--registry-manifest-path', join(published, 'Cargo.toml'))
        rmSync(published, {recursive: true})
        const [, version = ''] = /^version = "(.*)"$/m.exec(read(place, 'Cargo.toml')) ?? []
        return {version, text: read(place, 'CHANGELOG.md')}
      })
    },
  }
}

/** @returns {Generator} */
function semanticRelease() {
  return {
    name: 'semantic-release',
    file: 'CHANGELOG.md',
    generate: place => {
      start(place)
      const remote = `${place.folder}-remote`
      call(place, 'git', 'clone', '--quiet', '--bare', place.folder, remote)
      call(place, 'git', 'remote', 'set-url', 'origin', `file://${remote}`)
      const plugins = ['commit-analyzer', 'release-notes-generator', 'changelog'].map(
        name => `@semantic-release/${name}`,
      )
      writeFileSync(
        join(place.folder, '.releaserc.json'),
        JSON.stringify({branches: ['main'], repositoryUrl: `file://${remote}`, plugins}),
      )
      return history.slice(0, 4).map(({version, commits}) => {
        for (const message of commits) call(place, 'git', 'commit', '--quiet', '--allow-empty', '-m', message)
        call(place, 'git', 'push', '--quiet', 'origin', 'main')
        call(place, 'semantic-release', '--no-ci')
        return {version, text: read(place, 'CHANGELOG.md')}
      })
    },
  }
}
