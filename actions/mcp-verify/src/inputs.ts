import {type InputsOf, rejectProblems} from '@mcp-release/action-kit'
import {parseVersion} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import type {Trial} from './matrix/trial'

/** How servers are started and judged. */
export interface Settings {
  readonly executable?: string
  readonly serverArgs: readonly string[]
  readonly serverEnv: Readonly<Record<string, string>>
  readonly expectTools: readonly string[]
  readonly version?: string
  readonly versionMismatch: 'warning' | 'error'
  readonly unverifiable: 'skip' | 'error'
  readonly timeoutMilliseconds: number
  /** How the compatibility matrix takes part in an installation. */
  readonly trial?: Trial
}

/** Inputs in a form in which they cannot be wrong; throws all problems at once. */
export function refine(raw: InputsOf<typeof contract>): Settings {
  const problems: string[] = []
  const serverEnv: Record<string, string> = {}
  for (const item of raw.serverEnv) {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(item) ?? []
    // The item itself may hold a secret, so that only its place is named.
    if (name === undefined || value === undefined) {
      problems.push(`server-env: item ${raw.serverEnv.indexOf(item) + 1} is not NAME=value`)
    } else serverEnv[name] = value
  }
  if (raw.timeout < 1 || raw.timeout > 3600) problems.push(`timeout: ${raw.timeout} is not from 1 to 3600 seconds`)
  if (raw.version !== undefined && parseVersion(raw.version) === undefined) {
    problems.push(`version: ${JSON.stringify(raw.version)} is neither SemVer nor PEP 440`)
  }
  rejectProblems(problems)
  return {
    ...(raw.executable === undefined ? {} : {executable: raw.executable}),
    ...(raw.version === undefined ? {} : {version: raw.version}),
    serverArgs: raw.serverArgs,
    serverEnv,
    expectTools: raw.expectTools,
    versionMismatch: raw.versionMismatch,
    unverifiable: raw.unverifiable,
    timeoutMilliseconds: raw.timeout * 1000,
  }
}
