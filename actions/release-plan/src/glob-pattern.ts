/**
 * The pattern of a glob as the manifests of workspaces have it: `*` for a part of a path, `**` for any number of them, and where
 * the reader knows them `{a,b}` and `[ab]`
 * (https://docs.npmjs.com/cli/using-npm/workspaces, https://pnpm.io/pnpm-workspace_yaml, https://docs.rs/glob/latest/glob/struct.Pattern.html).
 */
export function globPattern(glob: string): RegExp {
  const plain = glob.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')
  return new RegExp(`^(?:${alternatives(plain).map(expression).join('|')})$`)
}

// As shells do it; what has no comma is meant literally.
function alternatives(glob: string, most = 64): readonly string[] {
  const [whole = '', inner = ''] = /\{([^{}]*,[^{}]*)\}/.exec(glob) ?? []
  if (whole === '') return [glob]
  const all = inner.split(',').map(each => glob.replace(whole, () => each))
  return all.slice(0, most).flatMap(each => alternatives(each, Math.floor(most / all.length)))
}

function expression(glob: string): string {
  const parts = glob
    .replace(/\*{2,}/g, '**')
    .split('/')
    .map(part => (part === '**' ? '**' : ofPart(part)))
  const last = parts.pop() ?? ''
  const folders = parts.map(part => (part === '**' ? '(?:[^/]+/)*' : `${part}/`)).join('')
  if (last !== '**') return folders + last
  // A folder is among all that lies below it: readers look for the manifest in it.
  return folders === '' ? '.+' : `${folders.replace(/\/$/, '')}(?:/.+)?`
}

function ofPart(part: string): string {
  return part.replace(/\*+|\?|\[!?[^\]/]+\]|[.+^${}()|[\]\\]/g, each => {
    if (each.startsWith('*')) return '[^/]*'
    if (each === '?') return '[^/]'
    return each.length > 1 ? each.replace(/^\[!/, '[^').replaceAll('\\', '\\\\') : `\\${each}`
  })
}
