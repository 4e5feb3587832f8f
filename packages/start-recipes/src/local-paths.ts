// What systems call the folders that each user has of their own: of Windows, of POSIX shells and of XDG.
const folderVariables =
  'USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(?:\\(X86\\))?|ALLUSERSPROFILE|PUBLIC|ONEDRIVE|HOMEPATH|HOMEDRIVE|SYSTEMDRIVE|TEMP|TMP|TMPDIR|CD|HOME|PWD|OLDPWD|XDG_[A-Z]+_(?:HOME|DIR)'
// https://code.visualstudio.com/docs/reference/variables-reference
const editorFolders = 'workspaceFolder|workspaceRoot|userHome|homeDir|cwd|fileDirname|fileWorkspaceFolder|__dirname'

const place = new RegExp(
  [
    `^%(?:${folderVariables})%`, // cmd
    `^\\$env:(?:${folderVariables})\\b`, // PowerShell
    `^\\$(?:${folderVariables})\\b`, // shells
    `^\\$\\{(?:env:)?(?:${folderVariables})(?::?-[^{}]*)?\\}`, // shells, and the variables of editors
    `^\\$\\{(?:${editorFolders})(?::[^{}]*)?\\}`,
    '^\\$\\(pwd\\)|^`pwd`',
  ].join('|'),
  'i',
)

const path =
  /^(?:~(?:[\\/]|$)|[A-Za-z]:[\\/]|\\\\|\/(?!$)|\.{0,2}[\\/]path\b|path[\\/]to\b|(?:absolute|full)[-_ ]path|<[^<>]{0,60}(?:path|dir|folder|root|home)[^<>]{0,60}>[\\/]|\{[^{}]{0,60}(?:path|dir|folder|root|home)[^{}]{0,60}\}[\\/])/i

/** Whether a text begins as paths of somebody's own machine do. */
export function isOwnPath(text: string): boolean {
  return place.test(text) || path.test(text)
}

/** Whether a text is nothing but the name of a folder that everybody has of their own, such as `%APPDATA%` or `${workspaceFolder}`. */
export function isOwnFolder(text: string): boolean {
  return place.exec(text)?.[0] === text
}

/** What is known of a value besides its text. */
interface Hints {
  readonly name?: string
  readonly description?: string
}

/** Whether a path is one that every machine has, or one of the web, such as `/mcp`. */
export function isSharedPath(text: string, {name = ''}: Hints): boolean {
  if (text.startsWith('/dev/')) return true
  return /^\/(?:mcp|sse|messages?|health|api)?\/?$/.test(text) || /(?:endpoint|route|base-?path|url|prefix)/i.test(name)
}

/** Whether an example or its name is that of a path. */
export function isPath(example: string, {name = ''}: Hints): boolean {
  return (
    (isOwnPath(example) && !isSharedPath(example, {})) ||
    /(?:^|[_-])(?:application[_-]credentials|kubeconfig|path|dir|directory|folder|file|root|vault|workspace|filename)s?$/i.test(
      name,
    ) ||
    /^[<[{].*(?:path|dir|folder|file(?!_?name))/i.test(example) ||
    /[\\/]\S+[\\/]/.test(example)
  )
}

/** Whether a path is that of a file, and not of a folder. */
export function isFile(example: string, {name = '', description = ''}: Hints): boolean {
  if (/dir|folder|root|vault|workspace/i.test(name)) return false
  const last = example.replace(/^.*[\\/]/, '').replace(/[>\]}]$/, '')
  if (/(?:^|\s)[^.\s]+\.[A-Za-z][A-Za-z0-9]{0,7}$|^\.env(?:\.\w+)?$/.test(last)) return true
  if (/dir|folder/i.test(example)) return false
  return (
    (/(?:^|[_-])(?:ssh_?key|private_?key|key_?file|cert|certificate|pem)$/i.test(name) && isOwnPath(example)) ||
    /(?:file|config|database|_db|-db|\bdb|application[_-]credentials)(?:[_-]?path)?$/i.test(name) ||
    /\bfile\b/i.test(last) ||
    (/\bfile\b/i.test(description) && !/director|folder/i.test(description))
  )
}
