import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import type {Plan} from '@mcp-release/release-model'
import {ownPackage} from './knowledge'

// cargo-auditable lists the crate (https://github.com/rust-secure-code/cargo-auditable), which may be called otherwise than its
// program.
test('the licence of a program is that of its crate', async () => {
  const plan: Plan = {
    schemaVersion: 1,
    name: 'search',
    version: {tag: 'v0.4.0', text: '0.4.0', semver: '0.4.0', pep440: '0.4.0', prerelease: false, channel: 'stable'},
    sourceDate: 0,
    packages: [
      {
        ...{id: 'cargo:.#rgx', ecosystem: 'cargo', path: '.', name: 'rgx', crate: 'ripgrepx', version: '0.4.0'},
        ...{manifest: 'Cargo.toml', executables: ['rgx'], purl: 'pkg:cargo/ripgrepx@0.4.0', license: 'MIT'},
        ...{role: 'server', roleReason: 'the only program of its module'},
      },
    ],
    jobs: [],
    bundles: [],
    artifacts: [{name: 'rgx_0.4.0_linux_amd64.tar.gz', kind: 'archive', package: 'cargo:.#rgx'}],
    skipped: [],
    findings: [],
    settings: {},
  }
  const name = 'rgx_0.4.0_linux_amd64.tar.gz'
  const subject = {path: `/nowhere/${name}`, name, kind: 'archive', sha256: ''} as const
  expect(await ownPackage(new FakeHost(), subject, plan)).toEqual({
    ...{type: 'cargo', name: 'ripgrepx', version: '0.4.0', license: 'MIT'},
  })
})
