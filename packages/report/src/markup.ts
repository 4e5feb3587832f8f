import {visibleLines} from '@mcp-release/action-kit'

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

/** HTML that was made by `markup`, as opposed to text, which is escaped wherever it is put. */
export class Markup {
  constructor(readonly html: string) {}
}

/** What may stand in the holes of a piece of HTML. */
export type Content = string | number | Markup | readonly Markup[] | undefined

/**
 * A piece of HTML: text in its holes is escaped, in attributes too, which must be quoted; characters that nobody sees
 * are written out; undefined is nothing.
 */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + fill(contents[index])).join(''))
}

/** The address of a file in the folder of the report. */
export function fileAddress(name: string): string {
  return `./${encoded(name)}`
}

/** The address of a file below the folder of the report, such as `logs/plan.log`. */
export function pathAddress(path: string): string {
  return `./${path.split('/').map(encoded).join('/')}`
}

function encoded(segment: string): string {
  // Half a character cannot be encoded and would stop the report.
  return encodeURIComponent(segment.replaceAll(/\p{Cs}/gu, '\ufffd'))
}

function fill(content: Content): string {
  if (content === undefined) return ''
  if (content instanceof Markup) return content.html
  if (typeof content === 'number' || typeof content === 'string') return escape(String(content))
  return content.map(({html}) => html).join('')
}

function escape(text: string): string {
  return visibleLines(text).replaceAll(/[&<>"']/g, character => entities[character] ?? '')
}
