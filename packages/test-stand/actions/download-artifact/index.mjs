// @ts-check
import {DefaultArtifactClient} from '@actions/artifact'
import {join, resolve} from 'node:path'

const input = (/** @type {string} */ name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const client = new DefaultArtifactClient()
const name = input('name')
const folder = resolve(process.env['GITHUB_WORKSPACE'] ?? '.', input('path'))
const asked = input('pattern') || '*'
// `{a,b*}` is what both match.
const choices = (/^\{(.*)\}$/.exec(asked)?.[1] ?? asked).split(',').map(choice =>
  choice
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*'),
)
const matcher = new RegExp(`^(?:${choices.join('|')})$`)
const {artifacts} = await client.listArtifacts({latest: true})
const chosen = artifacts.filter(each => (name === '' ? matcher.test(each.name) : each.name === name))
if (name !== '' && chosen.length === 0) {
  console.log(`::error::Artifact not found for name: ${name}`)
  process.exit(1)
}
for (const each of chosen) {
  // One artifact alone lies in the folder itself, also when a pattern chose it (download-artifact 8.0.1).
  const isFlat = chosen.length === 1 || input('merge-multiple') === 'true'
  const path = isFlat ? folder : join(folder, each.name)
  const expected = each.digest === undefined ? {} : {expectedHash: each.digest}
  const {digestMismatch} = await client.downloadArtifact(each.id, {path, ...expected})
  if (digestMismatch === true) {
    console.log(`::error::${each.name}: what arrived is not what was uploaded (${each.digest})`)
    process.exit(1)
  }
  console.log(`${each.name}: ${each.size} bytes`)
}
