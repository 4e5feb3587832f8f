interface Project {
  readonly license?: unknown
  readonly classifiers?: readonly string[] | undefined
}

// https://github.com/pypa/trove-classifiers that name one licence of https://spdx.org/licenses/; "BSD License" and the like name several.
const classified: Readonly<Record<string, string>> = {
  'MIT License': 'MIT',
  'Apache Software License': 'Apache-2.0',
  'ISC License (ISCL)': 'ISC',
  'Mozilla Public License 2.0 (MPL 2.0)': 'MPL-2.0',
  'GNU General Public License v3 (GPLv3)': 'GPL-3.0-only',
  'GNU General Public License v3 or later (GPLv3+)': 'GPL-3.0-or-later',
  'GNU Affero General Public License v3': 'AGPL-3.0-only',
  'GNU Affero General Public License v3 or later (AGPLv3+)': 'AGPL-3.0-or-later',
  'GNU Lesser General Public License v3 (LGPLv3)': 'LGPL-3.0-only',
  'The Unlicense (Unlicense)': 'Unlicense',
}

/** The SPDX expression of a project, in today's form (PEP 639), the older table, or its classifiers. */
export function pythonLicense(project: Project | undefined, other: string | undefined): string | undefined {
  const {license} = project ?? {}
  if (typeof license === 'string') return license
  const text = (license as {text?: unknown} | undefined)?.text
  // The table may hold the whole text of a licence in place of its name.
  const short = [text, other].find(
    each => typeof each === 'string' && /^[\w.+-]+(?: (?:OR|AND|WITH) [\w.+-]+)*$/.test(each.trim()),
  )
  if (typeof short === 'string') return short.trim()
  const names = (project?.classifiers ?? []).flatMap(
    each => /^License :: (?:OSI Approved :: )?(.+)$/.exec(each)?.[1] ?? [],
  )
  const [only = ''] = names
  return names.length === 1 && Object.hasOwn(classified, only) ? classified[only] : undefined
}
