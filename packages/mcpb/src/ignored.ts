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

// Records of installers (times and absolute paths of this machine), and declarations in the spelling of ES modules.
const more: readonly string[] = [
  ...['node_modules/.package-lock.json', 'node_modules/.yarn-integrity', '__pycache__'],
  ...['*.d.mts', '*.d.cts'],
]

/**
 * Which files go into a bundle: all but the default excludes and what a `.mcpbignore` (in gitignore's format) names;
 * its `!` patterns bring back what the defaults leave out. The manifest always goes in.
 */
export function bundleFilter(mcpbignore = ''): (name: string) => boolean {
  const rules = ignore()
    .add([...defaultExcludes, ...more])
    .add(mcpbignore)
  return name => name === 'manifest.json' || !rules.ignores(name)
}
