import {posix} from 'node:path'
import {type Detected, type Tree, below, folderOf} from './detected'

/**
 * Why a module cannot be built: the go.work around it does not use it, so that the go command refuses
 * (https://go.dev/ref/mod#go-work-file).
 */
export function unusedModule(path: string, {texts}: Tree): Detected['aside'] {
  for (let folder = path; ; folder = folderOf(folder)) {
    const file = below(folder, 'go.work')
    const text = texts[file]
    // The nearest one counts.
    if (text !== undefined) {
      const used = usedFolders(text).map(each => posix.normalize(below(folder, each)).replace(/\/$/, ''))
      if (used.includes(path)) return undefined
      const own = posix.relative(folder, path)
      return {
        reason: `${file} does not use its module, so that the go command refuses to build it`,
        hint: `Run \`go work use ${own === '' ? '.' : `./${own}`}\`${folder === '.' ? '' : ` in ${folder}`}, and commit ${file}.`,
      }
    }
    if (folder === '.') return undefined
  }
}

/** The folders that a go.work uses, as they stand there. */
export function usedFolders(text: string): readonly string[] {
  const plain = text.replace(/\/\/.*$/gm, '')
  const blocks = [...plain.matchAll(/^[ \t]*use\s*\(([^)]*)\)/gm)].flatMap(([, inner = '']) => inner.split('\n'))
  const lines = [...plain.matchAll(/^[ \t]*use[ \t]+([^\s(].*)$/gm)].map(([, path = '']) => path)
  return [...blocks, ...lines].map(each => each.trim().replace(/^(["`])(.*)\1$/, '$2')).filter(each => each !== '')
}
