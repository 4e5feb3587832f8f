import {type Omission, omissions} from '../answers'
import {facts, outcome, section} from './parts'
import {type Markup, markup} from '../markup'
import {notices} from '../plan-view'
import type {ReleaseReport, Report} from '../report'

/** What was left out and why, with what would change that. */
export function skippedSection(report: Report): Markup {
  const all = omissions(report)
  if (all.length === 0) return section('Skipped', markup`<p class="quiet">Nothing was skipped.</p>`)
  return section('Skipped', markup`<dl class="skipped">${all.map(omission)}</dl>`)
}

/** What was found and what the steps warned of. */
export function noticesSection(report: Report): Markup {
  const all = notices(report)
  if (all.length === 0) return section('Found', markup`<p class="quiet">Nothing was found.</p>`)
  const rows = all.map(({level, subject, text, hint}) => {
    const mark = level === 'warning' ? outcome('warning', text) : markup`${text}`
    return markup`<div><dt class="name">${subject}</dt><dd>${mark}</dd>${hint === undefined ? undefined : markup`<dd class="hint">${hint}</dd>`}</div>`
  })
  return section('Found', markup`<dl class="skipped">${rows}</dl>`)
}

/** The release as the embedded forge has it. */
export function releaseSection({release}: Report): Markup {
  if (release === undefined) return section('Release', markup`<p class="quiet">Nothing was released.</p>`)
  return section(
    'Release',
    markup`<p>Made on the forge that is part of this tool; nothing was published.</p>`,
    facts([
      ['Tag', markup`<code>${release.tag}</code>`],
      ['State', stateText(release)],
      ['Assets', release.assets],
      ['Downloaded again with equal digest', `${release.downloaded} of ${release.assets}`],
    ]),
  )
}

/** Commands with which a reader can check the files. */
export function verifySection({verify}: Report): Markup {
  if (verify.length === 0) return markup``
  return section(
    'Verify',
    markup`<p>In the folder of this page:</p>`,
    markup`<pre tabindex="0"><code>${verify.join('\n')}</code></pre>`,
  )
}

function omission({subjects, reason, hint}: Omission): Markup {
  const names = subjects.map(subject => markup`<dt class="name">${subject}</dt>`)
  const remedy = hint === undefined ? undefined : markup`<dd class="hint">${hint}</dd>`
  return markup`<div>${names}<dd>${reason}</dd>${remedy}</div>`
}

function stateText({state, draft, prerelease}: ReleaseReport): string {
  return [state, ...(draft ? ['draft'] : []), ...(prerelease ? ['prerelease'] : [])].join(', ')
}
