import {expect, test} from '@jest/globals'
import {privateSiblings} from './private-siblings'

const util = JSON.stringify({name: '@o/util', version: '1.0.0', private: true})
const ruled = (fields: object, text = util) => {
  const manifest = {name: '@o/server', version: '1.0.0', scripts: {}, fields: {...fields}}
  return privateSiblings(manifest, {files: [], texts: {'packages/util/package.json': text}})
}
const levels = (fields: object, text?: string) => ruled(fields, text).map(({level}) => level)

// https://pnpm.io/workspaces#publishing-workspace-packages: `workspace:^` becomes a range that the registry has to meet.
test('a private package of the workspace that is needed is told with the ways out', () => {
  expect(ruled({dependencies: {'@o/util': 'workspace:^', zod: '^3.0.0'}})).toEqual([
    {
      level: 'error',
      text: 'has @o/util: "workspace:^" in dependencies, and packages/util/package.json is private, so that nobody can install the package',
      hint: 'Publish it ("private" out of packages/util/package.json), put it inside ("bundledDependencies": ["@o/util"]), or compile it in and name it in devDependencies.',
    },
  ])
})

test.each<[object, readonly string[]]>([
  [{dependencies: {'@o/util': '*'}}, ['error']],
  [{dependencies: {'@o/util': 'workspace:*'}}, ['error']],
  [{peerDependencies: {'@o/util': 'workspace:~'}}, ['error']],
  [{dependencies: {'@o/util': '^1.0.0'}}, ['warning']],
  [{devDependencies: {'@o/util': 'workspace:^'}}, []],
  [{optionalDependencies: {'@o/util': 'workspace:^'}}, []],
  [{peerDependencies: {'@o/util': '*'}, peerDependenciesMeta: {'@o/util': {optional: true}}}, []],
  [{dependencies: {'@o/util': 'workspace:^'}, bundledDependencies: ['@o/util']}, []],
  [{dependencies: {'@o/util': 'workspace:^'}, bundleDependencies: true}, []],
  [{dependencies: {'@o/util': 'npm:other@1'}}, []],
  [{dependencies: {'@o/other': 'workspace:^'}}, []],
])('%j gives %j', (fields, expected) => {
  expect(levels(fields)).toEqual(expected)
})

test('a sibling that is published is none', () => {
  expect(levels({dependencies: {'@o/util': 'workspace:^'}}, util.replace('true', 'false'))).toEqual([])
  expect(levels({dependencies: {'@o/util': 'workspace:^'}}, '{')).toEqual([])
})
