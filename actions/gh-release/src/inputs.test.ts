import {expect, test} from '@jest/globals'
import {readInputs} from '@mcp-release/action-kit'
import {contract} from './action.gen'
import {type Inputs, refine} from './inputs'

const runner = {GITHUB_REPOSITORY: 'acme/tool', GITHUB_REF: 'refs/tags/v1.2.3', GITHUB_SHA: 'c'.repeat(40)}

function refined(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = runner) {
  const given = Object.entries({token: 'secret', ...inputs}).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  const variables = Object.fromEntries(given) as Record<string, string>
  const problems: string[] = []
  const result: Inputs = refine(readInputs(contract, variables), {...env, ...variables}, problems)
  return {result, problems}
}

test('tag, repository and target come from the event', () => {
  const {result, problems} = refined({})
  expect(problems).toEqual([])
  expect(result).toMatchObject({tag: 'v1.2.3', repository: {owner: 'acme', name: 'tool'}, target: 'c'.repeat(40)})
  expect(result).toMatchObject({prerelease: false, makeLatest: 'auto', apiUrl: 'https://api.github.com'})
})

test('another repository does not get the commit of this one', () => {
  expect(refined({repository: 'acme/other'}).result.target).toBeUndefined()
})

test.each([
  ['refs/tags/v2.0.0-beta.1', 'v2.0.0-beta.1', true],
  ['tool-v2.0.0', 'tool-v2.0.0', false],
  ['@acme/tool@2.0.0-rc.1', '@acme/tool@2.0.0-rc.1', true],
  ['nightly', 'nightly', true],
])('tag-name %s is the tag %s, prerelease: %s', (given, tag, prerelease) => {
  expect(refined({'tag-name': given}).result).toMatchObject({tag, prerelease})
})

test('a branch is no tag', () => {
  expect(refined({}, {...runner, GITHUB_REF: 'refs/heads/main'}).problems).toEqual([
    'tag-name: required, since the event is not that of a tag (GITHUB_REF is "refs/heads/main")',
  ])
  expect(refined({'tag-name': 'refs/heads/main'}).problems).toHaveLength(1)
})

test.each([
  [{files: '!dist/a'}, 'files: "!dist/a" only says what is left out; add what is released'],
  [{files: 'dist/*\n!'}, 'files: "!" leaves nothing out; a pattern follows it'],
  [{'previous-tag': 'v1'}, 'previous-tag: only means something with `generate-notes: true`'],
  [
    {publish: 'false', expect: 'a'},
    'expect: belongs to the job that completes the release, but `publish` is false here',
  ],
  [{repository: 'acme/../x'}, 'repository: "acme/../x" is not owner/name'],
  [{concurrency: '0'}, 'concurrency: 0 is not between 1 and 50'],
  [{files: 'a => b/c'}, 'files: "a => b/c": the part after => is no file name'],
  [
    {'tag-name': 'v1.0.0-rc.1', 'make-latest': 'true'},
    'make-latest: "true", but "v1.0.0-rc.1" is a prerelease, which cannot be the latest release',
  ],
])('%j is refused', (inputs, problem) => {
  expect(refined(inputs).problems).toEqual([problem])
})

test('a line of files may give a name and a label', () => {
  expect(refined({files: 'a*.txt\nx y => z # The z\nb # B\nc#1'}).result.files).toEqual([
    {pattern: 'a*.txt'},
    {pattern: 'x y', name: 'z', label: 'The z'},
    {pattern: 'b', label: 'B'},
    {pattern: 'c#1'},
  ])
})

test('lines with ! leave files out, wherever they stand', () => {
  const {result, problems} = refined({files: '!a.map, {b,c}.map\ndist/*\n./!d', exclude: 'e'})
  expect(problems).toEqual([])
  expect(result.files).toEqual([{pattern: 'dist/*'}, {pattern: './!d'}])
  expect(result.exclude).toEqual(['e', 'a.map', '{b,c}.map'])
})

// The inputs of softprops/action-gh-release 3, ncipollo/release-action 1.22, svenstaro/upload-release-action 2 and
// actions/create-release, upload-release-asset 1, which the runner hands over although this action has no such inputs.
test.each([
  ['tag_name', 'here it is `tag-name`'],
  ['generate_release_notes', 'here it is `generate-notes`'],
  ['bodyFile', 'here it is `body-path`'],
  ['artifacts', 'here it is `files`'],
  ['skipIfReleaseExists', 'use `on-existing-release: skip`'],
  ['overwrite_files', '`on-existing-asset: keep` is what `overwrite_files: false` was, `replace` what `true` was'],
  ['repo_token', 'here it is `token`'],
  ['asset_path', 'here it is `files`'],
])('%s of another action is named with what to do', (name, remedy) => {
  expect(refined({[name]: 'x'}).problems).toEqual([`${name}: is an input of another action; ${remedy}`])
  expect(refined({[name]: ''}).problems).toEqual([])
})
