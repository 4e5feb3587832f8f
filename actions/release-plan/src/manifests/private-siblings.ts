import {type Manifest, type Ruling, record, texts} from '@mcp-release/package-rules'
import {type Tree, fileNameOf} from '../detected'

/**
 * Packages of the repository that are never published, and that npm will look for when the package is installed: it finds
 * none, and the installation ends (https://docs.npmjs.com/cli/configuring-npm/package-json#private, https://pnpm.io/workspaces).
 */
export function privateSiblings({name: own, fields}: Manifest, {texts: read}: Tree): readonly Ruling[] {
  const bundled = fields['bundleDependencies'] ?? fields['bundledDependencies']
  const optional = record(fields['peerDependenciesMeta'])
  const isInside = (name: string) => bundled === true || (Array.isArray(bundled) && bundled.includes(name))
  const needed = ['dependencies', 'peerDependencies'].flatMap(kind =>
    Object.entries(texts(fields[kind]))
      .filter(([name]) => kind === 'dependencies' || record(optional[name])['optional'] !== true)
      .map(([name, range]) => ({kind, name, range})),
  )
  if (needed.length === 0) return []
  const hidden = privatePackages(read)
  return needed.flatMap(({kind, name, range}): readonly Ruling[] => {
    const manifest = hidden.get(name)
    if (manifest === undefined || name === own || isInside(name) || /^(?:file|link|portal|npm):/.test(range)) return []
    return [
      {
        // A range may be met by what is in the registry from before.
        level: range.startsWith('workspace:') || range === '*' ? 'error' : 'warning',
        text: `has ${name}: ${JSON.stringify(range)} in ${kind}, and ${manifest} is private, so that nobody can install the package`,
        hint: `Publish it ("private" out of ${manifest}), put it inside ("bundledDependencies": [${JSON.stringify(name)}]), or compile it in and name it in devDependencies.`,
      },
    ]
  })
}

function privatePackages(read: Tree['texts']): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [file, text] of Object.entries(read)) {
    if (fileNameOf(file) !== 'package.json') continue
    try {
      const {name, private: is} = record(JSON.parse(text.replace(/^\uFEFF/, '')))
      if (typeof name === 'string' && (is === true || is === 'true')) found.set(name, file)
    } catch {
      // What is wrong with it is told where the package itself is read.
    }
  }
  return found
}
