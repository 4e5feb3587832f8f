import type {Finding} from '@mcp-release/action-kit'
import {type Shebang, machinePath, readShebang, shebangProblem} from '@mcp-release/release-model'
import {textList} from '@mcp-release/package-managers'
import {type Manifest, declaredEntries, resolveEntry} from '@mcp-release/package-rules'
import type {Tarball} from './tarball'

const executables: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46],
  [0x4d, 0x5a],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
]

/** Commands must say what runs them: without a shebang the shell runs JavaScript, and npx fails. */
export function checkPrograms({file, entries}: Tarball, manifest: Manifest): readonly Finding[] {
  const files = new Map(entries.map(({name, content}) => [name, content]))
  const names = new Set(files.keys())
  const onWindows = isForWindows(manifest)
  return declaredEntries(manifest)
    .filter(({use}) => use === 'bin')
    .flatMap(entry => {
      const name = resolveEntry(entry, names)
      const content = name === undefined ? undefined : files.get(name)
      return name === undefined || content === undefined
        ? []
        : checkProgram(`${file.name}: ${name}`, content, {onWindows})
    })
}

// https://docs.npmjs.com/cli/configuring-npm/package-json#os
function isForWindows({fields}: Manifest): boolean {
  const os = typeof fields['os'] === 'string' ? [fields['os']] : textList(fields['os'])
  if (os.includes('!win32')) return false
  return os.includes('win32') || os.every(each => each.startsWith('!') || each === 'any')
}

function checkProgram(
  name: string,
  content: Uint8Array,
  {onWindows}: {readonly onWindows: boolean},
): readonly Finding[] {
  if (executables.some(magic => magic.every((byte, at) => content[at] === byte))) return []
  const shebang = readShebang(content)
  if (shebang === undefined) {
    const remedy = 'Make this its first line, in the source as well: #!/usr/bin/env node'
    return [{level: 'error', text: `${name} is a command without a shebang\n${remedy}`}]
  }
  const problem = shebangProblem(shebang)
  if (problem !== undefined) return [{level: 'error', text: `${name} ${problem.text}\n${problem.hint}`}]
  return [...lineEnd(name, shebang), ...checkInterpreter(name, shebang, {onWindows})]
}

// npm and pnpm rewrite this line when they link a command (https://github.com/npm/bin-links, fix-bin.js); others do not.
function lineEnd(name: string, {crlf}: Shebang): readonly Finding[] {
  if (!crlf) return []
  const text = `${name} has a shebang that ends with CR LF: Linux and macOS look for a program with CR in its name`
  const remedy =
    'npm mends that when it installs, a checkout or a container image does not: write LF, for example by "*.js text eol=lf" in .gitattributes.'
  return [{level: 'warning', text: `${text}\n${remedy}`}]
}

function checkInterpreter(
  name: string,
  shebang: Shebang,
  {onWindows}: {readonly onWindows: boolean},
): readonly Finding[] {
  const {line, program} = shebang
  const path = machinePath(shebang)
  const base = program.slice(program.lastIndexOf('/') + 1)
  if (base !== 'node') {
    const text = `${name} is run by ${JSON.stringify(line)}, not by node; users must have that program`
    return [{level: 'warning', text}]
  }
  if (path === undefined) return []
  // The shims of npm know /usr/bin/env alone and call any other path as it stands, which Windows does not have.
  const where = onWindows ? 'other machines have it elsewhere, and Windows nowhere' : 'other machines have it elsewhere'
  const remedy = 'Make this its first line, in the source as well: #!/usr/bin/env node'
  const text = `${name} is run by ${JSON.stringify(path)}: ${where}\n${remedy}`
  return [{level: onWindows ? 'error' : 'warning', text}]
}
