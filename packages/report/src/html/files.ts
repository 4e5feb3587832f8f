import type {VerifiedServer} from '@mcp-release/release-model'
import {isCompanion, serverOf} from '../answers'
import {fileLink, nothing, outcome, section, size} from './parts'
import {table} from './table'
import {fileAddress, type Markup, markup} from '../markup'
import {countText} from '../quantities'
import type {FileReport, Report} from '../report'

/** Every file of the release with its digest, whether it was started and whether it was signed. */
export function filesSection(report: Report): Markup {
  const files = report.files.filter(file => !isCompanion(file))
  if (files.length === 0) return section('Files', markup`<p class="quiet">No files were made.</p>`)
  const headings = [
    {title: 'File and SHA-256'},
    {title: 'Kind'},
    {title: 'Platform'},
    {title: 'Size', numeric: true},
    {title: 'Started'},
    {title: 'Signed'},
  ] as const
  const rows = files.map(file => [
    named(file),
    markup`<span class="word">${file.kind}</span>`,
    markup`<span class="word">${file.platform ?? 'any'}</span>`,
    size(file),
    started(serverOf(report, file)),
    file.signature === undefined
      ? nothing
      : markup`<a href="${fileAddress(file.signature)}">${outcome('good', 'signed')}</a>`,
  ])
  return section('Files', table(headings, rows))
}

/** Signatures and SBOMs with their digests, each with the files that it signs or describes. */
export function evidenceSection(report: Report): Markup {
  const names = companionNames(report)
  if (names.length === 0) return section('Signatures and SBOMs', markup`<p class="quiet">Nothing was signed.</p>`)
  const headings = [{title: 'File and SHA-256'}, {title: 'For'}, {title: 'Size', numeric: true}] as const
  const rows = names.map(name => {
    const file = report.files.find(each => each.name === name)
    const subjects = report.files.filter(each => each.signature === name || each.sboms.includes(name))
    return [
      file === undefined ? markup`<span class="name">${fileLink(name)}</span>` : named(file),
      subjects.length === 0 ? nothing : markup`${subjects.map(each => markup`<span class="name">${each.name}</span>`)}`,
      file === undefined ? nothing : size(file),
    ]
  })
  return section('Signatures and SBOMs', signedText(report), table(headings, rows))
}

function companionNames(report: Report): readonly string[] {
  const listed = report.files.filter(isCompanion).map(({name}) => name)
  const named = report.files.flatMap(({signature, sboms}) => [
    ...(signature === undefined ? [] : [signature]),
    ...sboms,
  ])
  return [...new Set([...listed, ...named])]
}

function signedText(report: Report): Markup {
  const files = report.files.filter(file => !isCompanion(file))
  const unsigned = files.filter(({signature}) => signature === undefined).map(({name}) => name)
  if (unsigned.length === 0) return markup`<p>Every file above is signed.</p>`
  const signed = files.length - unsigned.length
  return markup`<p>${countText(signed, 'file')} signed; without a signature of their own: ${unsigned.join(', ')}.</p>`
}

function named(file: FileReport): Markup {
  return markup`<span class="name">${fileLink(file.name)}</span><code class="digest">${file.sha256}</code>`
}

function started(server: VerifiedServer | undefined): Markup {
  if (server === undefined) return markup`<span class="quiet">no server</span>`
  switch (server.status) {
    case 'verified':
      return outcome('good', countText(server.tools?.length ?? 0, 'tool'))
    case 'failed':
      return outcome('bad', 'failed')
    case 'skipped':
      return outcome('left', 'skipped')
    case 'unverified':
      return outcome('left', 'not verified')
    case 'checked':
      return outcome('good', 'starts, no server')
  }
}
