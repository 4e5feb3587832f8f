import {sameVersion} from './version'

/**
 * The text below the heading of a version in a file in the form of https://keepachangelog.com, without the link
 * definitions at the end; `undefined` when there is no such heading.
 */
export function changelogSection(text: string, version: string): string | undefined {
  let level = 0
  let fence: string | undefined
  const lines: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (mark !== undefined) fence = fence === undefined ? mark : line.trim().startsWith(fence) ? undefined : fence
    const heading = fence === undefined ? /^(#{1,6})\s+(.*)$/.exec(line) : null
    const depth = heading?.[1]?.length ?? 7
    if (level > 0 && depth <= level) break
    if (level > 0) lines.push(line)
    else if (heading !== null && isHeadingOf(heading[2] ?? '', version)) level = depth
  }
  if (level === 0) return undefined
  while (/^\s*$|^\[[^\]]+\]:\s/.test(lines.at(-1) ?? 'end')) lines.pop()
  return lines.join('\n').trim()
}

// `[1.2.3] - 2026-01-02`, `v1.2.3`, `[1.2.3](https://…) (2026-01-02)`, `Version 1.2.3`.
function isHeadingOf(title: string, version: string): boolean {
  const [, named = ''] = /^(?:version\s+)?\[?([^\]\s(]+)/i.exec(title) ?? []
  return named !== '' && sameVersion(named, version)
}
