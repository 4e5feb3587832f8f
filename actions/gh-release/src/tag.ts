import {type ReleaseVersion, parseVersion} from '@mcp-release/release-model'

/** The tag of a ref: `refs/tags/v1` → `v1`. */
export function tagOf(ref: string): string {
  return ref.replace(/^refs\/tags\//, '')
}

// The rules of git check-ref-format; a leading dash would be an option to git.
const forbidden = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^refs\/|^[-/]|^\.|\/\.|[/.]$|\.lock(\/|$)|^$|^@$/

/** Whether git accepts a text as the name of a tag. */
export function isTag(text: string): boolean {
  return !forbidden.test(text)
}

/** The version in a tag, also in one with a package's name: `v1.2.3`, `tool@1.2.3`, `tool/v1.2.3`, `tool-v1.2.3`. */
export function versionOfTag(tag: string): ReleaseVersion | undefined {
  const [, rest] = /(?:[@/]|-(?=v\d))(v?\d[^@/]*)$/.exec(tag) ?? []
  return parseVersion(tag) ?? (rest === undefined ? undefined : parseVersion(rest))
}
