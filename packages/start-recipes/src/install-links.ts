import {type Configuration, configurationsIn} from './configuration'
import {parseLooseJson} from './loose-json'

/** What the install buttons of a README would configure: `vscode:mcp/install?…`, and links with `config=`. */
export function badgeConfigurations(file: string, text: string): readonly Configuration[] {
  const found: Configuration[] = []
  const lines = text.slice(0, 512 * 1024).split('\n')
  for (const [index, line] of lines.entries()) {
    for (const [, given = ''] of line.matchAll(/(?:[?&;]config=|mcp\/install\?)([^\s)"'&<>]{8,8000})/g)) {
      const value = decoded(given)
      if (value !== undefined) found.push(...configurationsIn(value, `${file}, line ${String(index + 1)}`))
    }
  }
  return found
}

function decoded(given: string): unknown {
  try {
    const text = decodeURIComponent(given)
    if (text.startsWith('{')) return parseLooseJson(text)
    const inside = Buffer.from(text, 'base64').toString('utf8')
    return inside.startsWith('{') ? parseLooseJson(inside) : undefined
  } catch {
    return undefined
  }
}
