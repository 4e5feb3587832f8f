import {expect, test} from '@jest/globals'
import {type BuiltArtifact, type Plan, manifestSchema, withoutLeftOut} from '@mcp-release/release-model'
import {composeManifest} from './compose'
import {compare, wronglyLeftOut} from './compare'
import type {Facts} from './facts'

const digest = (letter: string) => letter.repeat(64)
const plan: Plan = {
  schemaVersion: 1,
  name: 'demo',
  version: {tag: 'v1.0.0', text: '1.0.0', semver: '1.0.0', pep440: '1.0.0', prerelease: false, channel: 'stable'},
  sourceDate: 0,
  packages: [],
  jobs: [],
  bundles: [],
  artifacts: [
    {name: 'demo-1.0.0.tgz', kind: 'npm-package', job: 'npm'},
    {name: 'demo-1.0.0.tgz.spdx.json', kind: 'sbom', subject: 'demo-1.0.0.tgz'},
    {name: 'SHA256SUMS', kind: 'checksums'},
  ],
  skipped: [],
  findings: [],
  settings: {},
}
const built: BuiltArtifact = {name: 'demo-1.0.0.tgz', kind: 'npm-package', size: 3, sha256: digest('a')}
const facts = (files: Record<string, string>, artifacts: readonly BuiltArtifact[] = [built]): Facts => ({
  directory: '/r',
  files: Object.entries(files).map(([name, sha256]) => ({name, size: 3, sha256})),
  built: artifacts,
  leftOut: [],
})

test('what is as planned has no problems', () => {
  expect(compare(plan, facts({'demo-1.0.0.tgz': digest('a')}), 'built')).toEqual([])
})

test('a missing file names the job that should have made it', () => {
  expect(compare(plan, facts({}), 'built')).toEqual(['demo-1.0.0.tgz: planned, but job npm did not make it'])
})

test('a file that nobody planned is refused', () => {
  expect(compare(plan, facts({'demo-1.0.0.tgz': digest('a'), 'x.txt': digest('b')}), 'built')).toEqual([
    'x.txt: is there, but the plan has no such file',
  ])
})

test('a file that changed after its build is refused', () => {
  expect(compare(plan, facts({'demo-1.0.0.tgz': digest('b')}), 'built')).toEqual([
    `demo-1.0.0.tgz: sha256 is ${digest('b')}, its build job said ${digest('a')}`,
  ])
})

test('a file without a fragment, and two jobs that disagree, are refused', () => {
  expect(compare(plan, facts({'demo-1.0.0.tgz': digest('a')}, []), 'built')).toHaveLength(1)
  const twice = [built, {...built, sha256: digest('c')}]
  expect(compare(plan, facts({'demo-1.0.0.tgz': digest('a')}, twice), 'built').join()).toContain(
    'two jobs made it with different bytes',
  )
})

test('a complete release has its SBOMs', () => {
  expect(compare(plan, facts({'demo-1.0.0.tgz': digest('a')}), 'complete')).toEqual([
    'demo-1.0.0.tgz.spdx.json: planned, but no step made it',
  ])
})

test('a bundle is expected only in the complete release, and described like a built file', () => {
  const bundled: Plan = {...plan, artifacts: [...plan.artifacts, {name: 'demo_1.0.0.mcpb', kind: 'mcpb'}]}
  const files = {'demo-1.0.0.tgz': digest('a')}
  expect(compare(bundled, facts(files), 'built')).toEqual([])
  const all = {...files, 'demo-1.0.0.tgz.spdx.json': digest('c')}
  expect(compare(bundled, facts(all), 'complete')).toEqual(['demo_1.0.0.mcpb: planned, but no step made it'])
  expect(compare(bundled, facts({...all, 'demo_1.0.0.mcpb': digest('d')}), 'complete')).toEqual([
    'demo_1.0.0.mcpb: no build job described it in a fragment',
  ])
})

const bundle = 'demo_1.0.0.mcpb'
const bundled: Plan = {
  ...plan,
  bundles: [
    {
      package: 'npm:.',
      type: 'node',
      directory: '.',
      executable: 'demo',
      files: [{name: bundle, from: ['demo-1.0.0.tgz']}],
    },
  ],
  artifacts: [
    ...plan.artifacts,
    {name: bundle, kind: 'mcpb'},
    {name: `${bundle}.spdx.json`, kind: 'sbom', subject: bundle},
    {name: `${bundle}.sigstore.json`, kind: 'signature', subject: bundle},
  ],
}

test('only a bundle that is said to be left out may be missing, with all that describes it', () => {
  const files = facts({'demo-1.0.0.tgz': digest('a'), 'demo-1.0.0.tgz.spdx.json': digest('c')})
  expect(compare(bundled, files, 'complete')).toHaveLength(2)
  const leftOut = [{name: bundle, reason: 'there is no wheel of oldlib', hint: 'Use another one.'}]
  const left = {...files, leftOut}
  const carriedOut = withoutLeftOut(bundled, leftOut)
  expect([...wronglyLeftOut(bundled, left), ...compare(carriedOut, left, 'complete')]).toEqual([])
  expect(carriedOut.artifacts.map(({name}) => name)).toEqual(plan.artifacts.map(({name}) => name))
  expect(carriedOut.bundles).toEqual([])
  const manifest = manifestSchema.parse(composeManifest(carriedOut, left))
  expect(manifest.skipped).toEqual([{subject: bundle, reason: 'there is no wheel of oldlib', hint: 'Use another one.'}])
  expect(manifest.leftOut).toEqual([bundle])
  const strict = {...bundled, settings: {strict: true}}
  expect(wronglyLeftOut(strict, left)).toEqual([
    `${bundle}: could not be made (there is no wheel of oldlib), and must not be left out`,
  ])
})

test('nothing but a bundle may be left out', () => {
  const leftOut = ['demo-1.0.0.tgz', 'other.mcpb'].map(name => ({name, reason: 'because'}))
  expect(wronglyLeftOut(bundled, {...facts({}), leftOut})).toEqual([
    'demo-1.0.0.tgz: could not be made (because), and must not be left out',
    'other.mcpb: is said to be left out, but the plan has no such file',
  ])
})
