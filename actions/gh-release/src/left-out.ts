import type {Host} from '@mcp-release/action-kit'
import type {LocalFile} from '@mcp-release/github'
import {manifestSchema, namesWithout, parseJson, releaseFiles} from '@mcp-release/release-model'

/**
 * The names that a release must have: those of `expect` without what its release-manifest.json, when it is among the
 * files, says was left out.
 */
export async function stillExpected(
  host: Host,
  expect: readonly string[],
  files: readonly Pick<LocalFile, 'name' | 'path'>[],
): Promise<readonly string[]> {
  const manifest = files.find(({name}) => name === releaseFiles.manifest)
  if (manifest === undefined || expect.length === 0) return expect
  const text = await host.files.readText(manifest.path)
  const {leftOut = []} = parseJson(manifestSchema.pick({leftOut: true}).loose(), {file: manifest.name, text})
  return namesWithout(expect, leftOut)
}
