import {expect, test} from '@jest/globals'
import {parseManifest} from './npm-manifest'

const problemsOf = (fields: unknown) => {
  try {
    parseManifest('package.json', typeof fields === 'string' ? fields : JSON.stringify(fields))
    return []
  } catch (error) {
    return (error as {problems: readonly string[]}).problems
  }
}

test.each(['tools', '@scope/tools', '@scope/tools.js'])('the name %s is fine', name => {
  expect(problemsOf({name, version: '1.0.0-rc.1'})).toEqual([])
})

test.each(['Tools', '../tools', '@scope/', 'a b', '@scope/a/b', '', 7])('the name %j is none', name => {
  expect(problemsOf({name, version: '1.0.0'})).toEqual([
    `package.json: name: ${JSON.stringify(name)} is no name of an npm package`,
  ])
})

test('all problems are in one message', () => {
  expect(problemsOf({version: 'v1.0.0', private: true})).toEqual([
    'package.json: name: undefined is no name of an npm package',
    'package.json: version: "v1.0.0" is no version (SemVer without build metadata); write "1.0.0"',
    'package.json: private: is true, so npm refuses to publish; remove it if this package is to be released',
  ])
})

test.each(['{', '[]', 'null'])('%s is no package.json', text => {
  expect(problemsOf(text)).toEqual([expect.stringContaining('package.json: is no JSON')])
})
