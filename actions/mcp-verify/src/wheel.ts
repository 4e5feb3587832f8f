import type {ArchiveEntry} from '@mcp-release/archives'
import {entryPoints, normalizedPythonName} from '@mcp-release/release-model'
import type {Content} from './candidate'

/** Reads a wheel (PEP 427): its name and console scripts; `undefined` when the zip file is none. */
export function wheelContent(file: string, entries: readonly ArchiveEntry[]): Content | undefined {
  const metadata = entries.find(({name}) => /^[^/]+\.dist-info\/METADATA$/.test(name))
  if (metadata === undefined || !file.endsWith('.whl')) return undefined
  const folder = metadata.name.slice(0, -'METADATA'.length)
  const headers = text(metadata).split(/\r?\n\r?\n/)[0] ?? ''
  const name = /^Name:[ \t]*(\S+)/im.exec(headers)?.[1]
  if (name === undefined) return {kind: 'broken', problem: `${metadata.name} has no Name`}
  const entryPoints = entries.find(entry => entry.name === `${folder}entry_points.txt`)
  const targets = {
    ...carriedPrograms(folder.replace(/\.dist-info\/$/, '.data/scripts/'), entries),
    ...(entryPoints === undefined ? {} : scriptTargets(text(entryPoints))),
  }
  const {requires, optional} = requirements(headers)
  const modules = runnableModules(entries)
  return {
    kind: 'wheel',
    name,
    scripts: Object.keys(targets).sort(),
    targets,
    extras: /^Provides-Extra:/im.test(headers),
    ...(requires.length === 0 ? {} : {requires}),
    ...(Object.keys(optional).length === 0 ? {} : {optional}),
    ...(modules.length === 0 ? {} : {modules}),
  }
}

// https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use
function requirements(headers: string) {
  const requires = new Set<string>()
  const optional = new Map<string, Set<string>>()
  for (const [, name = '', rest = ''] of headers.matchAll(/^Requires-Dist:[ \t]*([A-Za-z0-9][\w.-]*)(.*)$/gim)) {
    const extras = [...rest.matchAll(/\bextra\s*==\s*["']([\w.-]+)["']/g)].map(([, extra = '']) => extra)
    if (extras.length === 0) requires.add(normalizedPythonName(name))
    for (const extra of extras.map(normalizedPythonName))
      optional.set(extra, (optional.get(extra) ?? new Set()).add(normalizedPythonName(name)))
  }
  return {
    requires: [...requires],
    optional: Object.fromEntries([...optional].map(([extra, names]) => [extra, [...names]])),
  }
}

// https://docs.python.org/3/library/__main__.html#main-py-in-python-packages
function runnableModules(entries: readonly ArchiveEntry[]): readonly string[] {
  const found = entries.flatMap(({name}) => /^((?:[A-Za-z_]\w*\/)+)__main__\.py$/.exec(name)?.[1] ?? [])
  return found.map(folder => folder.slice(0, -1).replaceAll('/', '.')).sort((one, other) => one.length - other.length)
}

// A name that is no plain file name is left out.
function scriptTargets(content: string): Readonly<Record<string, string>> {
  const scripts = entryPoints(content).filter(
    ({group, name}) => ['console_scripts', 'gui_scripts'].includes(group) && isFileName(name),
  )
  return Object.fromEntries(scripts.flatMap(({name, target}) => (target === undefined ? [] : [[name, target]])))
}

function isFileName(name: string): boolean {
  return name.length <= 255 && /^[A-Za-z0-9_][\w.-]*$/.test(name)
}

// https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory
function carriedPrograms(folder: string, entries: readonly ArchiveEntry[]): Readonly<Record<string, string>> {
  const names = entries.flatMap(({name, kind}) =>
    kind === 'file' && name.startsWith(folder) ? [name.slice(folder.length)] : [],
  )
  const plain = names.filter(isFileName)
  return Object.fromEntries(plain.map(name => [name.replace(/\.exe$/i, ''), '']))
}

function text({content}: ArchiveEntry): string {
  return Buffer.from(content).toString()
}
