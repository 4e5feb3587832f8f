import {type Fields, type Platform, platformFields, renderTemplate, versionFields} from '@mcp-release/release-model'
import type {Revision} from './revision'

/** What templates in linker flags know besides the platform. */
export interface FlagContext {
  readonly revision: Revision
  readonly tag: string
  readonly name: string
  readonly module: string
}

/** The author's linker flags with their values, and what could not be told of them. */
export interface FilledFlags {
  readonly flags: readonly string[]
  /** One sentence each. */
  readonly problems: readonly string[]
}

/** RFC 3339 in whole seconds. */
export function isoDate(time: number): string {
  return new Date(time * 1000).toISOString().replace('.000Z', 'Z')
}

function fieldsOf({revision, tag, name, module}: FlagContext, platform: Platform): Fields {
  const {version, commit, time} = revision
  const date = isoDate(time)
  const commits = commit === undefined ? {} : {Commit: commit, FullCommit: commit, ShortCommit: commit.slice(0, 7)}
  return {
    ...versionFields(version.text, tag),
    ...platformFields(platform),
    ...commits,
    // The same commit must give the same bytes, so that the time of the build is that of its commit.
    ...{Date: date, CommitDate: date, Timestamp: String(time), CommitTimestamp: String(time)},
    ...{ProjectName: name, Binary: name, ModulePath: module},
  }
}

/** Fills in the author's flags; what cannot be told is left out. Pure. */
export function fillFlags(ldflags: readonly string[], platform: Platform, context: FlagContext): FilledFlags {
  const fields = fieldsOf(context, platform)
  const flags: string[] = []
  const problems: string[] = []
  for (const entry of ldflags.flatMap(each => entriesOf(each, fields))) {
    const rendered = renderTemplate(entry, fields)
    if ('problem' in rendered) problems.push(`ldflags: ${entry} is left out: ${rendered.problem}`)
    // Without cgo there is no external linker.
    else if (!/^-(?:linkmode|extld|extldflags)\b/.test(rendered.text)) flags.push(rendered.text)
  }
  return {flags: flags.filter(flag => flag !== '' && !/^-(?:s|w|buildid=.*)$/.test(flag)), problems}
}

// Where a condition spans several flags, the text is filled in as a whole.
function entriesOf(text: string, fields: Fields): readonly string[] {
  if (!/\{\{-?\s*(?:if|with|else|end)\b/.test(text)) return flagsIn(text)
  const rendered = renderTemplate(text, fields)
  return 'text' in rendered ? flagsIn(rendered.text) : [text]
}

const word = /(?:\{\{.*?\}\}|'[^']*'|"[^"]*"|[^\s'"{]|\{(?!\{))+/gs
const takesValue = /^-(?:X|linkmode|extld|extldflags|B|H|I|L|R|T|r)$/

/** The single flags in a text, each with its value: `-s -w -X a.b=c` → `-s`, `-w`, `-X a.b=c`. */
export function flagsIn(text: string): readonly string[] {
  const flags: string[] = []
  for (const [each] of text.matchAll(word)) {
    const before = flags.at(-1)
    if (before !== undefined && takesValue.test(before)) flags[flags.length - 1] = `${before} ${each}`
    else flags.push(each)
  }
  return flags
}
