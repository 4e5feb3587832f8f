import {join} from 'node:path'
import {type Platform, archiveName, executableSuffix} from '@mcp-release/release-model'
import type {Inputs} from './inputs'

/** One run of a compiler. */
export interface Compilation {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Absolute path at which the compiler leaves the executable. */
  readonly binary: string
  /** A command that prints as JSON lines where the executable of a cargo target lies. */
  readonly locate?: {readonly argv: readonly string[]; readonly target: string}
}

/** One executable to be built and packed. */
export interface Build {
  readonly platform: Platform
  /** One; for a universal binary of macOS one for each processor. */
  readonly parts: readonly Compilation[]
  /** What the executable must hold, and what users are told where it does not. */
  readonly holds?: {readonly text: string; readonly otherwise: string}
  /** Name of the executable inside the archive. */
  readonly executable: string
  /** Absolute path of the archive. */
  readonly archive: string
}

/** The names that do not depend on the language. */
export function names(
  {name, version, inputs}: {readonly name: string; readonly version: string; readonly inputs: Inputs},
  platform: Platform,
): Pick<Build, 'platform' | 'executable' | 'archive'> {
  const archive = inputs.archiveNames.get(platform) ?? archiveName(name, version, platform)
  return {platform, executable: name + executableSuffix(platform), archive: join(inputs.output, archive)}
}
