import {expect, test} from '@jest/globals'
import {assetName} from './asset-name'

test.each([
  ['tool-1.0.0.tar.gz', 'tool-1.0.0.tar.gz'],
  ['LICENSE', 'LICENSE'],
  ['a_b+c@d.txt', 'a_b+c@d.txt'],
  ['-leading-dash.txt', '-leading-dash.txt'],
  ['my file (1).txt', 'my.file.1.txt'],
  ['a  b', 'a.b'],
  ['a..b', 'a.b'],
  ['trailing.', 'default.trailing'],
  ['.txt', 'default.txt'],
  ['.a.txt', 'default.a.txt'],
  ['façade.exposé', 'facade.expose'],
  ['Grüße.zip', 'Gru.e.zip'],
  ['日本.zip', 'default.zip'],
])('%s is stored as %s', (given, stored) => {
  expect(assetName(given)).toBe(stored)
})
