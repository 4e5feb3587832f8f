/** The look of report.html: a page of text, in the colours of the reader's system, on any width and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #22201c; --quiet: #6a645a; --rule: #e3ddd2; --tint: #f5f2ea;
  --link: #1f4e86; --good: #23683c; --bad: #a32a1e; --warning: #7d5300; --tool: #5f7f9f; --own: #c48a3c;
  --serif: Charter, 'Bitstream Charter', 'Iowan Old Style', 'Sitka Text', Cambria, Georgia, 'Liberation Serif', serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181b; --ink: #e5e2db; --quiet: #a39d92; --rule: #33353a; --tint: #1f2125;
    --link: #93bbee; --good: #85c99a; --bad: #f2968a; --warning: #e2b866; --tool: #7d9dbf; --own: #d9a45c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  max-width: 68rem; margin: 0 auto; padding: 4rem 2rem 3rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums;
}
p { margin: 0 0 .75rem; max-width: 44rem; overflow-wrap: anywhere; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; overflow-wrap: anywhere; text-wrap: balance; }
h1 { margin: 0 0 .75rem; font-size: 2.6rem; letter-spacing: -.01em; }
h2 { margin: 0 0 1rem; font-size: 1.45rem; }
h3 { margin: 0 0 .5rem; font-size: 1.15rem; }
h4 { margin: 0; font-size: .9rem; font-weight: 500; }
section { margin-top: 3.25rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
article + article { margin-top: 2.5rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
a:hover { text-decoration-color: currentColor; }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: var(--mono); font-size: .85em; overflow-wrap: anywhere; }
dl, dd, ul { margin: 0; padding: 0; }
.kicker { margin-bottom: .5rem; color: var(--quiet); font-size: .875rem; }
.version { color: var(--quiet); font-weight: 400; }
.lead { max-width: none; margin-bottom: 1.75rem; font: 1.2rem/1.45 var(--serif); }
.quiet, .hint { color: var(--quiet); }
.name { display: block; overflow-wrap: anywhere; font-weight: 500; }
.digest { display: block; margin-top: .1rem; color: var(--quiet); font-size: .75rem; line-height: 1.45; word-break: break-all; -webkit-user-select: all; user-select: all; }
.outcome.good > :first-child, .good { color: var(--good); }
.outcome.bad > :first-child, .bad { color: var(--bad); }
.outcome.warning > :first-child, .warning { color: var(--warning); }
.outcome.left > :first-child { color: var(--quiet); }
.outcome { color: inherit; }
.outcome > :first-child { font-weight: 700; }
.facts { display: flex; flex-wrap: wrap; gap: .9rem 2.5rem; }
.facts dt { color: var(--quiet); font-size: .8rem; }
.facts dd { overflow-wrap: anywhere; }
.facts .digest { display: inline; color: inherit; font-size: .85em; }
.notice { margin: 0 0 1.75rem; padding: .1rem 0 .1rem 1rem; border-left: 3px solid currentColor; max-width: 44rem; }
.notice p { color: var(--ink); white-space: pre-line; }
.notice p.hint { color: var(--quiet); }
.notice p:last-child { margin-bottom: 0; }
.notice.left { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .6rem 1.25rem .6rem 0; text-align: left; vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { padding-top: 0; color: var(--quiet); font-size: .8rem; white-space: nowrap; border-bottom: 1px solid var(--rule); }
tbody tr + tr > * { border-top: 1px solid var(--rule); }
td .outcome, .word, td.number { white-space: nowrap; }
@media (min-width: 68rem) { tbody th .digest { white-space: nowrap; } }
.number { text-align: right; }
td .name { font-weight: 400; font-size: .85rem; }
h3 + table, table + h3 { margin-top: 1.75rem; }
.tools { margin: 1rem 0 1.75rem; }
.tools > div { display: grid; grid-template-columns: minmax(9rem, 13rem) 1fr; gap: 0 1.5rem; padding: .35rem 0; }
.tools dt { overflow-wrap: anywhere; }
.tools dd, .skipped dd { white-space: pre-line; overflow-wrap: anywhere; max-width: 40rem; }
.started { padding: .9rem 0; border-top: 1px solid var(--rule); }
.started p { margin: 0; max-width: none; font-size: .85rem; }
.checks { display: flex; flex-wrap: wrap; gap: .15rem 1.4rem; margin-top: .4rem; list-style: none; font-size: .85rem; }
.checks li { overflow-wrap: anywhere; }
.skipped dt { font-weight: 600; }
.skipped > div { padding: .6rem 0; }
.skipped > div + div { border-top: 1px solid var(--rule); }
pre { margin: 0; padding: 1rem 1.15rem; background: var(--tint); border-radius: 4px; white-space: pre-wrap; line-height: 1.6; }
.bar { display: flex; height: .6rem; margin-top: .42rem; min-width: min(16rem, 100%); }
.bar i { min-width: 0; }
.tool { background: var(--tool); }
.own { background: repeating-linear-gradient(135deg, var(--own) 0 2px, transparent 2px 4px); }
.key { display: inline-block; width: .9rem; height: .6rem; margin: 0 .15rem 0 0; }
.bar, .key { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
footer { margin-top: 3.25rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); color: var(--quiet); font-size: .875rem; }
@media (max-width: 44rem) {
  body { padding: 2rem 1.15rem; }
  h1 { font-size: 1.95rem; }
  .lead { font-size: 1.1rem; }
  section { margin-top: 2.25rem; padding-top: 1.25rem; }
  table, tbody, tr, tbody th, td { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: .8rem 0; }
  tbody tr + tr { border-top: 1px solid var(--rule); }
  tbody tr + tr > * { border-top: 0; }
  tbody th { padding: 0 0 .3rem; }
  td { display: grid; grid-template-columns: 6.5rem 1fr; gap: .75rem; padding: .1rem 0; text-align: left; }
  td::before { content: attr(data-label); color: var(--quiet); font-size: .8rem; }
  td.number { text-align: left; }
  .tools > div { grid-template-columns: 1fr; padding: .5rem 0; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --tint: #f4f4f4; --link: #000; --good: #1d5a33; --bad: #8f2016; --warning: #6b4700; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { margin-top: 1.5rem; padding-top: 1rem; }
  h2, h3, h4 { break-after: avoid; }
  tr, .started, .tools > div, .skipped > div { break-inside: avoid; }
}
`
