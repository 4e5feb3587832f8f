/**
 * Whether an entry of `files` in package.json takes a file: like a line of .gitignore, it may name a folder
 * (https://docs.npmjs.com/cli/configuring-npm/package-json#files).
 */
export function takesFile(pattern: string, file: string): boolean {
  const clean = pattern.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '')
  if (clean === '' || clean === '.') return true
  return new RegExp(`^${expression(clean)}(?:/.*)?$`).test(file)
}

function expression(glob: string): string {
  let depth = 0
  return glob.replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\{|\}|,|\[[^\]]+\]|[.+^$()|[\]\\]/g, part => {
    switch (part) {
      case '**/':
        return '(?:.*/)?'
      case '/**':
        return '/.*'
      case '**':
        return '.*'
      case '*':
        return '[^/]*'
      case '?':
        return '[^/]'
      case '{':
        depth += 1
        return '(?:'
      case '}':
        depth -= 1
        return ')'
      case ',':
        return depth > 0 ? '|' : ','
      default:
        return part.startsWith('[') && part.length > 2 ? part.replace(/^\[!/, '[^') : `\\${part}`
    }
  })
}
