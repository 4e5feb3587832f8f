import type {ArchiveEntry} from '@mcp-release/archives'
import {normalizedPythonName} from '@mcp-release/release-model'
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
  const scripts = entryPoints === undefined ? [] : consoleScripts(text(entryPoints))
  const requires = requirements(headers)
  return {kind: 'wheel', name, scripts, ...(requires.length === 0 ? {} : {requires})}
}

// https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use
function requirements(headers: string): readonly string[] {
  const names = [...headers.matchAll(/^Requires-Dist:[ \t]*([A-Za-z0-9][\w.-]*)/gim)]
  return [...new Set(names.map(([, name = '']) => normalizedPythonName(name)))]
}

// https://packaging.python.org/en/latest/specifications/entry-points/#file-format; a name that is no plain file name is left out.
function consoleScripts(content: string): readonly string[] {
  let section = ''
  const names: string[] = []
  for (const line of content.split(/\r?\n/).map(each => each.trim())) {
    const header = /^\[(.+)\]$/.exec(line)?.[1]
    const name = /^([A-Za-z0-9_][\w.-]*)\s*=/.exec(line)?.[1]
    if (header !== undefined) section = header.trim()
    else if (section === 'console_scripts' && name !== undefined) names.push(name)
  }
  return names.sort()
}

function text({content}: ArchiveEntry): string {
  return Buffer.from(content).toString()
}
