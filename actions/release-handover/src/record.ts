import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {sha256} from '@mcp-release/release-model'
import {z} from 'zod'

/** The file in which a hand-over says what it holds. */
export const recordName = 'handover.json'

/** The shape of handover.json, version 1. */
export const recordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The name of the hand-over. */
  name: z.string(),
  /** `owner/name`, and the run that sealed it; absent outside GitHub Actions. */
  repository: z.string().optional(),
  run: z.string().optional(),
  files: z.array(
    z.strictObject({
      /** Relative to the folder of the hand-over, with `/`. */
      path: z.string(),
      /** Bytes. */
      size: z.int().nonnegative(),
      sha256,
    }),
  ),
})

/** What a hand-over held when it was sealed. */
export type HandoverRecord = z.infer<typeof recordSchema>
export type HandedFile = HandoverRecord['files'][number]

/** Which run this is, as the runner says. */
export function runOf({env}: Host): Pick<HandoverRecord, 'repository' | 'run'> {
  const {GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run} = env
  return {
    ...(repository === undefined ? {} : {repository}),
    ...(run === undefined ? {} : {run}),
  }
}

const words = {link: 'a link', other: 'a special file'} as const

/**
 * Measures every file of a hand-over but its record, in order of their paths; what is neither a file nor a folder is a problem.
 */
export async function measure(
  host: Host,
  {folder, name}: {readonly folder: string; readonly name: string},
  problems: string[],
): Promise<readonly HandedFile[]> {
  const files: HandedFile[] = []
  const walk = async (prefix: string): Promise<void> => {
    for (const entry of await host.files.list(join(folder, prefix))) {
      const path = `${prefix}${entry}`
      const stat = await host.files.stat(join(folder, path))
      if (stat?.kind === 'directory') await walk(`${path}/`)
      else if (stat?.kind !== 'file')
        problems.push(`${name}: ${JSON.stringify(path)} is ${words[stat?.kind ?? 'other']}`)
      else if (path !== recordName) {
        files.push({path, size: stat.size, sha256: await host.files.sha256(join(folder, path))})
      }
    }
  }
  await walk('')
  return files.sort((one, other) => (one.path < other.path ? -1 : 1))
}
