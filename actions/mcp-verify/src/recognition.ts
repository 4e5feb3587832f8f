import {basename} from 'node:path'
import {type Files, errorText} from '@mcp-release/action-kit'
import {type ArchiveEntry, readTar, readZip, tarNames} from '@mcp-release/archives'
import {executableFormat} from '@mcp-release/mcp'
import {programName} from '@mcp-release/release-model'
import {bundleContent} from './bundle'
import type {Candidate, Content} from './candidate'
import {npmContent} from './npm-package'
import {wheelContent} from './wheel'

// By these names people mean a server, so that one that cannot be read is an error and not just another file.
const promising = /\.(whl|tgz|tar\.gz|zip|mcpb|oci\.tar)$/

// These suffixes leave no doubt.
const promises = [
  ['.whl', 'wheel'],
  ['.tgz', 'npm tarball'],
  ['.mcpb', 'MCP bundle: it has no manifest.json'],
] as const

/** Finds out from its content what a file is; `undefined` for what is no server at all, such as an SBOM. */
export async function recognise(files: Files, path: string): Promise<Candidate | undefined> {
  const file = basename(path)
  let content: Content | undefined
  try {
    content = await read(files, path, file)
  } catch (error) {
    if (!promising.test(file)) return undefined
    return {file, path, content: {kind: 'broken', problem: errorText(error)}}
  }
  const promised = promises.find(([suffix]) => file.endsWith(suffix))
  if (content === undefined && promised !== undefined) content = {kind: 'broken', problem: `is no ${promised[1]}`}
  return content === undefined ? undefined : {file, path, content}
}

async function read(files: Files, path: string, file: string): Promise<Content | undefined> {
  const start = await files.readStart(path, 4096)
  const format = executableFormat(start)
  if (format !== undefined) {
    const entry: ArchiveEntry = {name: file, mode: 0o755, kind: 'file', content: await files.readBytes(path)}
    return {kind: 'executables', name: programName(file), executables: [{name: file, ...format}], entries: [entry]}
  }
  if (start[0] === 0x50 && start[1] === 0x4b) {
    const entries = readZip(await files.readBytes(path))
    return wheelContent(file, entries) ?? bundleContent(file, entries) ?? executablesContent(file, entries)
  }
  if (start[0] === 0x1f && start[1] === 0x8b) {
    const entries = await readTar(await files.readBytes(path))
    return npmContent(file, entries) ?? sdistContent(entries) ?? executablesContent(file, entries)
  }
  if (Buffer.from(start.subarray(257, 262)).toString('latin1') !== 'ustar') return undefined
  const names = new Set((await tarNames(path, {contentUpTo: 0})).map(entry => entry.name))
  return names.has('oci-layout') && names.has('index.json') ? {kind: 'image'} : undefined
}

function sdistContent(entries: readonly ArchiveEntry[]): Content | undefined {
  return entries.some(({name}) => /^[^/]+\/PKG-INFO$/.test(name)) ? {kind: 'sdist'} : undefined
}

function executablesContent(file: string, entries: readonly ArchiveEntry[]): Content | undefined {
  const executables = entries.flatMap(({name, kind, mode, content}) => {
    // At the top, or in the one folder that many archives wrap around everything.
    if (kind !== 'file' || name.split('/').length > 2) return []
    if ((mode & 0o111) === 0 && !name.endsWith('.exe')) return []
    const format = executableFormat(content.subarray(0, 4096))
    return format === undefined ? [] : [{name, ...format}]
  })
  return executables.length === 0 ? undefined : {kind: 'executables', name: programName(file), executables, entries}
}
