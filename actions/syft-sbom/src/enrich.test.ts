import {expect, test} from '@jest/globals'
import {cycloneDxKey, enrichCycloneDx, enrichSpdx, keyText, spdxKey} from './enrich'
import {licenseExpression, licenseOfText} from './license-text'
import {missingWheel} from './without-wheels'
import {ActionError} from '@mcp-release/action-kit'

const purl = 'pkg:golang/example.org/demo@%28devel%29#cmd/demo'
const module = {'bom-ref': 'a', type: 'library', name: 'example.org/demo', version: '(devel)', purl}
const crate = {'bom-ref': 'b', type: 'library', name: 'serde', version: '1.0.0', purl: 'pkg:cargo/serde@1.0.0'}
const licensed = {
  ...crate,
  'bom-ref': 'c',
  name: 'other',
  licenses: [{license: {id: 'ISC'}}],
  purl: 'pkg:cargo/other@1.0.0',
}
const knowledge = new Map([
  [keyText(cycloneDxKey(module)), {version: 'v1.2.3', license: 'Apache-2.0'}],
  [keyText(cycloneDxKey(crate)), {license: 'MIT OR Apache-2.0'}],
  [keyText(cycloneDxKey(licensed)), {license: 'MIT'}],
])
const created = '2023-11-14T22:13:20Z'

test('CycloneDX: the main module gets its version, and components the licences that are known', () => {
  const metadata = {timestamp: '', tools: {components: []}, component: {'bom-ref': 'r', type: 'file', name: 'x'}}
  const document = enrichCycloneDx({serialNumber: '', metadata, components: [module, crate, licensed]}, knowledge, [
    {name: 'serde', reason: 'x'},
    {reason: 'y'},
  ])
  expect(document.components).toEqual([
    {
      ...module,
      version: 'v1.2.3',
      purl: 'pkg:golang/example.org/demo@v1.2.3#cmd/demo',
      licenses: [{license: {id: 'Apache-2.0'}}],
      supplier: {name: 'example.org'},
    },
    {...crate, licenses: [{expression: 'MIT OR Apache-2.0'}]},
    licensed,
  ])
  // https://cyclonedx.org/docs/1.6/json/#compositions
  expect(document['compositions']).toEqual([{aggregate: 'incomplete', dependencies: ['b', 'subject']}])
})

test('SPDX: likewise, and what is incomplete is annotated', () => {
  const externalRefs = [{referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl}]
  const root = {SPDXID: 'SPDXRef-Subject', name: 'demo.tar.gz'}
  const own = {
    SPDXID: 'SPDXRef-a',
    name: 'example.org/demo',
    versionInfo: '(devel)',
    licenseDeclared: 'NOASSERTION',
    externalRefs,
  }
  expect(keyText(spdxKey(own))).toBe(keyText(cycloneDxKey(module)))
  const document = {
    name: '',
    documentNamespace: '',
    creationInfo: {created: '', creators: []},
    packages: [root, own],
    relationships: [],
  }
  const {packages} = enrichSpdx(document, knowledge, {incomplete: [{reason: 'no wheels'}], created})
  expect(packages).toEqual([
    {
      ...root,
      // https://spdx.github.io/spdx-spec/v2.3/annotations/
      annotations: [
        {
          annotationDate: created,
          annotationType: 'OTHER',
          annotator: 'Tool: mcp-release',
          comment: 'incomplete: no wheels',
        },
      ],
    },
    {
      ...own,
      versionInfo: 'v1.2.3',
      licenseDeclared: 'Apache-2.0',
      supplier: 'Organization: example.org',
      externalRefs: [{...externalRefs[0], referenceLocator: 'pkg:golang/example.org/demo@v1.2.3#cmd/demo'}],
    },
  ])
})

test.each([
  [
    '                                 Apache License\n                           Version 2.0, January 2004\n',
    'Apache-2.0',
  ],
  [
    'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software and associated documentation files (the "Software")',
    'MIT',
  ],
  ['GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007', 'GPL-3.0-only'],
  [
    'Redistribution and use in source and binary forms, with or without modification\n3. Neither the name of the copyright holder',
    'BSD-3-Clause',
  ],
  ['Mozilla Public License Version 2.0\n====', 'MPL-2.0'],
  ['All rights reserved.', undefined],
])('the licence of %j is %s', (text, id) => {
  expect(licenseOfText(text)).toBe(id)
})

test.each([
  ['MIT/Apache-2.0', 'MIT OR Apache-2.0'],
  ['(MIT OR Apache-2.0) AND Unicode-3.0', '(MIT OR Apache-2.0) AND Unicode-3.0'],
  ['Apache-2.0 WITH LLVM-exception', 'Apache-2.0 WITH LLVM-exception'],
  ['UNLICENSED', undefined],
  ['SEE LICENSE IN LICENSE', undefined],
  ['', undefined],
])('%j is the expression %s', (text, expression) => {
  expect(licenseExpression(text)).toBe(expression)
})

test('pip says which dependency has no wheel', () => {
  const said =
    'pip exited with 1:\nERROR: Could not find a version that satisfies the requirement demo-sdist>=1 (from versions: none)\nERROR: No matching distribution found for demo-sdist>=1'
  expect(missingWheel(new ActionError('TOOL', said))).toBe('demo-sdist>=1')
  expect(missingWheel(new Error(said))).toBeUndefined()
})
