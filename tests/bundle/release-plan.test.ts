import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {runBundle, temporaryFolder} from './run-bundle'

const env = {SOURCE_DATE_EPOCH: '1700000000', GITHUB_REPOSITORY: 'octo/server', GITHUB_SHA: 'a'.repeat(40)}

function workspace(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

test('the plan of a small server, in full', async () => {
  const repository = 'https://github.com/octo/server'
  const folder = workspace({
    'package.json': JSON.stringify({name: '@octo/server', version: '1.2.0', bin: 'cli.js', license: 'MIT', repository}),
    'cli.js': '#!/usr/bin/env node\n',
  })
  const result = await runBundle('release-plan', {workspace: folder, env: {...env, GITHUB_REF: 'refs/tags/v1.2.0'}})
  expect(result.exitCode).toBe(0)
  expect(result.stdout).toBe(`Looking for packages in .
Releases v1.2.0 in 12 files
- server @octo/server 1.2.0 (npm): installs a command; started as server (the command server of package.json; nothing says what it is given)
::group::Plan
{
  "schemaVersion": 1,
  "name": "server",
  "version": {
    "tag": "v1.2.0",
    "text": "1.2.0",
    "semver": "1.2.0",
    "pep440": "1.2.0",
    "prerelease": false,
    "channel": "stable"
  },
  "repository": "octo/server",
  "commit": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "sourceDate": 1700000000,
  "packages": [
    {
      "id": "npm:.",
      "ecosystem": "npm",
      "path": ".",
      "name": "@octo/server",
      "version": "1.2.0",
      "manifest": "package.json",
      "executables": [
        "server"
      ],
      "purl": "pkg:npm/%40octo/server@1.2.0",
      "license": "MIT",
      "role": "server",
      "roleReason": "installs a command",
      "start": {
        "args": [],
        "env": {},
        "transport": "stdio",
        "source": "the command server of package.json; nothing says what it is given"
      }
    }
  ],
  "jobs": [
    {
      "id": "npm",
      "runner": "ubuntu-24.04",
      "toolchain": "node",
      "action": "build-npm",
      "inputs": {
        "working-directory": ".",
        "version": "1.2.0",
        "package": "npm:."
      }
    }
  ],
  "bundles": [
    {
      "package": "npm:.",
      "type": "node",
      "directory": ".",
      "executable": "server",
      "files": [
        {
          "name": "server_1.2.0.mcpb",
          "from": [
            "octo-server-1.2.0.tgz"
          ]
        }
      ]
    }
  ],
  "artifacts": [
    {
      "name": "octo-server-1.2.0.tgz",
      "kind": "npm-package",
      "package": "npm:.",
      "job": "npm"
    },
    {
      "name": "server_1.2.0.mcpb",
      "kind": "mcpb",
      "package": "npm:."
    },
    {
      "name": "octo-server-1.2.0.tgz.spdx.json",
      "kind": "sbom",
      "subject": "octo-server-1.2.0.tgz"
    },
    {
      "name": "octo-server-1.2.0.tgz.cdx.json",
      "kind": "sbom",
      "subject": "octo-server-1.2.0.tgz"
    },
    {
      "name": "server_1.2.0.mcpb.spdx.json",
      "kind": "sbom",
      "subject": "server_1.2.0.mcpb"
    },
    {
      "name": "server_1.2.0.mcpb.cdx.json",
      "kind": "sbom",
      "subject": "server_1.2.0.mcpb"
    },
    {
      "name": "tools.json",
      "kind": "tools"
    },
    {
      "name": "release-manifest.json",
      "kind": "manifest"
    },
    {
      "name": "SHA256SUMS",
      "kind": "checksums"
    },
    {
      "name": "octo-server-1.2.0.tgz.sigstore.json",
      "kind": "signature",
      "subject": "octo-server-1.2.0.tgz"
    },
    {
      "name": "server_1.2.0.mcpb.sigstore.json",
      "kind": "signature",
      "subject": "server_1.2.0.mcpb"
    },
    {
      "name": "SHA256SUMS.sigstore.json",
      "kind": "signature",
      "subject": "SHA256SUMS"
    }
  ],
  "skipped": [],
  "findings": [],
  "settings": {}
}

::endgroup::
`)
  expect(result.outputs).toMatchObject({
    name: 'server',
    tag: 'v1.2.0',
    version: '1.2.0',
    prerelease: 'false',
    'source-date': '1700000000',
    plan: join(folder, 'release-plan.json'),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    expected: expect.stringContaining('octo-server-1.2.0.tgz\nserver_1.2.0.mcpb\nocto-server-1.2.0.tgz.spdx.json\n'),
  })
  expect(JSON.parse(result.outputs['matrix'] ?? '')).toMatchObject({include: [{id: 'npm', action: 'build-npm'}]})
  expect(result.summary).toContain('| octo-server-1.2.0.tgz | npm-package | any | npm |')
  expect(result.summary).toContain('| server_1.2.0.mcpb | mcpb | any | assemble |')
})

test('every problem of the inputs is told at once, and nothing is written', async () => {
  const inputs = {
    tag: 'next',
    targets: 'linux/mips\nlinux/amd64',
    toolchains: 'cobol',
    image: 'maybe',
  }
  const {exitCode, stdout, outputs} = await runBundle('release-plan', {inputs: {...inputs, image: 'auto'}, env})
  expect({exitCode, stdout, outputs}).toEqual({
    exitCode: 1,
    stdout:
      '::error::release-plan [INPUT]:%0A' +
      [
        '- tag: "next" is neither SemVer (1.2.3, 1.2.3-rc.1) nor PEP 440 (1.2.3, 1.2.3rc1, 1.2.3.post1); a tag is a version, such as v1.2.3, or has one at its end, such as name-v1.2.3',
        '- toolchains: "cobol" is none of python, node, go, rust, buildx',
        '- targets: "linux/mips" is not a platform such as linux/amd64',
      ].join('%0A') +
      '\n',
    outputs: {},
  })
})

test('names from a repository are text: no command of the runner comes out of them', async () => {
  const folder = workspace({
    'package.json': JSON.stringify({
      name: 'x',
      version: '1.0.0',
      license: '::set-env name=A::1\n::error::x',
      repository: '::error::y\n::error::z',
    }),
  })
  const {exitCode, stdout} = await runBundle('release-plan', {workspace: folder, env})
  expect(exitCode).toBe(0)
  expect(stdout.split('\n').filter(line => line.startsWith('::'))).toEqual([
    '::group::Plan',
    '::endgroup::',
    expect.stringMatching(
      /^::warning::package\.json: has the repository "::error::y\\n::error::z", and octo\/server releases it/,
    ),
  ])
})
