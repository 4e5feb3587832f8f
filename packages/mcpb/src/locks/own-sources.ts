import {pythonProjectName} from '@mcp-release/release-model'
import {parse} from 'smol-toml'

const origins = ['workspace', 'path', 'git', 'url'] as const

type Source = Readonly<Record<string, unknown>>

/** Why no bundle is made of a package that takes requirements from elsewhere than the package index. */
export interface OwnSources {
  readonly text: string
  readonly hint: string
}

/**
 * Those requirements that the text of a pyproject.toml takes from elsewhere than the package index
 * (https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources): an index would give another package of that name,
 * of whoever owns it there. `undefined` when there are none.
 */
export function ownSources(text: string | undefined, requirements: readonly string[]): OwnSources | undefined {
  const sources = text === undefined ? {} : sourcesOf(text)
  const names = requirements.map(each => /^[\w.-]+/.exec(each.trim())?.[0] ?? '')
  const own = names.flatMap(name => {
    const found = Object.entries(sources).find(([each]) => pythonProjectName(each) === pythonProjectName(name))?.[1]
    const origin = origins.find(each => found?.[each] !== undefined && found[each] !== false)
    return origin === undefined ? [] : [`${name} (${origin})`]
  })
  if (own.length === 0) return undefined
  return {
    text: `[tool.uv.sources] takes ${own.join(', ')} from elsewhere than the package index`,
    hint: 'A bundle would get another package of that name from the index, of whoever owns it there: publish it first and leave it out of [tool.uv.sources], or put its modules into this package.',
  }
}

function sourcesOf(text: string): Readonly<Record<string, Source>> {
  try {
    const {tool} = parse(text) as {tool?: {uv?: {sources?: Record<string, Source | Source[]>}}}
    const entries = Object.entries(tool?.uv?.sources ?? {})
    return Object.fromEntries(entries.map(([name, source]) => [name, Object.assign({}, ...[source].flat()) as Source]))
  } catch {
    // What is wrong with the file is told where the wheel is built.
    return {}
  }
}
