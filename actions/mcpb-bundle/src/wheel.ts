import {InputError} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {type Metadata, headers, pythonMetadata} from '@mcp-release/mcpb'
import {entryPoints, normalizedPythonName, serverCommand} from '@mcp-release/release-model'
import type {Source} from './sources'

/** A wheel as far as bundles are concerned. */
export interface Wheel {
  readonly file: string
  readonly metadata: Metadata
  readonly requiresPython?: string
  /** As in METADATA, with those of the extras that users are told to install, and without those of others. */
  readonly requirements: readonly string[]
  /** The extras that users are told to install. */
  readonly extras?: readonly string[]
  readonly command: string
  /** `module:object`, what the command calls. */
  readonly target: string
  /** The files as they are installed. */
  readonly installed: readonly ArchiveFile[]
}

/** Reads a wheel (PEP 427) and chooses its server; throws an `InputError`. */
export function readWheel(
  {file, entries}: Extract<Source, {kind: 'wheel'}>,
  asked?: string,
  extras: readonly string[] = [],
): Wheel {
  const info = entries.find(({name}) => /^[^/]+\.dist-info\/METADATA$/.test(name))
  if (info === undefined) throw new InputError([`${file}: has no METADATA, so it is not a wheel`])
  const text = Buffer.from(info.content).toString()
  const fields = headers(text)
  const folder = info.name.slice(0, -'METADATA'.length)
  const scripts = consoleScripts(entries.find(({name}) => name === `${folder}entry_points.txt`))
  const metadata = pythonMetadata(text)
  const command = serverCommand([...scripts.keys()], {name: metadata.name ?? '', asked})
  const target = command === undefined ? undefined : scripts.get(command)
  if (command === undefined || target === undefined) {
    const has = scripts.size === 0 ? 'no console script' : `only ${[...scripts.keys()].sort().join(', ')}`
    throw new InputError([`${file}: has ${has}${asked === undefined ? '' : `, and not ${JSON.stringify(asked)}`}`], {
      hint: 'The console script is what starts the server: add [project.scripts] to pyproject.toml.',
    })
  }
  const requiresPython = fields.get('requires-python')?.[0]
  return {
    file,
    metadata,
    ...(requiresPython === undefined ? {} : {requiresPython}),
    requirements: (fields.get('requires-dist') ?? []).flatMap(each => withExtras(each, extras)),
    ...(extras.length === 0 ? {} : {extras}),
    command,
    target,
    installed: entries.flatMap(installedFile),
  }
}

const extraClause = /\bextra\s*==\s*(["'])([\w.-]+)\1/g

/**
 * A requirement as it is without extras (https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers):
 * what belongs to one that is asked for holds always, what belongs to others never.
 */
function withExtras(requirement: string, extras: readonly string[]): readonly string[] {
  const wanted = new Set(extras.map(normalizedPythonName))
  const named = [...requirement.matchAll(extraClause)].map(([, , name = '']) => normalizedPythonName(name))
  if (named.length === 0) return [requirement]
  if (!named.some(name => wanted.has(name))) return []
  const cut = requirement.indexOf(';')
  const [base, marker] = [requirement.slice(0, cut), requirement.slice(cut + 1)]
  if (marker.replace(extraClause, '').trim() === '') return [base.trim()]
  const plain = marker.replace(extraClause, (_, __, name: string) =>
    wanted.has(normalizedPythonName(name)) ? 'python_version >= "0"' : 'python_version < "0"',
  )
  return [`${base.trim()}; ${plain.trim()}`]
}

/** A pure wheel runs everywhere (PEP 425: `none-any`). */
export function isPure(file: string): boolean {
  return file.endsWith('-none-any.whl')
}

// https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-data-directory
function installedFile(entry: ArchiveFile): readonly ArchiveFile[] {
  const [, scheme, rest] = /^[^/]+\.data\/([^/]+)\/(.+)$/.exec(entry.name) ?? []
  if (scheme === undefined || rest === undefined)
    return /^[^/]+\.dist-info\/RECORD$/.test(entry.name) ? [] : [{...entry, mode: 0o644}]
  return scheme === 'purelib' || scheme === 'platlib' ? [{...entry, name: rest, mode: 0o644}] : []
}

function consoleScripts(file: ArchiveFile | undefined): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>()
  for (const {group, name, target = ''} of entryPoints(Buffer.from(file?.content ?? []).toString())) {
    const [module = '', rest] = target.split(':', 2).map(each => each.trim())
    const attribute = /^[\w.]+/.exec(rest ?? '')?.[0]
    const isPlain = /^[\w.-]+$/.test(name) && /^[\w.]+$/.test(module)
    if (group === 'console_scripts' && isPlain && attribute !== undefined) scripts.set(name, `${module}:${attribute}`)
  }
  return scripts
}

/** A Python script that calls `module:object`, as the script of an installer does. */
export function launcherOf(target: string, folders: readonly string[] = []): string {
  const [module = '', object = ''] = target.split(':')
  const [first = ''] = object.split('.')
  const paths = folders.map(
    folder => `sys.path.insert(0, str(Path(__file__).resolve().parent / ${JSON.stringify(folder)}))\n`,
  )
  return `"""Starts the server. Generated by mcp-release."""

import sys
${folders.length === 0 ? '' : 'from pathlib import Path\n'}
${paths.join('')}${folders.length === 0 ? '' : '\n'}from ${module} import ${first}  # noqa: E402

if __name__ == "__main__":
    sys.exit(${object}())
`
}
