import {parseTag, parseVersion} from './version'

/** What the heading of a changelog says. */
export interface HeadingTitle {
  readonly version?: string
  /** What stands before the version: a package, or the words of a title. */
  readonly name?: string
  /** Whether the version leads, or has the name of a package joined to it; else words stand before it. */
  readonly isCertain: boolean
  /** Whether nothing but a date, a remark or a mark of punctuation follows, as behind the version of a release. */
  readonly looksLikeHead: boolean
  readonly isUnreleased: boolean
}

const unreleased = /^\[?\s*(un-?released|(next|upcoming|future)( release| version)?\]?$|(in|under) development)/i
const isoDate = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}$/
// Node.js: `2026-01-02, Version 1.2.3 (LTS)`.
const leadingDate = /^[[(]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[\])]?\s*[,:|–—-]?\s+(?=\S)/
const leadingWord = /^(?:(?:version|ver\.?|releases?|release notes(?: for)?|what[’']s (?:changed|new) in)\b[:\s]+)+/i
// Behind these a version is spoken of, not released.
const relation =
  /(?:^|\s)(?:to|from|since|until|before|after|for|with|without|in|of|on|at|by|than|as|and|or|requires?|supports?|supporting|drops?|dropped|uses?|needs?|via|see|→|>=?|<=?|==?|~|\^)$/i

/** Reads the plain text of a heading; `undefined` when it says nothing about versions. */
export function readTitle(title: string): HeadingTitle | undefined {
  const text = bare(title)
  if (unreleased.test(text)) return {isCertain: true, looksLikeHead: true, isUnreleased: true}
  const dateless = text.replace(leadingDate, '')
  return (dateless === text ? undefined : readVersion(dateless)) ?? readVersion(text)
}

// Without emoji, emphasis, struck-out and what closes a heading.
function bare(title: string): string {
  return title
    .replaceAll(/~~|\*\*|`|\s#+\s*$/g, '')
    .replace(/^(?:\s|:[a-z0-9_+-]+:|[^\p{L}\p{N}@[(])+/u, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

function readVersion(text: string): HeadingTitle | undefined {
  const word = leadingWord.exec(text)?.[0] ?? ''
  const [, token = '', rest = ''] = /^[[(]?([^\s[\](),;]+)[\])]?(.*)$/.exec(text.slice(word.length)) ?? []
  const first = readToken(token)
  if (first !== undefined) {
    // `### 2 new tools`, `## 1. Installation`
    if (!token.slice(0, -1).includes('.') && word === '' && !isRemark(rest)) return undefined
    const looksLikeHead = isRemark(rest) && (token.includes('.') || isDate(rest))
    return {...first, isCertain: true, looksLikeHead, isUnreleased: false}
  }
  return readBehindWords(text)
}

// `Demo Tool 1.2.3 (2026-01-02)`, `demo: v1.2.3`.
function readBehindWords(text: string): HeadingTitle | undefined {
  for (const {index, 0: space} of text.matchAll(/[\s:]+[[(]?(?=v?\d)/gi)) {
    const words = text.slice(0, index).trim()
    const [, token = '', rest = ''] = /^([^\s[\](),;]+)[\])]?(.*)$/.exec(text.slice(index + space.length)) ?? []
    const version = readToken(token)?.version
    if (version === undefined || !/[.]/.test(token)) continue
    if (relation.test(words) || !isRemark(rest)) return undefined
    return {version, name: words, isCertain: false, looksLikeHead: true, isUnreleased: false}
  }
  return undefined
}

function readToken(token: string): Pick<HeadingTitle, 'version' | 'name'> | undefined {
  // Flutter's packages have `1.2.3+4`; what is behind + is no part of a release's version.
  const plain = token.replace(/[.:!]+$/, '').replace(/\+[\w.-]+$/, '')
  if (isoDate.test(plain)) return undefined
  const version = parseVersion(plain)
  if (version !== undefined) return {version: version.text}
  const tag = parseTag(plain)
  if (tag?.prefix === undefined || !/\p{L}/u.test(tag.prefix)) return undefined
  return {version: tag.version.text, name: tag.prefix}
}

// A date, a remark in brackets, or anything behind a mark of punctuation.
function isRemark(rest: string): boolean {
  const text = rest.trim()
  return (
    text === '' || /^[([{<"'“,;:/|·•–—-]/.test(text) || isDate(text) || /^(released|yanked|latest|final)\b/i.test(text)
  )
}

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const dates = [
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/,
  /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}/,
  new RegExp(
    `^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:${month}\\.? \\d{1,2}|\\d{1,2}(?:st|nd|rd|th|\\.)? ${month})`,
    'i',
  ),
]

function isDate(text: string): boolean {
  const plain = text.replace(/^[\s(,:/–—-]+/, '').replace(/^(?:on|released(?: on)?) /i, '')
  return dates.some(each => each.test(plain))
}

/** Whether two names mean one package: `@acme/demo`, `packages/demo` and `Demo`. */
export function isSameName(one: string, other: string): boolean {
  const plain = (name: string) =>
    name
      .slice(name.lastIndexOf('/') + 1)
      .toLowerCase()
      .replaceAll(/[\s_.-]+/g, '-')
  return plain(one) === plain(other)
}
