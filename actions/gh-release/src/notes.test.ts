import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {cutNotes, gatherNotes, joinNotes} from './notes'

const request = {folder: '', body: undefined, bodyPath: undefined, changelog: undefined, tag: 'v1.0.0'}

test('the body comes first, then the section of the changelog', async () => {
  const host = new FakeHost()
  await host.files.write('CHANGELOG.md', '## 1.0.0\n\n- News.\n')
  const problems: string[] = []
  expect(
    await gatherNotes(host, {...request, folder: host.workspace, body: 'Hello', changelog: 'CHANGELOG.md'}, problems),
  ).toBe('Hello\n\n- News.')
  expect(problems).toEqual([])
})

test('no notes are not the same as empty notes', async () => {
  expect(await gatherNotes(new FakeHost(), request, [])).toBeUndefined()
})

test('missing files, missing sections and paths outside the workspace are problems', async () => {
  const host = new FakeHost()
  await host.files.write('CHANGELOG.md', '## 0.9.0\n')
  const problems: string[] = []
  await gatherNotes(
    host,
    {...request, folder: host.workspace, bodyPath: '../../etc/passwd', changelog: 'CHANGELOG.md'},
    problems,
  )
  expect(problems).toEqual([
    'body-path: "../../etc/passwd" lies outside the workspace',
    'changelog: "CHANGELOG.md" has no section for v1.0.0; add "## [1.0.0]"',
  ])
})

test('notes that are there already are not added again', () => {
  expect(joinNotes('One\n\nTwo', 'Two')).toBe('One\n\nTwo')
  expect(joinNotes('One', '', 'Two')).toBe('One\n\nTwo')
})

test('too long notes are cut with a mark, not through a character', () => {
  expect(cutNotes('short')).toBe('short')
  const cut = cutNotes('😀'.repeat(70_000))
  expect(cut.length).toBeLessThanOrEqual(125_000)
  expect(cut).toMatch(/😀\n\n\*\(The notes are cut here/u)
})
