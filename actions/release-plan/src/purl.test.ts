import {expect, test} from '@jest/globals'
import {purl} from './purl'

// https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst: golang, npm, pypi, cargo, oci
test.each([
  [
    {ecosystem: 'go', name: 'server', importPath: 'github.com/Acme/Tools', main: '.'},
    'pkg:golang/github.com/acme/tools@v1.2.3',
  ],
  [
    {ecosystem: 'go', name: 'server', importPath: 'github.com/acme/tools/v2/cmd/Server', main: './cmd/Server'},
    'pkg:golang/github.com/acme/tools/v2@v1.2.3#cmd/Server',
  ],
  [{ecosystem: 'npm', name: '@acme/tools'}, 'pkg:npm/%40acme/tools@1.2.3'],
  [{ecosystem: 'pypi', name: 'Acme_Tools'}, 'pkg:pypi/acme-tools@1.2.3'],
  [{ecosystem: 'cargo', name: 'acme_tools'}, 'pkg:cargo/acme_tools@1.2.3'],
  // The registry knows the crate, not its programs.
  [{ecosystem: 'cargo', name: 'tools', crate: 'acme_tools'}, 'pkg:cargo/acme_tools@1.2.3'],
  [{ecosystem: 'oci', name: 'tools'}, 'pkg:oci/tools'],
] as const)('the package URL of %j', (each, expected) => {
  expect(purl(each, '1.2.3')).toBe(expected)
})
