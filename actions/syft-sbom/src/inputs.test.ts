import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {refine} from './inputs'

const raw = {
  files: ['built/*'],
  exclude: [],
  formats: ['spdx-json'],
  outputDirectory: 'built',
  version: undefined,
  plan: undefined,
  sourceDate: 0,
  toolMirror: undefined,
}

function hostWith(...names: string[]): FakeHost {
  const host = new FakeHost()
  for (const name of names) {
    mkdirSync(join(host.workspace, name, '..'), {recursive: true})
    writeFileSync(join(host.workspace, name), '')
  }
  return host
}

test('SBOMs and signatures of an earlier run are no subjects', async () => {
  const host = hostWith('built/a.tgz', 'built/a.tgz.spdx.json', 'built/a.tgz.cdx.json', 'built/a.tgz.sigstore.json')
  expect((await refine(raw, host)).files).toEqual([join(host.workspace, 'built/a.tgz')])
})

test('all problems come in one message', async () => {
  const host = hostWith('built/a.tgz', 'other/a.tgz', 'built/demo-2.0.0-py3-none-any.whl')
  const bad = {...raw, files: ['*/*', 'none/*'], formats: ['spdx'], outputDirectory: '../x', version: '1.0.0'}
  await expect(refine(bad, host)).rejects.toMatchObject({
    code: 'INPUT',
    problems: [
      `files: "none/*" matches no file in ${host.workspace}`,
      `files: "a.tgz" is there twice, in "${host.workspace}/built" and "${host.workspace}/other"; give each a name of its own`,
      'formats: "spdx" is none of spdx-json, cyclonedx-json',
      'output-directory: "../x" lies outside the workspace',
      'files: "demo-2.0.0-py3-none-any.whl" is not of version 1.0.0',
    ],
  })
})

test('a version may be spelled as PEP 440 in the wheel and as SemVer in the tag', async () => {
  const host = hostWith('built/demo-1.0.0rc1-py3-none-any.whl')
  expect((await refine({...raw, version: 'v1.0.0-rc.1'}, host)).version).toBe('1.0.0-rc.1')
})
