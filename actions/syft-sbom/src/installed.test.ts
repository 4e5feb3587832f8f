import {expect, test} from '@jest/globals'
import {installedAmong} from './installed'

const file = (name: string, content: string) => ({
  name,
  kind: 'file' as const,
  mode: 0o644,
  content: Buffer.from(content),
})

async function factsOf(...files: readonly [string, string][]) {
  const [found] = await installedAmong(files.map(([name, content]) => file(name, content)) as never)
  return found
}

const mit =
  'Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files'

// https://packaging.python.org/en/latest/specifications/core-metadata/
test.each([
  ['License-Expression: MIT\nAuthor: Ada\nAuthor-email: ada@example.org', 'Ada', 'MIT'],
  ['Author-email: Ada <ada@example.org>\nClassifier: License :: OSI Approved :: MIT License', 'Ada', 'MIT'],
  ['Author: UNKNOWN\nMaintainer: Bob\nLicense: Apache-2.0', 'Bob', 'Apache-2.0'],
  ['Home-page: https://github.com/acme/words\nLicense: BSD', 'acme', undefined],
  ['Project-URL: Source, https://github.com/acme/words\nLicense: UNKNOWN', 'acme', undefined],
  [
    'Classifier: License :: OSI Approved :: MIT License\nClassifier: License :: OSI Approved :: ISC License (ISCL)',
    undefined,
    undefined,
  ],
  ['License: Some\n  long\n  text', undefined, undefined],
])('METADATA with %j names %s and %s', async (fields, name, license) => {
  const found = await factsOf([
    'words-1.0.dist-info/METADATA',
    `Metadata-Version: 2.4\nName: words\nVersion: 1.0\n${fields}\n\nAuthor: Body\n`,
  ])
  expect(found).toMatchObject({type: 'pypi', name: 'words', version: '1.0'})
  expect([found?.supplier?.name, found?.license]).toEqual([name, license])
})

test('the text of a licence beside METADATA tells it, where no field does', async () => {
  const metadata: [string, string] = ['words-1.0.dist-info/METADATA', 'Name: words\nVersion: 1.0\n']
  expect((await factsOf(metadata, ['words-1.0.dist-info/licenses/LICENSE', mit]))?.license).toBe('MIT')
  expect((await factsOf(metadata, ['words-1.0.dist-info/LICENSE.txt', mit]))?.license).toBe('MIT')
  expect((await factsOf(metadata, ['other-1.0.dist-info/LICENSE', mit]))?.license).toBeUndefined()
})

test.each([
  [{author: 'Ada <ada@example.org>', license: 'MIT'}, 'Ada', 'MIT'],
  [{author: {name: 'Ada'}, licenses: [{type: 'ISC'}]}, 'Ada', 'ISC'],
  [{maintainers: [{name: 'Bob'}], license: 'SEE LICENSE IN X'}, 'Bob', undefined],
  [{contributors: ['Cy']}, 'Cy', undefined],
  [{repository: {url: 'git+https://github.com/acme/words.git'}}, 'acme', undefined],
  [{author: '', repository: 'acme/words'}, 'acme', undefined],
  [{}, undefined, undefined],
])('package.json with %j names %s and %s', async (fields, name, license) => {
  const manifest = JSON.stringify({name: 'words', version: '1.0.0', ...fields})
  const found = await factsOf(['node_modules/words/package.json', manifest])
  expect([found?.supplier?.name, found?.license]).toEqual([name, license])
})

test('a manifest inside a package is by whom the package is', async () => {
  const outer = JSON.stringify({name: 'words', version: '1.0.0', author: 'Ada'})
  const inner: [string, string] = [
    'node_modules/words/benchmark/package.json',
    '{"name": "benchmark", "version": "1.0.0"}',
  ]
  expect((await factsOf(inner, ['node_modules/words/package.json', outer]))?.supplier?.name).toBe('Ada')
  const nested: [string, string] = [
    'node_modules/words/node_modules/x/package.json',
    '{"name": "x", "version": "1.0.0"}',
  ]
  expect((await factsOf(nested, ['node_modules/words/package.json', outer]))?.supplier).toBeUndefined()
})

test('what is no manifest of a package is passed over', async () => {
  expect(await factsOf(['node_modules/words/package.json', '{"type": "module"}'])).toBeUndefined()
  expect(await factsOf(['node_modules/words/package.json', 'no JSON'])).toBeUndefined()
  const licensed = await factsOf(
    ['node_modules/w/LICENSE', mit],
    ['node_modules/w/package.json', '{"name": "w", "version": "1"}'],
  )
  expect(licensed?.license).toBe('MIT')
})
