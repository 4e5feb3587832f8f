import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {pins} from '@mcp-release/tools'
import {runBundle, stubTool, temporaryFolder} from './run-bundle'

// Answers as syft does for an executable with one component, with all that differs from run to run.
const syft = stubTool(
  'syft',
  pins.syft,
  `const {writeFileSync} = require('node:fs')
  const args = process.argv.slice(2)
  const now = new Date().toISOString()
  const name = args[args.indexOf('--source-name') + 1]
  const root = 'SPDXRef-DocumentRoot-File-' + name
  const documents = {
    'spdx-json': {
      spdxVersion: 'SPDX-2.3', name, documentNamespace: 'urn:' + Math.random(),
      creationInfo: {created: now, creators: ['Tool: syft-0']},
      packages: [{SPDXID: 'SPDXRef-Package-a', name: 'a'}, {SPDXID: root, name}],
      relationships: [{spdxElementId: 'SPDXRef-DOCUMENT', relatedSpdxElement: root, relationshipType: 'DESCRIBES'}],
    },
    'cyclonedx-json': {
      bomFormat: 'CycloneDX', serialNumber: 'urn:uuid:' + Math.random(),
      metadata: {timestamp: now, tools: {components: [{name: 'syft', version: '0'}]}, component: {'bom-ref': 'x' + Math.random(), type: 'file', name}},
      components: [{'bom-ref': 'a', type: 'library', name: 'a'}],
    },
  }
  for (const [at, arg] of args.entries()) {
    if (arg !== '--output') continue
    const [format, path] = args[at + 1].split('=')
    writeFileSync(path, JSON.stringify(documents[format]))
  }
  console.log('::add-path::/evil')`,
)

test('SBOMs of a program: the whole transcript', async () => {
  const workspace = temporaryFolder()
  writeFileSync(join(workspace, 'server.zip'), 'program')
  const inputs = {files: 'server.zip', 'output-directory': 'out', version: 'v1.0.0', 'source-date': '0'}
  const result = await runBundle('syft-sbom', {inputs, workspace, path: [syft]})
  const transcript = result.stdout.replaceAll(syft, '<tools>').replaceAll(/sbom-\w{6}/g, 'sbom-XXXXXX')
  expect(transcript).toBe(`syft ${pins.syft.version} (path): <tools>/syft
server.zip: 1 components
`)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toEqual({
    sboms: `${workspace}/out/server.zip.spdx.json\n${workspace}/out/server.zip.cdx.json`,
    components: '{"server.zip":1}',
    'syft-version': pins.syft.version,
  })
  expect(JSON.parse(readFileSync(join(workspace, 'out/server.zip.cdx.json'), 'utf8'))).toMatchObject({
    metadata: {timestamp: '1970-01-01T00:00:00Z', component: {name: 'server.zip', version: '1.0.0'}},
    dependencies: [{ref: 'subject', dependsOn: ['a']}],
  })
})

test('a second run gives the same bytes', async () => {
  const workspace = temporaryFolder()
  writeFileSync(join(workspace, 'server.zip'), 'program')
  const run = async (folder: string) => {
    const inputs = {files: 'server.zip', 'output-directory': folder, 'source-date': '0'}
    expect((await runBundle('syft-sbom', {inputs, workspace, path: [syft]})).exitCode).toBe(0)
    return ['spdx', 'cdx'].map(kind => readFileSync(join(workspace, folder, `server.zip.${kind}.json`), 'utf8'))
  }
  expect(await run('a')).toEqual(await run('b'))
})

test('a pattern without a match stops the action before anything runs', async () => {
  const result = await runBundle('syft-sbom', {inputs: {files: 'none/*', formats: 'spdx'}})
  expect(result.exitCode).toBe(1)
  expect(result.stdout).toBe(
    '::error::syft-sbom [INPUT]:%0A- files: "none/*" matches no file in <workspace>%0A' +
      '- formats: "spdx" is none of spdx-json, cyclonedx-json\n',
  )
})
