import type {Expression, LocalName, Value} from './value'
import type {InputName, SecretName} from './workflow-inputs'

/** What values stand for in one run on one machine. */
export interface Scope {
  readonly inputs: Readonly<Partial<Record<InputName, string>>>
  readonly secrets: Readonly<Partial<Record<SecretName, string>>>
  readonly local: Readonly<Partial<Record<LocalName, string>>>
  /** The folder for temporary files, absolute. */
  readonly temp: string
  /** The matrix entry of the job. */
  readonly matrix: unknown
  /** The outputs of a job, or of a step of the job. */
  readonly outputs: (of: 'job' | 'step', id: string) => Readonly<Record<string, string>>
}

/** The text of a value; `true` or `false` for a condition, nothing for what is not said. */
export function evaluate(value: Value, scope: Scope): string {
  if (typeof value === 'string') return value
  switch (value.kind) {
    case 'input':
      return scope.inputs[value.name] ?? ''
    case 'secret':
      return scope.secrets[value.name] ?? ''
    case 'local':
      return scope.local[value.name] ?? ''
    case 'tag':
      return scope.inputs.tag ?? ''
    case 'output':
      return scope.outputs(value.of, value.id)[value.name] ?? ''
    case 'matrix':
      return field(scope.matrix, value.field.split('.'))
    case 'temp':
      return scope.temp
    case 'join':
      return value.parts.map(part => evaluate(part, scope)).join('')
    case 'not':
      return String(!holds(value.value, scope))
    case 'compare':
      return String((evaluate(value.value, scope) === value.text) === (value.sign === '=='))
    case 'all':
      return String(value.values.every(each => holds(each, scope)))
    case 'if':
      return holds(value.condition, scope) ? evaluate(value.value, scope) : ''
  }
}

/** Whether a condition holds. */
export function holds(condition: Expression, scope: Scope): boolean {
  return evaluate(condition, scope) === 'true'
}

function field(entry: unknown, [name, ...rest]: readonly string[]): string {
  if (name === undefined) return typeof entry === 'string' || typeof entry === 'boolean' ? String(entry) : ''
  if (typeof entry !== 'object' || entry === null) return ''
  // Names of inputs have no dots.
  return field((entry as Readonly<Record<string, unknown>>)[name], rest)
}
