import {expect, test} from '@jest/globals'
import {readSpdxSupplier, repositoryOwner, spdxSupplier, supplierOf, supplierOfPurl} from './supplier'

test.each([
  ['Ada Words <ada@example.org> (https://example.org)', 'Person: Ada Words (ada@example.org)'],
  ['Ada Words', 'Person: Ada Words'],
  ['ada@example.org', 'Person: ada@example.org'],
  ['<ada@example.org>', 'Person: ada@example.org'],
  ['Ada <ada@example.org>, Bob <bob@example.org>', 'Person: Ada (ada@example.org)'],
  ['"Ada, Bob" <a@example.org>', 'Person: Ada, Bob (a@example.org)'],
  ['Words, Inc. <team@example.org>', 'Organization: Words, Inc. (team@example.org)'],
  ['The Words Authors', 'Organization: The Words Authors'],
  ['Ada (she)', 'Person: Ada'],
])('%s is supplied by %s', (text, supplier) => {
  const found = supplierOf(text)
  expect(found === undefined ? '' : spdxSupplier(found)).toBe(supplier)
  expect(readSpdxSupplier(supplier)?.name).toBe(found?.name)
})

test.each(['', 'UNKNOWN', '   ', 'None'])('%j names nobody', text => {
  expect(supplierOf(text)).toBeUndefined()
})

test.each([
  ['https://github.com/acme/words', 'acme'],
  ['git+https://github.com/acme/words.git', 'acme'],
  ['git@github.com:acme/words.git', 'acme'],
  ['github:acme/words', 'acme'],
  ['acme/words', 'acme'],
  ['https://gitlab.com/acme/words/-/issues', 'acme'],
  ['https://github.com/sponsors/acme', undefined],
  ['https://words.example.org/a/b', undefined],
])('the repository %s is of %s', (address, owner) => {
  expect(repositoryOwner(address)?.name).toBe(owner)
})

// https://github.com/package-url/purl-spec/tree/main/types-doc
test.each([
  ['pkg:golang/github.com/Masterminds/semver@v3.0.0', 'Masterminds'],
  ['pkg:golang/golang.org/x/net@v0.1.0', 'golang.org'],
  ['pkg:golang/gopkg.in/yaml.v3@v3.0.1', 'gopkg.in'],
  ['pkg:golang/stdlib@1.26.0', 'The Go Authors'],
  ['pkg:npm/%40acme/words@1.0.0', 'acme'],
  ['pkg:npm/words@1.0.0', undefined],
  ['pkg:pypi/words@1.0.0', undefined],
  ['pkg:github/acme/words@v1', 'acme'],
  ['pkg:npm/%E0%A4%A@1', undefined],
])('%s tells of %s', (purl, owner) => {
  expect(supplierOfPurl(purl)?.name).toBe(owner)
})
