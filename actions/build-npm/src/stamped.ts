import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type BuildRequest, isPlaceholderVersion, textIfThere} from '@mcp-release/release-model'
import {record} from '@mcp-release/package-rules'

/**
 * Runs a build with the version of the release in package.json, where the repository keeps a placeholder; afterwards the file
 * is what it was.
 */
export async function withVersion<T>(
  host: Host,
  {directory, version}: BuildRequest,
  body: () => Promise<T>,
): Promise<T> {
  const file = join(directory, 'package.json')
  const text = await textIfThere(host, file)
  const stamped = text === undefined || version?.semver === undefined ? undefined : stamp(text, version.semver)
  if (text === undefined || stamped === undefined) return body()
  host.info(`package.json gets the version ${version?.semver ?? ''} in place of its placeholder`)
  await host.files.write(file, stamped)
  try {
    return await body()
  } finally {
    await host.files.write(file, text)
  }
}

function stamp(text: string, version: string): string | undefined {
  const fields = parsed(text)
  const {version: own} = fields
  if (typeof own !== 'string' || own === version || !isPlaceholderVersion(own)) return undefined
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? 2
  return `${JSON.stringify({...fields, version}, null, indent)}\n`
}

// What is wrong with the file is told where it is read.
function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text))
  } catch {
    return {}
  }
}
