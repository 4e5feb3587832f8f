import {expect, test} from '@jest/globals'
import {githubAssetName} from './asset-name'

test.each([
  ['tool-1.0.0.tar.gz', 'tool-1.0.0.tar.gz'],
  ['LICENSE', 'LICENSE'],
  ['-dash_@+x.txt', '-dash_@+x.txt'],
  ['my file (1).txt', 'my.file.1.txt'],
  ['a..b', 'a.b'],
  ['.env.txt', 'default.env.txt'],
  ['exposé.pdf', 'expose.pdf'],
  ['日本.zip', 'default.zip'],
])('%s is stored as %s', (given, stored) => {
  expect(githubAssetName(given)).toBe(stored)
})
