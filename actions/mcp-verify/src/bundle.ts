import {errorText} from '@mcp-release/action-kit'
import type {ArchiveEntry} from '@mcp-release/archives'
import {isBundleManifest, parseManifest} from '@mcp-release/mcpb'
import type {Content} from './candidate'

/** Reads an MCP bundle: its manifest, by the rules of its version; `undefined` when the zip file is none. */
export function bundleContent(file: string, entries: readonly ArchiveEntry[]): Content | undefined {
  const manifest = entries.find(({name, kind}) => name === 'manifest.json' && kind === 'file')
  if (manifest === undefined) return undefined
  const text = Buffer.from(manifest.content).toString()
  if (!file.endsWith('.mcpb') && !isBundleManifest(text)) return undefined
  try {
    return {kind: 'bundle', manifest: parseManifest('manifest.json', text), entries}
  } catch (error) {
    return {kind: 'broken', problem: errorText(error)}
  }
}
