import {type Content, fileAddress, type Markup, markup} from '../markup'
import {sizeText} from '../quantities'
import type {FileReport} from '../report'

const signs = {
  good: {mark: '✓', name: 'good'},
  bad: {mark: '✗', name: 'bad'},
  warning: {mark: '!', name: 'warning'},
  left: {mark: '–', name: 'left'},
} as const

/** How something went: each has a mark of its own, so that nothing depends on colour. */
export type Outcome = keyof typeof signs

/** A mark and a word for how something went. */
export function outcome(kind: Outcome, text: string): Markup {
  const {mark, name} = signs[kind]
  return markup`<span class="outcome ${name}"><span aria-hidden="true">${mark}</span> ${text}</span>`
}

/** A link to a file of the release. */
export function fileLink(name: string): Markup {
  return markup`<a href="${fileAddress(name)}">${name}</a>`
}

/** Nothing, said so that a screen reader says it too. */
export const nothing = markup`<span class="quiet">none</span>`

/** Size, with the exact bytes for who points at it. */
export function size(file: FileReport): Markup {
  return markup`<span title="${file.size} bytes">${sizeText(file.size)}</span>`
}

/** A part of the page under its heading. */
export function section(title: string, ...contents: readonly Markup[]): Markup {
  return markup`<section>
<h2>${title}</h2>
${contents}
</section>
`
}

/** A list of facts, without those that are unknown. */
export function facts(entries: readonly (readonly [name: string, value: Content])[]): Markup {
  const known = entries.filter(([, value]) => value !== undefined)
  return markup`<dl class="facts">${known.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
