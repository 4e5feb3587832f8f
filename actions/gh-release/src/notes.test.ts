import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {type NotesRequest, cutNotes, gatherNotes} from './notes'

const request: NotesRequest = {
  folder: '',
  body: undefined,
  bodyPath: undefined,
  changelog: undefined,
  onMissingSection: 'warning',
  tag: 'v1.0.0',
}

async function notesOf(files: Readonly<Record<string, string>>, given: Partial<NotesRequest>) {
  const host = new FakeHost()
  for (const [name, text] of Object.entries(files)) await host.files.write(name, text)
  const problems: string[] = []
  const notes = await gatherNotes(host, {...request, folder: host.workspace, ...given}, problems)
  return {...notes, problems, warnings: host.lines.filter(line => line.startsWith('warning: '))}
}

test('the body comes first, then the section of the changelog', async () => {
  const files = {'CHANGELOG.md': '## 1.0.0\n\n- News.\n'}
  expect(await notesOf(files, {body: 'Hello', changelog: 'CHANGELOG.md'})).toEqual({
    ...{text: 'Hello\n\n- News.', lacksSection: false},
    ...{problems: [], warnings: []},
  })
})

test('no notes are not the same as empty notes', async () => {
  expect(await notesOf({}, {})).toMatchObject({text: undefined, lacksSection: false})
})

test('missing files and paths outside the workspace are problems', async () => {
  const {problems} = await notesOf({}, {bodyPath: '../../etc/passwd', changelog: 'CHANGELOG.md'})
  expect(problems).toEqual([
    'body-path: "../../etc/passwd" lies outside the workspace',
    'changelog: "CHANGELOG.md" is no file',
  ])
})

test.each([
  ['## 0.9.0\n\nold', 'no', 'add "## [1.0.0]" with what changed'],
  ['## 1.0.0\n\n### Added\n\n## 0.9.0\n\nold', 'an empty', 'say there what changed'],
])('in %j generated notes stand in for the section, unless it is asked for', async (text, kind, remedy) => {
  const files = {'CHANGELOG.md': text}
  const said = `changelog: "CHANGELOG.md" has ${kind} section for v1.0.0; ${remedy}`
  expect(await notesOf(files, {changelog: 'CHANGELOG.md', body: 'Hello'})).toEqual({
    ...{text: 'Hello', lacksSection: true, problems: []},
    warnings: [`warning: ${said}. The notes are generated in its place; \`on-missing-section: error\` would stop here`],
  })
  const strict = await notesOf(files, {changelog: 'CHANGELOG.md', onMissingSection: 'error'})
  expect(strict).toMatchObject({problems: [said], warnings: []})
})

test('the section of a whole tag is that of its package, and reStructuredText becomes Markdown', async () => {
  const shared = '## words@1.0.0\n\nwords\n\n## time@1.0.0\n\ntime\n'
  expect(await notesOf({'C.md': shared}, {changelog: 'C.md', tag: 'time-v1.0.0'})).toMatchObject({text: 'time'})
  const rst = 'Demo 1.0.0 (2026-01-02)\n=======================\n\nFixed\n-----\n\n- `x <https://example.org>`_\n'
  expect(await notesOf({'NEWS.rst': rst}, {changelog: 'NEWS.rst'})).toMatchObject({
    text: '### Fixed\n\n- [x](https://example.org)',
  })
})

test('a file of notes that is not there is replaced by the body', async () => {
  const given = {body: 'Hello', bodyPath: 'NOTES.md'}
  expect(await notesOf({'NOTES.md': 'From a file\n'}, given)).toMatchObject({text: 'From a file', warnings: []})
  expect(await notesOf({}, given)).toMatchObject({
    text: 'Hello',
    problems: [],
    warnings: ['warning: body-path: "NOTES.md" is no file; the notes are those of `body`'],
  })
})

test('too long notes are cut with a mark, not through a character', () => {
  expect(cutNotes('short')).toBe('short')
  const cut = cutNotes('😀'.repeat(70_000))
  expect(cut.length).toBeLessThanOrEqual(125_000)
  expect(cut).toMatch(/😀\n\n\*\(The notes are cut here/u)
})
