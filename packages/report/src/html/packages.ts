import {startWords} from '@mcp-release/release-model'
import {nothing, section} from './parts'
import {table} from './table'
import {type Markup, markup} from '../markup'
import type {Report} from '../report'

/** What is released, what each package is and why, how it is started, and where that was learnt. */
export function packagesSection({packages}: Report): Markup {
  if (packages.length === 0) return section('Packages', markup`<p class="quiet">Nothing was planned.</p>`)
  const headings = [{title: 'Package'}, {title: 'Is a'}, {title: 'Starts as'}] as const
  const rows = packages.map(each => {
    const words = startWords(each)
    const place = `${each.ecosystem}${each.path === '.' ? '' : `, ${each.path}`}`
    return [
      markup`<span class="name">${each.name} <span class="version">${each.version}</span></span><span class="quiet">${place}</span>`,
      markup`${each.role}<br><span class="quiet">${each.roleReason}</span>`,
      words === undefined
        ? nothing
        : markup`<code>${words}</code><br><span class="quiet">learnt from ${each.start?.source}</span>`,
    ]
  })
  return section('Packages', table(headings, rows))
}
