import {expect, test} from '@jest/globals'
import {plan} from './plan'
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

test('a plan names the module of a Go program', () => {
  const texts = {
    'go.mod': 'module github.com/acme/tools/v2\n',
    'cmd/server/main.go': 'package main\n\nfunc main() {}\n',
  }
  const {packages} = plan(
    {tree: {files: Object.keys(texts), texts}, root: '.', folder: 'tools', sourceDate: 0},
    {
      ...{targets: ['linux/amd64'], imagePlatforms: ['linux/amd64'], image: 'never', bundles: 'auto'},
      ...{compatibility: false, toolchains: ['go'], settings: {}},
    },
  )
  expect(packages.map(each => each.purl)).toEqual(['pkg:golang/github.com/acme/tools/v2@v0.0.0-snapshot#cmd/server'])
})
