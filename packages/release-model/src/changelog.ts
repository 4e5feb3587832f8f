import {type ChangelogHeading, type Document, markdownDocument} from './changelog-markdown'
import {rstDocument} from './changelog-rst'
import {type HeadingTitle, isSameName, readTitle} from './changelog-title'
import {parseTag, sameVersion} from './version'

interface Entry extends ChangelogHeading {
  readonly says: HeadingTitle | undefined
}

interface Wanted {
  /** The version, or the tag itself when it says none. */
  readonly version: string
  /** What stands before the version in the tag, such as a package's name. */
  readonly name?: string
}

/**
 * The text below the heading of a version, as the generators of the field write changelogs: Markdown, or reStructuredText
 * for a `file` named so. It ends at the next heading of a version or of what is not released yet, whatever their levels.
 * Link definitions that the text uses come with it. Empty when nothing stands below the heading but headings and comments;
 * `undefined` when there is no such heading. A whole tag (`name-v1.2.3`) in place of the version finds the heading of that
 * package first.
 */
export function changelogSection(text: string, version: string, file?: string): string | undefined {
  const plain = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const document = isRst(plain, file) ? rstDocument(plain) : markdownDocument(plain)
  const tag = parseTag(version)
  const wanted: Wanted = {
    version: tag?.version.text ?? version,
    ...(tag?.prefix === undefined ? {} : {name: tag.prefix}),
  }
  const entries = document.headings.map(each => ({...each, says: readTitle(each.title)}))
  const sections = headingsOf(entries, wanted).map(at =>
    document.section(start(entries, at), end(entries, at, document)),
  )
  return sections.find(each => each !== '') ?? sections[0]
}

/** Whether a changelog is reStructuredText, by its name or, where that does not say, by its underlined headings. */
export function isRst(text: string, file = ''): boolean {
  const suffix = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase()
  if (suffix === 'rst' || suffix === 'rest') return true
  if (suffix === 'md' || suffix === 'markdown' || suffix === 'mdx') return false
  const isVersion = ({title}: ChangelogHeading) => readTitle(title)?.version !== undefined
  // What both read alike counts as Markdown, unless it has a directive or an anchor of reStructuredText.
  if (!/^\.\. |^([~^"'`+*#:.])\1{2,}$/m.test(text) || /^#{1,6} \S/m.test(text)) return false
  return rstDocument(text).headings.some(isVersion)
}

const start = (entries: readonly Entry[], at: number) => entries[at]?.end ?? 0

// The best kind of heading that there is for the version; all of that kind, for a version may have an empty one too.
function headingsOf(entries: readonly Entry[], wanted: Wanted): readonly number[] {
  const names = new Set(entries.flatMap(({says}) => (says?.version === undefined ? [] : [says.name ?? ''])))
  const ranks = entries.map((each, at) =>
    rank(each, wanted, {isOnlyName: names.size === 1, parent: () => parentOf(entries, at)}),
  )
  const best = Math.min(...ranks)
  return best === Infinity ? [] : ranks.flatMap((each, at) => (each === best ? [at] : []))
}

function rank(
  {says, title}: Entry,
  {version, name}: Wanted,
  {isOnlyName, parent}: {readonly isOnlyName: boolean; readonly parent: () => string | undefined},
): number {
  if (says?.version === undefined) return title.trim() === version ? 0 : Infinity
  if (!sameVersion(says.version, version)) return Infinity
  const loose = says.isCertain ? 0 : 10
  if (name === undefined) return loose + (says.name === undefined || !says.isCertain ? 0 : 1)
  if (says.name !== undefined && isSameName(says.name, name)) return 0
  if (says.name === undefined) return loose + (isSameName(parent() ?? '', name) ? 1 : 2)
  // Another package's section, unless the file has that one name throughout: tags may be called otherwise than packages.
  return isOnlyName || !says.isCertain ? loose + 3 : Infinity
}

function parentOf(entries: readonly Entry[], at: number): string | undefined {
  const depth = entries[at]?.depth ?? 0
  let above = at - 1
  while (above >= 0 && (entries[above]?.depth ?? 0) >= depth) above--
  return entries[above]?.title
}

function end(entries: readonly Entry[], at: number, document: Document): number {
  const own = entries[at]
  if (own === undefined) return document.length
  const isFlat = flatness(entries, at)
  return entries.slice(at + 1).find(each => ends(each, own, isFlat))?.start ?? document.length
}

function ends({depth, says, title}: Entry, own: Entry, isFlat: (title: string) => boolean): boolean {
  if (says?.isUnreleased === true || depth < own.depth) return true
  if (depth === own.depth) return says?.version !== undefined || !isFlat(title)
  if (says?.version === undefined || !says.looksLikeHead) return false
  // Deeper ones with a name are packages of this release, or the versions of what it needs: `### Python 3.12`.
  return says.name === undefined || (own.says?.name !== undefined && isSameName(says.name, own.says.name))
}

// The groups of Keep a Changelog, of the presets of conventional-changelog, of changesets and of towncrier.
const groups =
  /^(added|changed|deprecated|removed|fixed|security|features?|(bug )?fix(es)?|bugfixes|performance( improvements)?|reverts?|(⚠️? )?breaking( changes?)?|deprecations?( and removals)?|improved documentation|misc(ellaneous)?( chores| tasks)?|(major|minor|patch|dependency) changes|(code )?refactor(ing)?s?|documentation|docs|chores?|builds?|build system|tests?|styles?|ci|continuous integration|dependencies|contributors|upgrad\w+|migrat\w+|notes?|highlights|other( changes)?|new( features)?|enhancements|improvements|changes)\b/i

/**
 * Whether headings of the version's own level are groups inside it: standard-version writes `### [1.2.1]` over
 * `### Bug Fixes`. So they are when one follows at once, when they recur, or when they have a usual name.
 */
function flatness(entries: readonly Entry[], at: number): (title: string) => boolean {
  const own = entries[at]
  const level = entries.filter(({depth, says}) => depth === own?.depth && says?.version === undefined)
  const seen = new Map<string, number>()
  for (const {title} of level) seen.set(title, (seen.get(title) ?? 0) + 1)
  const next = entries[at + 1]
  const first = next?.depth === own?.depth && next?.isAdjacent === true ? next.title : undefined
  return title => title === first || (seen.get(title) ?? 0) > 1 || groups.test(title.replace(/^[^\p{L}]+/u, ''))
}
