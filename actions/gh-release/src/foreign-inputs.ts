// What the inputs of other actions are called here. The runner only warns of inputs that an action does not know, and hands
// them over all the same: without this a release would silently lack its notes or its files.
const renamed = {
  tag_name: 'tag-name',
  body_path: 'body-path',
  working_directory: 'working-directory',
  target_commitish: 'target-commitish',
  discussion_category_name: 'discussion-category',
  generate_release_notes: 'generate-notes',
  previous_tag: 'previous-tag',
  append_body: 'append-body',
  make_latest: 'make-latest',
  artifact: 'files',
  artifacts: 'files',
  bodyFile: 'body-path',
  commit: 'target-commitish',
  commitish: 'target-commitish',
  discussionCategory: 'discussion-category',
  generateReleaseNotes: 'generate-notes',
  generateReleaseNotesPreviousTag: 'previous-tag',
  makeLatest: 'make-latest',
  tag: 'tag-name',
  repo_token: 'token',
  file: 'files',
  release_name: 'name',
  target_commit: 'target-commitish',
  repo_name: 'repository',
  release_id: 'release-id',
  asset_path: 'files',
  automatic_release_tag: 'tag-name',
  title: 'name',
}

const withRemedy = {
  overwrite_files: '`on-existing-asset: keep` is what `overwrite_files: false` was, `replace` what `true` was',
  fail_on_unmatched_files: '`on-unmatched: warning` is what `false` was; `error` is the default',
  preserve_order: 'leave it out: GitHub shows files by name, whatever the order in which they came',
  allowUpdates: '`on-existing-release: error` is what `false` was; `update` is the default',
  skipIfReleaseExists: 'use `on-existing-release: skip`',
  updateOnlyUnreleased: 'use `on-existing-release: error`; a draft is gone on with all the same',
  replacesArtifacts: '`on-existing-asset: keep` is what `false` was, `replace` what `true` was',
  removeArtifacts: "use `prune: '*'`",
  artifactErrorsFailBuild: '`on-unmatched: warning` is what `false` was; `error` is the default',
  artifactContentType: 'leave it out: types follow from the names of the files',
  immutableCreate: 'leave it out: every release is complete before it is published',
  omitBody: 'leave it out, with `body` and `generate-notes`',
  omitBodyDuringUpdate: 'leave it out: generated notes never replace those of a release, and without `body` they stay',
  omitDraftDuringUpdate: 'leave it out: a published release is never taken back to draft',
  omitName: 'leave it out, with `name`',
  omitNameDuringUpdate: 'leave it out, with `name`: a release keeps its title',
  omitPrereleaseDuringUpdate: 'leave it out: `prerelease: auto` gives the same mark each time',
  owner: 'use `repository: owner/name`',
  repo: 'use `repository: owner/name`',
  asset_name: 'write `path => name` in `files`',
  asset_content_type: 'leave it out: types follow from the names of the files',
  file_glob: 'leave it out: `files` are patterns',
  overwrite: '`on-existing-asset: error` is what `false` was, `replace` what `true` was',
  promote: 'use `prerelease: false`',
  check_duplicates: 'leave it out: equal files are recognised',
  upload_url: 'leave it out, or give the `id` of the release as `release-id`; without it the tag finds the release',
}

/** What is wrong with inputs that other actions for releases have: what each is called here, or what to do without it. */
export function foreignInputs(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const given = (name: string) => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim() !== ''
  return [
    ...Object.entries(renamed)
      .filter(([name]) => given(name))
      .map(([name, here]) => `${name}: is an input of another action; here it is \`${here}\``),
    ...Object.entries(withRemedy)
      .filter(([name]) => given(name))
      .map(([name, remedy]) => `${name}: is an input of another action; ${remedy}`),
  ]
}
