import {expect, test} from '@jest/globals'
import {hasStage, readContainerfile} from './containerfile'

const text = `# syntax=docker/dockerfile:1
ARG BASE=debian
FROM --platform=$BUILDPLATFORM golang:1.26 AS Build
ARG TARGETOS TARGETARCH \\
  # a comment among the lines
    VERSION="1.0 beta"
LABEL stage=build
RUN <<EOF cat
LABEL not=one
EOF
FROM scratch as base
LABEL a=1 b="two words" \\
      c="\${VERSION}" 'd e'=f
FROM base
LABEL a=2 io.modelcontextprotocol.server.name="io.github.o/n"
label old form
`

test('arguments of all stages are found', () => {
  expect([...readContainerfile(text).args]).toEqual(['BASE', 'TARGETOS', 'TARGETARCH', 'VERSION'])
})

test('stages are found by name and by number', () => {
  const content = readContainerfile(text)
  expect(content.stages).toEqual(['build', 'base', ''])
  expect(['build', 'BASE', '2', '3', 'x'].map(name => hasStage(content, name))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('labels are those of the last stage and of the stages below it; a variable is not known', () => {
  expect([...readContainerfile(text).labels]).toEqual([
    ['a', '2'],
    ['b', 'two words'],
    ['c', undefined],
    ['d e', 'f'],
    ['io.modelcontextprotocol.server.name', 'io.github.o/n'],
    ['old', 'form'],
  ])
})

test('labels of a target are those of its stage', () => {
  expect([...readContainerfile(text, 'build').labels]).toEqual([['stage', 'build']])
  expect([...readContainerfile(text, '0').labels]).toEqual([['stage', 'build']])
})
