import type {VerifiedServer} from '@mcp-release/release-model'
import {isCompanion, serverOf} from './answers'
import {fileLink, nothing, outcome, section, size} from './html-parts'
import {table} from './html-table'
import {type Markup, markup} from './markup'
import {countText} from './quantities'
import type {FileReport, Report} from './report'

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
    markup`${file.kind}`,
    markup`${file.platform ?? 'any'}`,
    size(file),
    started(serverOf(report, file)),
    file.signature === undefined ? nothing : outcome('good', 'signed'),
  ])
  return section('Files', table(headings, rows))
}

/** Signatures and SBOMs: first what belongs to which file, then the files themselves with their digests. */
export function evidenceSection(report: Report): Markup {
  const described = report.files.filter(file => file.signature !== undefined || file.sboms.length > 0)
  if (described.length === 0) return section('Signatures and SBOMs', markup`<p class="quiet">Nothing was signed.</p>`)
  const rows = described.map(file => [
    markup`<span class="name">${file.name}</span>`,
    file.signature === undefined ? nothing : markup`<span class="name">${fileLink(file.signature)}</span>`,
    file.sboms.length === 0
      ? nothing
      : markup`${file.sboms.map(name => markup`<span class="name">${fileLink(name)}</span>`)}`,
  ])
  const headings = [{title: 'File'}, {title: 'Signature'}, {title: 'SBOM'}]
  return section('Signatures and SBOMs', unsigned(report), table(headings, rows), companions(report))
}

function unsigned(report: Report): Markup {
  const files = report.files.filter(file => file.signature === undefined && !isCompanion(file))
  const signed = report.files.length - report.files.filter(({signature}) => signature === undefined).length
  if (files.length === 0) return markup`<p>Every file of the release is signed.</p>`
  const names = files.map(({name}) => markup` <code>${name}</code>`)
  return markup`<p>${countText(signed, 'file')} signed. Without a signature of their own:${names}</p>`
}

function companions(report: Report): Markup {
  const files = report.files.filter(isCompanion)
  if (files.length === 0) return markup``
  const headings = [
    {title: 'Signature or SBOM file and SHA-256'},
    {title: 'Kind'},
    {title: 'Size', numeric: true},
  ] as const
  const rows = files.map(file => [named(file), markup`${file.kind}`, size(file)])
  return markup`<h3>Their digests</h3>${table(headings, rows)}`
}

function named(file: FileReport): Markup {
  return markup`<span class="name">${fileLink(file.name)}</span><code class="digest">${file.sha256}</code>`
}

function started(server: VerifiedServer | undefined): Markup {
  if (server === undefined) return markup`<span class="quiet">no server</span>`
  switch (server.status) {
    case 'verified':
      return markup`${outcome('good', countText(server.tools?.length ?? 0, 'tool'))}`
    case 'failed':
      return outcome('bad', 'failed')
    case 'skipped':
      return outcome('left', 'skipped')
  }
}
