// @ts-check
// Generators that gather a file for each change.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {call, read, start} from './place.mjs'

/** @typedef {import('./place.mjs').Generator} Generator */

/** @param {string} format @returns {Generator} */
export function towncrier(format) {
  const file = format === 'md' ? 'CHANGELOG.md' : 'NEWS.rst'
  return {
    name: `towncrier ${format}`,
    file,
    generate: place => {
      start(place)
      const settings = `[tool.towncrier]\nname = "Demo Tool"\nfilename = "${file}"\ndirectory = "news"\n`
      writeFileSync(join(place.folder, 'pyproject.toml'), settings)
      return [['12.feature', '13.bugfix'], ['14.bugfix'], [], ['+.removal']].map((news, at) => {
        mkdirSync(join(place.folder, 'news'), {recursive: true})
        for (const each of news)
          writeFileSync(join(place.folder, 'news', `${each}.${format}`), `Some words of ${each}.\n`)
        call(place, 'towncrier', 'build', '--yes', '--version', `1.1.${at}`)
        return {version: `1.1.${at}`, text: read(place, file)}
      })
    },
  }
}

/** @param {string} format @returns {Generator} */
export function scriv(format) {
  const file = `CHANGELOG.${format}`
  return {
    name: `scriv ${format}`,
    file,
    generate: place => {
      start(place)
      writeFileSync(join(place.folder, 'setup.cfg'), `[scriv]\nformat = ${format}\n`)
      return ['Added', 'Fixed', 'Removed'].map((word, at) => {
        mkdirSync(join(place.folder, 'changelog.d'), {recursive: true})
        const heading = format === 'md' ? `### ${word}` : `${word}\n${'.'.repeat(word.length)}`
        writeFileSync(join(place.folder, 'changelog.d', `${at}.${format}`), `${heading}\n\n- A thing ${at}.\n`)
        call(place, 'scriv', 'collect', '--version', `1.1.${at}`)
        return {version: `1.1.${at}`, text: read(place, file)}
      })
    },
  }
}

/** @returns {Generator} */
export function changesets() {
  return {
    name: 'changesets',
    file: 'CHANGELOG.md',
    generate: place => {
      start(place)
      const words = join(place.folder, 'packages/words')
      for (const folder of [words, join(place.folder, '.changeset')]) mkdirSync(folder, {recursive: true})
      writeFileSync(
        join(place.folder, 'package.json'),
        '{"name": "root", "private": true, "workspaces": ["packages/*"]}',
      )
      writeFileSync(join(place.folder, 'package-lock.json'), '{}')
      writeFileSync(join(words, 'package.json'), '{"name": "@acme/words", "version": "1.0.0"}')
      writeFileSync(
        join(place.folder, '.changeset/config.json'),
        '{"changelog": "@changesets/cli/changelog", "baseBranch": "main"}',
      )
      return ['minor', 'patch', 'major'].map(bump => {
        writeFileSync(
          join(place.folder, '.changeset/one.md'),
          `---\n'@acme/words': ${bump}\n---\n\nA ${bump} thing\n\nmore words\n`,
        )
        call(place, 'changeset', 'version')
        const {version} = JSON.parse(readFileSync(join(words, 'package.json'), 'utf8'))
        return {version, text: read(place, 'packages/words/CHANGELOG.md')}
      })
    },
  }
}
