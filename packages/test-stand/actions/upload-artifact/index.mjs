// @ts-check
import {DefaultArtifactClient} from '@actions/artifact'
import {lstatSync, readdirSync} from 'node:fs'
import {basename, dirname, join, resolve} from 'node:path'

const input = (/** @type {string} */ name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const given = resolve(process.env['GITHUB_WORKSPACE'] ?? '.', input('path'))

/** Hidden files stay out, as in actions/upload-artifact. @returns {string[]} */
function filesBelow(/** @type {string} */ folder) {
  return readdirSync(folder, {withFileTypes: true})
    .filter(entry => !entry.name.startsWith('.'))
    .flatMap(entry => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/** @returns {{root: string, files: string[]}} */
function select() {
  if (basename(given).includes('*')) {
    const [start = '', ...rest] = basename(given).split('*')
    const end = rest.join('*')
    const files = filesBelow(dirname(given)).filter(file => {
      const name = basename(file)
      return dirname(file) === dirname(given) && name.startsWith(start) && name.endsWith(end)
    })
    return {root: dirname(given), files}
  }
  const found = lstatSync(given, {throwIfNoEntry: false})
  if (found === undefined) return {root: dirname(given), files: []}
  return found.isDirectory() ? {root: given, files: filesBelow(given)} : {root: dirname(given), files: [given]}
}

if (/[\n?[\]{}]|\*.*\*/.test(input('path'))) {
  console.log(`::error::The stand knows one path with one * in its last part, not ${JSON.stringify(input('path'))}`)
  process.exit(1)
}
const {root, files} = select()
if (files.length === 0) {
  const level = input('if-no-files-found')
  if (level !== 'ignore')
    console.log(`::${level === 'error' ? 'error' : 'warning'}::No files were found with the path: ${input('path')}`)
  process.exit(level === 'error' ? 1 : 0)
}
const {size, digest} = await new DefaultArtifactClient().uploadArtifact(input('name'), files, root, {
  compressionLevel: 1,
})
console.log(`${input('name')}: ${files.length} files, ${size} bytes, ${digest}`)
