// @ts-check
// Versions of the tables of pypa/packaging and node-semver, and mutants of them, as they are read here, by pip's copy of
// packaging and by node-semver. `npm run bench -- corpora:versions`
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {random} from './archives/mutants.mjs'

const mutants = 30_000
/** @type {typeof import('semver')} */
const semver = createRequire(import.meta.url)('semver')
const pieces = ['0', '1', '00', '10', '.', '-', '_', '+', 'a', 'b', 'rc', 'c', 'alpha', 'beta', 'pre', 'preview', 'dev']
const more = ['post', 'rev', 'r', 'v', 'V', '!', ' ', '\t', 'x', 'next', 'canary', '.0', '-1', '٣', '99999999999999999']

// Reads [version, …], prints [[normal form, whether it is a pre-release] or null, …].
const question = `
import json, sys
from pip._vendor.packaging.version import InvalidVersion, Version
def read(text):
    try:
        version = Version(text)
        return [str(version), version.is_prerelease]
    except InvalidVersion:
        return None
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`

/** @param {Pick<import('../../lib/bench-table.mjs').Bench, 'root' | 'scratch' | 'env'>} bench */
export async function run({root, scratch, env}) {
  const entry = join(root, 'packages/release-model/src/index.ts')
  const {parseVersion, versionProblem, normalizedPythonVersion} = await bundledPackage(entry, join(scratch, 'bundle'))
  const texts = all(join(root, 'packages/release-model/src/version-table.json'))
  const input = JSON.stringify(texts)
  const stdout = execFileSync('python3', ['-c', question], {input, env, encoding: 'utf8', maxBuffer: 2 ** 30})
  /** @type {readonly ([string, boolean] | null)[]} */
  const answers = JSON.parse(stdout)
  /** @type {string[]} */
  const listed = []
  let taken = 0
  for (const [at, text] of texts.entries()) {
    const [normal, isPre] = answers[at] ?? [undefined, false]
    const parsed = semver.parse(text.trim().replace(/^v(?=\d)/i, ''), {loose: false})
    const found = parseVersion(text)
    if (found !== undefined) taken++
    const tell = (/** @type {string} */ words) => listed.push(`${JSON.stringify(text)}: ${words}`)
    // Numbers that JavaScript cannot hold are no version of any server.
    const isHuge = /\d{16}/.test(text)
    const isPython = normal !== undefined && !/[!+]/.test(normal)
    const isOther = parsed !== null && parsed.build.length === 0
    if (!isHuge && (found !== undefined) !== (isPython || isOther))
      tell(`${found === undefined ? 'refused' : 'taken'} here; packaging: ${normal}, semver: ${parsed?.version}`)
    if ((found === undefined) === (versionProblem(text) === undefined))
      tell('refused without a reason, or the other way')
    if (normal !== undefined && !isHuge && normalizedPythonVersion(text) !== normal)
      tell(`its normal form is ${normalizedPythonVersion(text)} here, ${normal} for packaging`)
    if (found?.semver !== undefined && semver.valid(found.semver) !== found.semver)
      tell(`${found.semver} is not SemVer`)
    // By its name, a post release is one of Python; otherwise a part behind - is a pre-release to SemVer.
    const isPost = normal?.includes('.post') === true && /post|r/i.test(text)
    const expected = isPre === true || (parsed !== null && parsed.prerelease.length > 0 && !isPost)
    if (found !== undefined && found.prerelease !== expected)
      tell(`is ${found.prerelease ? 'a' : 'no'} pre-release here`)
  }
  return {cases: texts.length, taken, wrong: listed.length, listed}
}

/** @param {string} table @returns {string[]} */
function all(table) {
  /** @type {string[]} */
  const seeds = JSON.parse(readFileSync(table, 'utf8')).map((/** @type {[string]} */ [text]) => text)
  const pick = random(440)
  const words = [...pieces, ...more]
  const made = Array.from({length: mutants}, () => {
    let text = seeds[pick(seeds.length)] ?? ''
    for (let count = pick(3); count >= 0; count--) {
      const [at, length] = [pick(text.length + 1), pick(3)]
      text = text.slice(0, at) + (pick(4) === 0 ? '' : (words[pick(words.length)] ?? '')) + text.slice(at + length)
    }
    return text
  })
  return [...new Set([...seeds, ...made])]
}
