import {rejectProblems} from './errors'
import {type Contract, type InputSpec, type InputsOf, camelCase, inputVariable} from './contract'

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

type Value = string | number | boolean | readonly string[] | undefined

/**
 * Reads all inputs of an action once and strictly; throws one `InputError` that names every problem.
 * An input given as an empty text means its default: the runner applies defaults only to absent keys.
 */
export function readInputs<const C extends Contract>(contract: C, env: Environment): InputsOf<C> {
  const problems: string[] = []
  const values: Record<string, Value> = {}
  for (const [name, spec] of Object.entries(contract.inputs)) {
    const given = (env[inputVariable(name)] ?? '').trim()
    values[camelCase(name)] = readValue(name, spec, given, problems)
  }
  rejectProblems(problems)
  return values as InputsOf<C>
}

function readValue(name: string, spec: InputSpec, given: string, problems: string[]): Value {
  const raw = given === '' ? (spec.default ?? '') : given
  if (raw.includes('\0')) problems.push(`${name}: contains a NUL byte`)
  if (raw === '') {
    if ('required' in spec) problems.push(`${name}: required, but empty`)
    return spec.type === 'list' ? [] : undefined
  }
  if (spec.type === 'boolean') return readBoolean(name, raw, problems)
  if (spec.type === 'integer') return readInteger(name, raw, problems)
  if (spec.type === 'list') return listItems(raw)
  if (spec.type === 'enum' && !spec.values.includes(raw)) {
    problems.push(`${name}: ${JSON.stringify(raw)} is none of ${spec.values.join(', ')}`)
  }
  return raw
}

// YAML 1.2's core schema, as in @actions/core's getBooleanInput.
function readBoolean(name: string, raw: string, problems: string[]): boolean {
  if (['true', 'True', 'TRUE'].includes(raw)) return true
  if (!['false', 'False', 'FALSE'].includes(raw))
    problems.push(`${name}: ${JSON.stringify(raw)} is neither true nor false`)
  return false
}

function readInteger(name: string, raw: string, problems: string[]): number {
  if (!/^\d{1,15}$/.test(raw)) problems.push(`${name}: ${JSON.stringify(raw)} is not a whole number`)
  return Number(raw)
}

/** The items of a list input: one on each line, trimmed; empty lines and `#` comments are left out. */
export function listItems(raw: string): readonly string[] {
  return raw
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
}
