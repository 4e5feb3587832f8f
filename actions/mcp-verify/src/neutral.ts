import type {Tool} from '@mcp-release/mcp'
import type {Check} from '@mcp-release/release-model'

/** A folder of this machine, and what stands for it in what is published. */
export type Placeholder = readonly [path: string, name: string]

/** Tools without the folders of the machine that started their server, which descriptions and defaults may quote. */
export function neutralTools(tools: readonly Tool[], placeholders: readonly Placeholder[]): readonly Tool[] {
  const known = longestFirst(placeholders)
  return tools.map(tool => neutral(tool, text => withoutFolders(text, known)) as Tool)
}

/** The checks of a server likewise: the last words of one that fails name the files where it failed. */
export function neutralChecks(checks: readonly Check[], placeholders: readonly Placeholder[]): readonly Check[] {
  const known = longestFirst(placeholders)
  return checks.map(check =>
    check.detail === undefined ? check : {...check, detail: withoutFolders(check.detail, known)},
  )
}

function longestFirst(placeholders: readonly Placeholder[]): readonly Placeholder[] {
  return placeholders.filter(([path]) => path.length > 4).sort(([one], [other]) => other.length - one.length)
}

/** The folders below the one of a verification, however often a process was started. */
export function withoutFolders(text: string, placeholders: readonly Placeholder[]): string {
  return placeholders.reduce((all, [path, name]) => {
    const both = [path, path.replaceAll('\\', '/'), path.replaceAll('\\', '\\\\')]
    return both.reduce((before, spelled) => {
      const processes = new RegExp(`${escaped(spelled)}[\\\\/]+process-\\w+[\\\\/]+(home|temp|work|folder|file)`, 'g')
      return before
        .replaceAll(processes, (_, kind: string) => `<${kinds[kind] ?? kind}>`)
        .replaceAll(spelled, `<${name}>`)
    }, all)
  }, text)
}

const kinds: Readonly<Record<string, string>> = {
  home: 'home folder',
  temp: 'temporary folder',
  work: 'working folder',
  folder: 'folder',
  file: 'file',
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function neutral(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(each => neutral(each, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [change(key), neutral(each, change)]))
}
