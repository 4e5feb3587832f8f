import {basename} from 'node:path'
import type {Files} from '@mcp-release/action-kit'
import {type ListedFile, jsonEntry, ofFile, readZip, tarNames} from '@mcp-release/archives'
import type {BuiltPackage} from './built-package'
import {readImage} from './read-image'
import {readPythonMetadata} from './python-metadata'

/**
 * Reads what a built file says of itself: wheel, sdist, npm tarball, crate, OCI archive or .mcpb; `undefined` for any
 * other file, which server.json cannot name. Damaged archives throw an `ActionError` with code `ARCHIVE`.
 */
export async function readBuilt(files: Files, path: string): Promise<BuiltPackage | undefined> {
  const file = basename(path)
  return ofFile(file, () => read(files, path, file))
}

async function read(files: Files, path: string, file: string): Promise<BuiltPackage | undefined> {
  const common = async () => ({file, sha256: await files.sha256(path)})
  if (file.endsWith('.mcpb')) return {...(await common()), type: 'mcpb', name: file, proof: {in: 'nothing'}}
  if (file.endsWith('.whl')) {
    const metadata = readZip(await files.readBytes(path)).find(({name}) => /^[^/]+\.dist-info\/METADATA$/.test(name))
    const content = metadata && readPythonMetadata(text(metadata.content))
    return content && {...(await common()), ...content}
  }
  if (file.endsWith('.oci.tar')) return {...(await common()), ...readImage(file, await tarNames(path))}
  if (!/\.(tgz|tar\.gz|crate)$/.test(file)) return undefined
  const content = readPackage(file, await tarNames(path))
  return content && {...(await common()), ...content}
}

type Content = Omit<BuiltPackage, 'file' | 'sha256'>

function readPackage(file: string, files: readonly ListedFile[]): Content | undefined {
  const find = (pattern: RegExp) => files.find(({name, content}) => content !== undefined && pattern.test(name))
  const crate = /^(.+?)-(\d+\.\d+\.\d+.*)\.crate$/.exec(file)
  if (crate !== null) {
    const readme = find(/^[^/]+\/readme(\.\w+)?$/i)
    const proof = {in: 'readme', text: text(readme?.content), withoutComments: true} as const
    return {type: 'cargo', name: crate[1] ?? '', version: crate[2] ?? '', proof}
  }
  const manifest = find(/^package\/package\.json$/)
  if (manifest !== undefined) return readNpm(text(manifest.content))
  const info = find(/^[^/]+\/PKG-INFO$/)
  return info && readPythonMetadata(text(info.content))
}

function readNpm(json: string): Content | undefined {
  const {name, version, mcpName, description, private: isPrivate, os, cpu} = jsonEntry('package/package.json', json)
  if (typeof name !== 'string' || typeof version !== 'string') return undefined
  return {
    type: 'npm',
    name,
    version,
    ...(typeof description === 'string' ? {summary: description} : {}),
    private: isPrivate === true,
    isPart: Array.isArray(os) || Array.isArray(cpu),
    proof: {in: 'package.json', ...(typeof mcpName === 'string' ? {name: mcpName} : {})},
  }
}

function text(content: Uint8Array = new Uint8Array()): string {
  return Buffer.from(content).toString()
}
