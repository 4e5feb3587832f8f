import {mkdir, mkdtemp, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {expect, test} from '@jest/globals'
import {exportSuite, spellOut, usedRepositories} from './act-suite'

const workflow = `jobs:
  plan:
    steps:
      - uses: actions/checkout@0123 # v5.0.0
      - id: plan
        uses: $/actions/release-plan
        with:
          note: $/actions/not-this
      - uses: $/actions/gh-release
      - run: echo 'uses $/actions/nor-this'
`

test('only the form that act rejects is rewritten', () => {
  const expected = workflow
    .replace('uses: $/actions/release-plan', 'uses: mcp-release/mcp-release/actions/release-plan@v1')
    .replace('uses: $/actions/gh-release', 'uses: mcp-release/mcp-release/actions/gh-release@v1')
  expect(spellOut(workflow)).toBe(expected)
})

test('every repository that is used is found once', () => {
  expect(usedRepositories(spellOut(workflow))).toEqual(['actions/checkout@0123', 'mcp-release/mcp-release@v1'])
})

test('an exported suite has contracts, bundles and the workflow, and no sources', async () => {
  const [checkout, out] = [await folder(), await folder()]
  const files = {
    '.github/workflows/release.yml': workflow,
    '.github/workflows/ci.yml': 'on: push\n',
    'actions/release-plan/action.yml': 'name: release-plan\n',
    'actions/release-plan/src/index.ts': 'export {}\n',
    'dist/release-plan/index.js': 'export {}\n',
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(checkout, name)), {recursive: true})
    await writeFile(join(checkout, name), content)
  }
  await mkdir(join(checkout, 'actions/unfinished'))
  await exportSuite(checkout, out)
  const read = (name: string): Promise<string> => readFile(join(out, name), 'utf8')
  expect(await read('.github/workflows/release.yml')).toBe(spellOut(workflow))
  expect(await read('actions/release-plan/action.yml')).toBe('name: release-plan\n')
  expect(await read('dist/release-plan/index.js')).toBe('export {}\n')
  await expect(read('actions/release-plan/src/index.ts')).rejects.toThrow('ENOENT')
  await expect(read('.github/workflows/ci.yml')).rejects.toThrow('ENOENT')
})

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'act-suite-'))
