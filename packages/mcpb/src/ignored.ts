import ignore from 'ignore'

/**
 * What `mcpb pack` 2.1 leaves out of every bundle, so that a folder packed here holds the same files: secrets, caches,
 * settings of tools, and what only compilers read.
 */
export const defaultExcludes: readonly string[] = [
  ...['.DS_Store', 'Thumbs.db', '.gitignore', '.git', '.mcpbignore', '*.log', '*.mcpb'],
  ...['.env*', '.npm', '.npmrc', '.yarnrc', '.yarn', '.pnp.*', 'package-lock.json', 'yarn.lock'],
  ...['.eslintrc', '.eslintignore', '.prettierrc', '.prettierignore', '.editorconfig', '.nycrc', '.babelrc'],
  ...['node_modules/.cache', 'node_modules/.bin', 'npm-debug.log*', 'yarn-debug.log*', 'yarn-error.log*'],
  ...['*.map', '*.d.ts', '*.tsbuildinfo', 'tsconfig.json'],
]

// Records of installers and of Python, with times and absolute paths of this machine: the bytes of a bundle would be others
// on each.
const more: readonly string[] = [
  ...['**/node_modules/.package-lock.json', '**/node_modules/.yarn-integrity', '**/node_modules/.yarn-state.yml'],
  ...['**/node_modules/.modules.yaml', '**/node_modules/.pnpm-workspace-state*.json', '__pycache__'],
]

/**
 * Which files go into a bundle: all but the default excludes and what a `.mcpbignore` names; its `!` patterns bring back what
 * the defaults leave out. Its lines are trimmed, and a folder is judged by its name without a slash before anything in it, as
 * in https://github.com/modelcontextprotocol/mcpb/blob/main/src/node/files.ts. The manifest always goes in.
 */
export function bundleFilter(mcpbignore = ''): (name: string) => boolean {
  const lines = mcpbignore.split(/\r?\n/).map(line => line.trim())
  const rules = ignore()
    .add([...defaultExcludes, ...more])
    .add(lines.filter(line => line !== '' && !line.startsWith('#')))
  const folders = new Map<string, boolean>()
  const isOpen = (folder: string): boolean => {
    const known = folders.get(folder)
    if (known !== undefined) return known
    const open = (!folder.includes('/') || isOpen(parent(folder))) && !rules.ignores(folder)
    folders.set(folder, open)
    return open
  }
  return name => name === 'manifest.json' || ((!name.includes('/') || isOpen(parent(name))) && !rules.ignores(name))
}

function parent(name: string): string {
  return name.slice(0, name.lastIndexOf('/'))
}
