import {createHash, getHashes} from 'node:crypto'
import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {readFields} from './json'

/** A hash that is another than the project says. */
export interface BrokenHash {
  readonly algorithm: string
  readonly wanted: string
  readonly found: string
}

/**
 * Compares a brought manager with the hash in `packageManager`: that of its archive, and for Yarn 2 and newer that of its
 * one file, as corepack writes them (https://github.com/nodejs/corepack/blob/main/sources/corepackUtils.ts).
 */
export async function brokenHash(
  host: Host,
  folder: string,
  {algorithm, hex: wanted}: {readonly algorithm: string; readonly hex: string},
): Promise<BrokenHash | undefined> {
  const berry = join(folder, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js')
  const sums = readFields(await host.files.readText(join(folder, 'archive.json')))
  const known = sums[algorithm]
  if (typeof known !== 'string' || !getHashes().includes(algorithm))
    return {algorithm, wanted, found: `of a kind that is not known here`}
  if ((await host.files.stat(berry)) === undefined)
    return known === wanted ? undefined : {algorithm, wanted, found: known}
  const found = createHash(algorithm)
    .update(await host.files.readBytes(berry))
    .digest('hex')
  return found === wanted || known === wanted ? undefined : {algorithm, wanted, found}
}
