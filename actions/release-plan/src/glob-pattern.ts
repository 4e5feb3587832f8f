/**
 * The pattern of a glob as the manifests of workspaces have it: `*` for a part of a path, `**` for any number of them
 * (https://docs.npmjs.com/cli/using-npm/workspaces, https://pnpm.io/pnpm-workspace_yaml).
 */
export function globPattern(glob: string): RegExp {
  const plain = glob
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .replace(/\*{2,}/g, '**')
  const parts = plain.split('/').map(part =>
    part === '**'
      ? '**'
      : part
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replace(/\*+/g, '[^/]*')
          .replace(/\?/g, '[^/]'),
  )
  const joined = parts
    .map((part, index) => (part === '**' ? '(?:[^/]+/)*' : `${part}${index < parts.length - 1 ? '/' : ''}`))
    .join('')
  return new RegExp(`^${parts.at(-1) === '**' ? `${joined}[^/]+` : joined}$`)
}
