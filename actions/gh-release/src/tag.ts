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
