import {join} from 'node:path'
import {type Platform, archiveName, executableSuffix} from '@mcp-release/release-model'

/** One run of a compiler. */
export interface Compilation {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Absolute path at which the compiler leaves the executable. */
  readonly binary: string
}

/** One executable to be built and packed. */
export interface Build {
  readonly platform: Platform
  /** One; for a universal binary of macOS one for each processor. */
  readonly parts: readonly Compilation[]
  /** Name of the executable inside the archive. */
  readonly executable: string
  /** Absolute path of the archive. */
  readonly archive: string
}

/** The names that do not depend on the language. */
export function names(
  {name, version, output}: {readonly name: string; readonly version: string; readonly output: string},
  platform: Platform,
): Pick<Build, 'platform' | 'executable' | 'archive'> {
  return {
    platform,
    executable: name + executableSuffix(platform),
    archive: join(output, archiveName(name, version, platform)),
  }
}
