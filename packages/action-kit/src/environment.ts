import {basename} from 'node:path'
import {type VariableGroup, systemVariables} from './environment-names'
import {packageVariables} from './environment-packages'
import type {Environment} from './inputs'

const groups: readonly VariableGroup[] = [...systemVariables, ...packageVariables]
const byName = new Map(groups.filter(({anyCase}) => anyCase !== true).flatMap(entriesOf))
const byLowerName = new Map(
  groups.filter(({anyCase}) => anyCase === true).flatMap(group => entriesOf(group).map(lowerEntry)),
)

/**
 * The environment for a program that is not ours: what programs need to start and what tools document as their settings,
 * and the variables that the user names in MCP_RELEASE_PASS, separated by commas or blanks. A list of what is secret would
 * never be complete, because any name may hold a credential; the list of settings may be added to. What a program really
 * needs otherwise is given to it by name in `ExecOptions.env`. For a `program`, addresses that only other tools log in at
 * come without user and password.
 */
export function childEnvironment(
  env: Environment,
  extra: Readonly<Record<string, string>> = {},
  program?: string,
): Record<string, string> {
  const named = new Set((env['MCP_RELEASE_PASS'] ?? '').split(/[\s,]+/))
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue
    const group = groupOf(name)
    if (named.has(name)) result[name] = value
    else if (group !== undefined) result[name] = logsIn(program, group) ? value : withoutLogin(value)
  }
  return {...result, ...extra}
}

function groupOf(name: string): VariableGroup | undefined {
  return (
    byName.get(name) ??
    byLowerName.get(name.toLowerCase()) ??
    groups.find(({patterns = []}) => patterns.some(pattern => pattern.test(name)))
  )
}

// Proxies are for all.
function logsIn(program: string | undefined, {readers}: VariableGroup): boolean {
  if (program === undefined || readers === undefined) return true
  return readers.test(basename(program.replaceAll('\\', '/')).replace(/\.(?:exe|cmd)$/i, ''))
}

/** The address stays: without it, a tool would ask a public index for what only a private one may answer. */
function withoutLogin(value: string): string {
  return value.replace(/\b(https?:\/\/)[^\s/?#]*@/gi, '$1')
}

function entriesOf(group: VariableGroup): readonly (readonly [string, VariableGroup])[] {
  return group.names.map(name => [name, group] as const)
}

function lowerEntry([name, group]: readonly [string, VariableGroup]): readonly [string, VariableGroup] {
  return [name.toLowerCase(), group]
}
