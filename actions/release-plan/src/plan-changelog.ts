import {type PlanFinding, type ReleaseSettings, type ReleaseVersion, changelogSection} from '@mcp-release/release-model'
import {type Candidate, type Tree, below} from './detected'

/** Where the notes of a release come from. */
export interface ChangelogPlan {
  /** The changelog with a section for the version, relative to the repository; absent: the notes are generated. */
  readonly file?: string
  readonly problems: readonly string[]
  readonly findings: readonly PlanFinding[]
}

// The names that https://keepachangelog.com and the generators of the field use; towncrier and scriv write .rst unless told otherwise.
const titles = ['CHANGELOG', 'Changelog', 'changelog', 'CHANGES', 'HISTORY', 'NEWS', 'RELEASES']
const names = ['md', 'rst'].flatMap(suffix => titles.map(title => `${title}.${suffix}`))

/** Whether a file may be a changelog. */
export function isChangelog(file: string): boolean {
  return names.includes(file.slice(file.lastIndexOf('/') + 1))
}

/** Finds the section of the version before anything is built: in the folders of what is released, then at the root. Pure. */
export function planChangelog(
  {texts}: Tree,
  {
    packages,
    version,
    settings,
  }: {
    readonly packages: readonly Candidate[]
    readonly version: ReleaseVersion
    readonly settings: ReleaseSettings
  },
): ChangelogPlan {
  const {changelog = 'auto'} = settings
  if (changelog === 'never') return {problems: [], findings: []}
  const servers = packages.filter(({role}) => role === 'server')
  const folders = new Set([...[...servers, ...packages].map(({path}) => path), '.'])
  const files = [...folders].flatMap(folder => names.map(name => below(folder, name))).filter(file => file in texts)
  const section = (file: string) => changelogSection(texts[file] ?? '', version.tag, file)
  const file = files.find(each => (section(each) ?? '') !== '')
  if (file !== undefined) return {file, problems: [], findings: []}
  const [first] = files
  const empty = files.find(each => section(each) !== undefined)
  const said =
    first === undefined
      ? 'CHANGELOG.md: is not there'
      : `${empty ?? first}: has ${empty === undefined ? 'no' : 'an empty'} section for ${version.text}`
  const remedy = `add "## [${version.text}]" with what changed`
  if (changelog === 'required') return {problems: [`${said}; ${remedy}`], findings: []}
  if (first === undefined) return {problems: [], findings: []}
  return {
    problems: [],
    findings: [
      {
        level: 'notice',
        subject: empty ?? first,
        text: `has ${empty === undefined ? 'no' : 'an empty'} section for ${version.text}, so the notes of the release are generated`,
        hint: `To have it in the notes, ${remedy}.`,
      },
    ],
  }
}
