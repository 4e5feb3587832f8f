import {Markup, markup} from '../markup'

/** A column of a table: its heading and whether it holds numbers. */
export interface Heading {
  readonly title: string
  readonly numeric?: true
}

/**
 * A table whose rows become blocks on a narrow page; the first cell of a row is its header. The roles are those of the
 * elements: some browsers forget them when a table is laid out as blocks.
 */
export function table(headings: readonly Heading[], rows: readonly (readonly Markup[])[]): Markup {
  return markup`<table role="table">
<thead role="rowgroup"><tr role="row">${headings.map(headingCell)}</tr></thead>
<tbody role="rowgroup">
${rows.map(row => markup`<tr role="row">${row.map((cell, index) => bodyCell(cell, headings[index], index))}</tr>\n`)}</tbody>
</table>`
}

function headingCell(heading: Heading): Markup {
  return markup`<th role="columnheader" scope="col"${numeric(heading)}>${heading.title}</th>`
}

function bodyCell(cell: Markup, heading: Heading | undefined, index: number): Markup {
  if (index === 0) return markup`<th role="rowheader" scope="row">${cell}</th>`
  return markup`<td role="cell" data-label="${heading?.title}"${numeric(heading)}>${cell}</td>`
}

function numeric(heading: Heading | undefined): Markup | undefined {
  return heading?.numeric === true ? new Markup(' class="number"') : undefined
}
