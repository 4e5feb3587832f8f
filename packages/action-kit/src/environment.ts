import type {Environment} from './inputs'

// Inputs and runner tokens belong to the action alone; the rest are the usual names of credentials.
const withheld: readonly RegExp[] = [
  /^INPUT_/i,
  /^ACTIONS_(ID_TOKEN|RUNTIME|RESULTS|CACHE)/,
  /^GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$/,
  /(^|_)(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS|APIKEY)(_|$)/i,
  /(PRIVATE|SECRET|ACCESS|API|SIGNING)_?KEY/i,
]

// Names that match above but are no secrets, only settings that builds need.
const kept = new Set(['AWS_WEB_IDENTITY_TOKEN_FILE'])

/**
 * The environment for a program that is not ours: all but what looks like a credential or belongs to the runner's
 * protocol. What a program really needs is given to it by name in `ExecOptions.env`.
 */
export function childEnvironment(
  env: Environment,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && (kept.has(name) || !withheld.some(rule => rule.test(name)))) result[name] = value
  }
  return {...result, ...extra}
}
