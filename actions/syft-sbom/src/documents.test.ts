import {expect, test} from '@jest/globals'
import {cycloneDxComponents, finishCycloneDx, mergeCycloneDx} from './cyclonedx'
import type {Facts} from './describe'
import {finishSpdx, mergeSpdx, spdxComponents} from './spdx'

const facts: Facts = {
  subject: {path: '/x/app.tgz', name: 'app.tgz', kind: 'npm-package', sha256: 'ab'.repeat(32), version: '1.0.0'},
  created: '2023-11-14T22:13:20Z',
  syftVersion: '1.2.3',
}

function spdx(root: string, packages: readonly string[]) {
  return {
    spdxVersion: 'SPDX-2.3',
    name: '/tmp/x',
    documentNamespace: `urn:${root}`,
    creationInfo: {created: '2026-01-01T00:00:00Z', creators: ['Organization: A', 'Tool: syft-[not provided]']},
    packages: [...packages.map(name => ({SPDXID: `SPDXRef-${name}`, name})), {SPDXID: root, name: '/tmp/x'}],
    files: [{SPDXID: 'SPDXRef-File-a', checksums: [{algorithm: 'SHA1', checksumValue: '0'.repeat(40)}]}],
    relationships: [
      {spdxElementId: 'SPDXRef-a', relatedSpdxElement: 'SPDXRef-File-a', relationshipType: 'OTHER'},
      {spdxElementId: root, relatedSpdxElement: 'SPDXRef-a', relationshipType: 'CONTAINS'},
      {spdxElementId: 'SPDXRef-DOCUMENT', relatedSpdxElement: root, relationshipType: 'DESCRIBES'},
    ],
  }
}

function cycloneDx(root: string, refs: readonly string[]) {
  return {
    serialNumber: `urn:uuid:${root}`,
    metadata: {
      timestamp: '2026-01-01T00:00:00Z',
      tools: {components: [{name: 'syft', version: '[not provided]'}]},
      component: {'bom-ref': root, type: 'file', name: '/tmp/x'},
    },
    components: [
      ...refs.map(name => ({'bom-ref': name, type: 'library', name})),
      {'bom-ref': 'f', type: 'file', name: '/tmp/x/f'},
      {'bom-ref': 'os', type: 'operating-system', name: 'debian'},
    ],
    dependencies: [{ref: 'a', dependsOn: ['b']}],
  }
}

test('SPDX: parts become one document about the file, without files of false digests', () => {
  const document = finishSpdx(mergeSpdx([spdx('SPDXRef-R1', ['a', 'b']), spdx('SPDXRef-R2', ['a', 'c'])]), facts)
  expect(document.packages.map(({SPDXID}) => SPDXID)).toEqual([
    'SPDXRef-Subject',
    'SPDXRef-a',
    'SPDXRef-b',
    'SPDXRef-c',
  ])
  expect(spdxComponents(document)).toBe(3)
  expect(document).not.toHaveProperty('files')
  expect(document.relationships).toEqual([
    {spdxElementId: 'SPDXRef-Subject', relatedSpdxElement: 'SPDXRef-a', relationshipType: 'CONTAINS'},
    {spdxElementId: 'SPDXRef-DOCUMENT', relatedSpdxElement: 'SPDXRef-Subject', relationshipType: 'DESCRIBES'},
  ])
  expect(document.creationInfo).toEqual({created: facts.created, creators: ['Organization: A', 'Tool: syft-1.2.3']})
})

test('CycloneDX: parts become one document whose subject needs what nothing else needs', () => {
  const document = finishCycloneDx(mergeCycloneDx([cycloneDx('r1', ['a', 'b']), cycloneDx('r2', ['b', 'c'])]), facts)
  expect(document.components?.map(each => each['bom-ref'])).toEqual(['a', 'b', 'os', 'c'])
  expect(cycloneDxComponents(document)).toBe(3)
  expect(document.dependencies).toEqual([
    {ref: 'subject', dependsOn: ['a', 'os', 'c']},
    {ref: 'a', dependsOn: ['b']},
  ])
  expect(document.metadata.tools.components).toEqual([{name: 'syft', version: '1.2.3'}])
})

test('identifiers depend on the content alone', () => {
  const first = finishSpdx(mergeSpdx([spdx('SPDXRef-R1', ['a'])]), facts).documentNamespace
  expect(first).toMatch(/^https:\/\/spdx\.org\/spdxdocs\/app\.tgz-[0-9a-f]{64}$/)
  expect(finishSpdx(mergeSpdx([spdx('SPDXRef-R9', ['a'])]), facts).documentNamespace).toBe(first)
  expect(finishSpdx(mergeSpdx([spdx('SPDXRef-R1', ['b'])]), facts).documentNamespace).not.toBe(first)
  const serial = finishCycloneDx(mergeCycloneDx([cycloneDx('r1', ['a'])]), facts).serialNumber
  expect(serial).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(finishCycloneDx(mergeCycloneDx([cycloneDx('r9', ['a'])]), facts).serialNumber).toBe(serial)
})
