import {markdownTable} from '@mcp-release/action-kit'
import type {Verification} from '@mcp-release/release-model'
import type {NotStarted} from './not-started'

/** What was started where, for release notes: one line, and the files behind it. */
export function startedNotes({servers}: Verification, skipped: readonly NotStarted[]): string {
  const reasons = new Map(skipped.map(each => [each.file, each]))
  const started = servers.filter(({startedOn = []}) => startedOn.length > 0)
  const rest = servers.filter(({startedOn = []}) => startedOn.length === 0)
  const rows = [
    ...started.map(({file, startedOn = []}) => [file, startedOn.join(', ')]),
    ...rest.map(({file, status, reason = ''}) => [
      file,
      `${status === 'unverified' ? 'not verified' : 'not started'}: ${firstLine(reasons.get(file)?.reason ?? reason)}`,
    ]),
  ]
  return [
    '<details>',
    `<summary>${started.length} of ${servers.length} files were started before this release was published</summary>`,
    '',
    markdownTable(['file', 'started on'], rows),
    '</details>',
    '',
  ].join('\n')
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 200) ?? ''
}
