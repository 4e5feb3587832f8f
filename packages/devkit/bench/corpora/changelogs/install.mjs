// @ts-check
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'

const fromNpm = {
  '@changesets/cli': '2.31.1',
  '@semantic-release/changelog': '6.0.3',
  '@semantic-release/commit-analyzer': '13.0.1',
  '@semantic-release/release-notes-generator': '14.1.1',
  'auto-changelog': '2.7.0',
  'commit-and-tag-version': '12.7.3',
  'conventional-changelog-cli': '5.0.0',
  'conventional-changelog-angular': '8.3.1',
  'conventional-changelog-conventionalcommits': '9.3.1',
  'conventional-changelog-eslint': '6.1.0',
  'conventional-changelog-jquery': '6.1.0',
  'git-cliff': '2.14.2',
  'release-please': '17.9.0',
  'semantic-release': '24.2.9',
  'standard-version': '9.5.0',
}
const fromPypi = {towncrier: '26.9.0', scriv: '1.8.0', 'astral-dev-toolchain-release-plz': '0.3.171'}

/**
 * The generators, installed once into a folder that is kept.
 *
 * @param {string} folder @param {NodeJS.ProcessEnv} env
 */
export function installGenerators(folder, env) {
  const wanted = JSON.stringify({fromNpm, fromPypi})
  const marker = join(folder, 'installed.json')
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
    mkdirSync(join(folder, 'npm'), {recursive: true})
    writeFileSync(join(folder, 'npm/package.json'), JSON.stringify({private: true, dependencies: fromNpm}))
    const npm = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    execFileSync('npm', npm, {cwd: join(folder, 'npm'), stdio: 'inherit'})
    execFileSync('python3', ['-m', 'venv', join(folder, 'python')], {stdio: 'inherit'})
    const pinned = Object.entries(fromPypi).map(([name, version]) => `${name}==${version}`)
    execFileSync(join(folder, 'python/bin/pip'), ['install', '--quiet', '--only-binary', ':all:', ...pinned], {
      stdio: 'inherit',
    })
    writeFileSync(marker, wanted)
  }
  const bins = [join(folder, 'npm/node_modules/.bin'), join(folder, 'python/bin')]
  const person = {NAME: 'Acme', EMAIL: 'acme@example.org'}
  const git = Object.entries(person).flatMap(([key, value]) =>
    ['AUTHOR', 'COMMITTER'].map(who => [`GIT_${who}_${key}`, value]),
  )
  return {
    modules: join(folder, 'npm/node_modules'),
    env: {...env, ...Object.fromEntries(git), PATH: [...bins, env['PATH']].join(delimiter), CI: ''},
  }
}
