import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {join} from 'node:path'
import {stillExpected} from './left-out'

const expected = ['demo.tgz', 'demo.mcpb', 'demo.mcpb.spdx.json', 'demo.mcpb.sigstore.json', 'demo_2.mcpb']

test('what the manifest of a release says was left out is not expected, with all that describes it', async () => {
  const host = new FakeHost()
  const path = join(host.workspace, 'release-manifest.json')
  const files = [{name: 'release-manifest.json', path}]
  await host.files.write(path, JSON.stringify({schemaVersion: 1, leftOut: ['demo.mcpb']}))
  expect(await stillExpected(host, expected, files)).toEqual(['demo.tgz', 'demo_2.mcpb'])
  await host.files.write(path, JSON.stringify({schemaVersion: 1}))
  expect(await stillExpected(host, expected, files)).toEqual(expected)
  expect(await stillExpected(host, expected, [])).toEqual(expected)
})
