// @ts-check
// Changelogs that the field's generators write, release after release; the section that is found for a version must be what
// the generator put in for it. `npm run bench -- corpora:changelogs`; the generators come from npm and PyPI once.
import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {installGenerators} from './changelogs/install.mjs'
import {generators} from './changelogs/generators.mjs'
import {writtenFor} from './changelogs/written.mjs'

/**
 * @param {import('../../lib/bench-table.mjs').Bench} bench
 * @returns {Promise<{cases: number, wrong: number, listed: readonly string[]}>}
 */
export async function run({root, scratch, env}) {
  const changelogSection = await reader(root, scratch)
  const paths = installGenerators(join(root, '.cache/bench-changelogs'), env)
  /** @type {string[]} */
  const listed = []
  let cases = 0
  for (const {name, file, generate} of generators) {
    const folder = join(scratch, 'changelogs', name)
    mkdirSync(folder, {recursive: true})
    const states = await generate({folder, ...paths})
    if (states.length < 2) listed.push(`${name}: wrote nothing`)
    for (const [at, {version, text, notes}] of states.entries()) {
      const wanted = notes ?? writtenFor(version, {text, before: states[at - 1]?.text ?? ''})
      // As it was written, and once later releases stand above it.
      for (const later of states.slice(at)) {
        cases++
        const found = changelogSection(later.text, version, file)
        if (found !== wanted)
          listed.push(`${name} ${version} in the changelog of ${later.version}: ${difference(found, wanted)}`)
      }
    }
  }
  return {cases, wrong: listed.length, listed}
}

/** @param {string | undefined} found @param {string} wanted */
function difference(found, wanted) {
  return `found ${JSON.stringify(found?.slice(0, 300))}, the generator wrote ${JSON.stringify(wanted.slice(0, 300))}`
}

/**
 * The reader of changelogs, bundled as the actions have it.
 *
 * @param {string} root @param {string} scratch
 * @returns {Promise<(text: string, version: string, file?: string) => string | undefined>}
 */
async function reader(root, scratch) {
  const entry = join(root, 'packages/release-model/src/changelog.ts')
  const {changelogSection} = await bundledPackage(entry, join(scratch, 'changelog-reader'))
  return changelogSection
}
