// @ts-check
import {DefaultArtifactClient} from '@actions/artifact'
import {join, resolve} from 'node:path'

const input = (/** @type {string} */ name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const client = new DefaultArtifactClient()
const name = input('name')
const folder = resolve(process.env['GITHUB_WORKSPACE'] ?? '.', input('path'))
const pattern = (input('pattern') || '*').split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
const matcher = new RegExp(`^${pattern.join('.*')}$`)
const {artifacts} = await client.listArtifacts({latest: true})
const chosen = artifacts.filter(each => (name === '' ? matcher.test(each.name) : each.name === name))
if (name !== '' && chosen.length === 0) {
  console.log(`::error::Artifact not found for name: ${name}`)
  process.exit(1)
}
for (const each of chosen) {
  const path = name !== '' || input('merge-multiple') === 'true' ? folder : join(folder, each.name)
  const expected = each.digest === undefined ? {} : {expectedHash: each.digest}
  const {digestMismatch} = await client.downloadArtifact(each.id, {path, ...expected})
  if (digestMismatch === true) {
    console.log(`::error::${each.name}: what arrived is not what was uploaded (${each.digest})`)
    process.exit(1)
  }
  console.log(`${each.name}: ${each.size} bytes`)
}
