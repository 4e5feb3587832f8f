import {expect, test} from '@jest/globals'
import type {SdkSelection} from '@mcp-release/release-model'
import type {Artifact} from './artifact'
import type {Interpreter} from './interpreter'
import {type SdkFacts, planCombinations} from './plan'

const python: Interpreter = {runtime: 'python', asked: '3.13', path: '/p', version: '3.13.1', environment: {}}
const node: Interpreter = {runtime: 'node', asked: '22', path: '/n', version: '22.3.0', environment: {}}
const wheel: Artifact = {
  ecosystem: 'pypi',
  runtime: 'python',
  name: 'demo',
  version: '1.0.0',
  requires: '>=3.10',
  needs: () => [],
}
const tarball: Artifact = {...wheel, ecosystem: 'npm', runtime: 'node', requires: '^20 || >=22.3'}
const released = ['2.1.0', '2.0.0', '1.10.0', '1.9.0', '1.2.1', '1.2.0', '1.0.0', '2.2.0rc1']

function plan(facts: Partial<SdkFacts>, selections: readonly SdkSelection[] = ['lowest', 'locked', 'newest']) {
  const mcp = {name: 'mcp', range: '', versions: released, locked: '1.9.0', ...facts}
  return planCombinations(wheel, python, [mcp], selections).map(step =>
    step.kind === 'run'
      ? [step.sdk?.version, step.sdk?.selections.join(), step.hold?.version ?? 'free']
      : [step.combination.sdk?.version, step.combination.sdk?.selections.join(), step.combination.result],
  )
}

test.each<[string, unknown[]]>([
  ['', [['1.0.0', 'lowest', '1.0.0'], ['1.9.0', 'locked', '1.9.0'], ['2.1.0', 'newest', 'free']]], // prettier-ignore
  ['>=1.2,<2', [['1.2.0', 'lowest', '1.2.0'], ['1.9.0', 'locked', '1.9.0'], ['1.10.0', 'newest', 'free']]], // prettier-ignore
  [
    '>1.2.0,!=1.2.1',
    [
      ['1.9.0', 'lowest,locked', '1.9.0'],
      ['2.1.0', 'newest', 'free'],
    ],
  ],
  [
    '~=1.9',
    [
      ['1.9.0', 'lowest,locked', '1.9.0'],
      ['1.10.0', 'newest', 'free'],
    ],
  ],
  ['==1.9.*', [['1.9.0', 'lowest,locked,newest', 'free']]],
  ['>=2', [['1.9.0', 'locked', 'excluded'], ['2.0.0', 'lowest', '2.0.0'], ['2.1.0', 'newest', 'free']]], // prettier-ignore
  [
    '>=2.2.0rc1',
    [
      ['1.9.0', 'locked', 'excluded'],
      ['2.2.0rc1', 'lowest,newest', 'free'],
    ],
  ],
  ['>=3', [[undefined, 'lowest,locked,newest', 'fails']]],
])('mcp %s', (range, expected) => {
  expect(plan({range})).toEqual(expected)
})

test('the newest of all is tried by force when the range forbids it, and is the newest allowed when it does not', () => {
  expect(plan({range: '<2'}, ['newest', 'latest'])).toEqual([
    ['1.10.0', 'newest', 'free'],
    ['2.1.0', 'latest', '2.1.0'],
  ])
  expect(plan({range: '>=1'}, ['newest', 'latest'])).toEqual([['2.1.0', 'newest,latest', 'free']])
  const [, forced] = planCombinations(
    wheel,
    python,
    [{name: 'mcp', range: '<2', versions: released}],
    ['newest', 'latest'],
  )
  expect(forced).toMatchObject({
    kind: 'run',
    sdk: {allowed: false},
    hold: {name: 'mcp', version: '2.1.0', allowed: false},
  })
})

test('what the metadata excludes is not run, and what cannot be known is skipped with the reason', () => {
  expect(planCombinations({...wheel, requires: '<3.13'}, python, [], ['newest'])).toEqual([
    {
      kind: 'decided',
      unverifiable: false,
      combination: {runtime: '3.13', runtimeVersion: '3.13.1', result: 'excluded', reason: 'Requires-Python is <3.13'},
    },
  ])
  expect(planCombinations({...tarball, requires: '>=24'}, node, [], ['newest'])[0]).toMatchObject({
    combination: {result: 'excluded', reason: 'engines.node is >=24'},
  })
  const unlocked: SdkFacts = {name: 'mcp', range: '', versions: released}
  expect(planCombinations(wheel, python, [unlocked], ['locked'])).toMatchObject([
    {unverifiable: true, combination: {result: 'skipped', reason: 'no lock file has mcp', hint: expect.any(String)}},
  ])
  expect(planCombinations(wheel, python, [{...unlocked, versions: {problem: 'no network'}}], ['newest'])).toMatchObject(
    [{unverifiable: true, combination: {result: 'skipped', reason: 'no network'}}],
  )
  expect(plan({locked: '1.9.9'}, ['locked'])).toEqual([['1.9.9', 'locked', 'excluded']])
})

test('npm ranges are read as npm reads them', () => {
  const facts = {name: '@modelcontextprotocol/sdk', versions: ['1.0.0', '1.2.0', '1.3.0-beta.1', '2.0.0']}
  const versions = (range: string) =>
    planCombinations(tarball, node, [{...facts, range}], ['lowest', 'newest']).map(
      step => step.kind === 'run' && step.sdk?.version,
    )
  expect(versions('^1.0.0')).toEqual(['1.0.0', '1.2.0'])
  expect(versions('1.x || ^2.0.0')).toEqual(['1.0.0', '2.0.0'])
  expect(versions('~1.3.0-beta.0')).toEqual(['1.3.0-beta.1'])
  expect(versions('*')).toEqual(['1.0.0', '2.0.0'])
})

test('a package without an SDK is tried once with each interpreter', () => {
  expect(planCombinations(tarball, node, [], ['lowest', 'newest'])).toEqual([{kind: 'run', interpreter: node}])
})
