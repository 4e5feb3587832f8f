import type {InputName, SecretName} from './workflow-inputs'

/** What only a release on one's own machine gives to an action. */
export type LocalName = 'toolchains' | 'public-key' | 'token'

/**
 * A text that is known once a release runs. The workflow has it as an expression, a snapshot as a value; conditions are values
 * that are `true` or `false`.
 */
export type Value = string | Expression

export type Expression =
  /** An input of the workflow, or an option of the command line. */
  | {readonly kind: 'input'; readonly name: InputName}
  | {readonly kind: 'secret'; readonly name: SecretName}
  /** The tag to release: in the workflow the ref of the event or of the input, always in full. */
  | {readonly kind: 'tag'}
  /** An output of a job that is needed, or of a step before. */
  | {readonly kind: 'output'; readonly of: 'job' | 'step'; readonly id: string; readonly name: string}
  /** A field of the matrix entry that the job stands for, such as `inputs.version`. */
  | {readonly kind: 'matrix'; readonly field: string}
  /** The runner's folder for temporary files. */
  | {readonly kind: 'temp'}
  | {readonly kind: 'local'; readonly name: LocalName}
  | {readonly kind: 'join'; readonly parts: readonly Value[]}
  | {readonly kind: 'not'; readonly value: Expression}
  | {readonly kind: 'compare'; readonly value: Expression; readonly sign: '==' | '!='; readonly text: string}
  | {readonly kind: 'all'; readonly values: readonly Expression[]}
  /** The value where the condition holds, else nothing. */
  | {readonly kind: 'if'; readonly condition: Expression; readonly value: Value}

export const input = (name: InputName): Expression => ({kind: 'input', name})
export const secret = (name: SecretName): Expression => ({kind: 'secret', name})
export const tag: Expression = {kind: 'tag'}
export const matrix = (field: string): Expression => ({kind: 'matrix', field})
export const local = (name: LocalName): Expression => ({kind: 'local', name})
export const join = (...parts: readonly Value[]): Expression => ({kind: 'join', parts})
export const not = (value: Expression): Expression => ({kind: 'not', value})
export const equals = (value: Expression, text: string): Expression => ({kind: 'compare', value, sign: '==', text})
export const differs = (value: Expression, text: string): Expression => ({kind: 'compare', value, sign: '!=', text})
export const all = (...values: readonly Expression[]): Expression => ({kind: 'all', values})
export const when = (condition: Expression, value: Value): Expression => ({kind: 'if', condition, value})

/** All expressions that stand in a value, itself among them. */
export function expressionsIn(value: Value): readonly Expression[] {
  if (typeof value === 'string') return []
  switch (value.kind) {
    case 'join':
      return [value, ...value.parts.flatMap(expressionsIn)]
    case 'all':
      return [value, ...value.values.flatMap(expressionsIn)]
    case 'not':
    case 'compare':
      return [value, ...expressionsIn(value.value)]
    case 'if':
      return [value, ...expressionsIn(value.condition), ...expressionsIn(value.value)]
    case 'input':
    case 'secret':
    case 'tag':
    case 'output':
    case 'matrix':
    case 'temp':
    case 'local':
      return [value]
  }
}
