import type {Finding} from '@mcp-release/action-kit'
import {declaredEntries, resolveEntry} from './entries'
import type {Manifest} from './manifest'
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
  return declaredEntries(manifest)
    .filter(({use}) => use === 'bin')
    .flatMap(entry => {
      const name = resolveEntry(entry, names)
      const content = name === undefined ? undefined : files.get(name)
      return name === undefined || content === undefined ? [] : checkProgram(`${file.name}: ${name}`, content)
    })
}

function checkProgram(name: string, content: Uint8Array): readonly Finding[] {
  if (executables.some(magic => magic.every((byte, at) => content[at] === byte))) return []
  const [line = ''] = Buffer.from(content.subarray(0, 256)).toString('utf8').split('\n')
  if (!line.startsWith('#!')) {
    const remedy = 'Make this its first line, in the source as well: #!/usr/bin/env node'
    return [{level: 'error', text: `${name} is a command without a shebang\n${remedy}`}]
  }
  if (/\bnode\b/.test(line)) return []
  return [
    {
      level: 'warning',
      text: `${name} is run by ${JSON.stringify(line.trim())}, not by node; users must have that program`,
    },
  ]
}
