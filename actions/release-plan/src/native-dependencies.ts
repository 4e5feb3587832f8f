import {lockFiles, nativeDependencies as nativeIn} from '@mcp-release/mcpb/locks'
import {type Tree, below, folderOf} from './detected'

/**
 * The dependencies of an npm package that are compiled for one platform each, by the lock file in its folder or, for a
 * member of a workspace, in one above.
 */
export function nativeDependencies(path: string, {texts}: Tree): readonly string[] {
  const manifest = texts[below(path, 'package.json')] ?? '{}'
  for (let folder = path; ; folder = folderOf(folder)) {
    for (const name of lockFiles) {
      const text = texts[below(folder, name)]
      if (text === undefined) continue
      const inside = folder === '.' ? path : path.slice(folder.length + 1)
      return nativeIn({name, text, folder: inside === '' ? '.' : inside}, manifest)
    }
    if (folder === '.') return []
  }
}
