import type {Contract, InputSpec} from '@mcp-release/action-kit'
import type {Expression, Value} from './value'

type Given<S extends InputSpec> = S extends {type: 'enum'; values: readonly (infer V)[]}
  ? V | Expression
  : S extends {type: 'boolean'}
    ? 'true' | 'false' | Expression
    : Value

type Required<C extends Contract> = {
  [K in keyof C['inputs']]: C['inputs'][K] extends {required: true} ? K : never
}[keyof C['inputs']]

/** The inputs of an action: a name that it does not have, or one that it requires and that is missing, does not compile. */
export type StepInputs<C extends Contract> = {readonly [K in Required<C>]: Given<C['inputs'][K]>} & {
  readonly [K in Exclude<keyof C['inputs'], Required<C>>]?: Given<C['inputs'][K]>
}

/** A start of one of our actions. */
export interface Step {
  readonly id?: string
  readonly action: string
  /** What people read while it runs. */
  readonly title: string
  readonly inputs: Readonly<Record<string, Value>>
  /** Whether it runs; always without it. */
  readonly when?: Expression
  /**
   * That it reads nothing of the step before it and writes nowhere where that one reads, so that one machine may run both at
   * the same time.
   */
  readonly beside?: true
  /** Why it is as it is, for those who read the workflow. */
  readonly comment?: string
}

/** A step whose outputs can be read by their names. */
export interface StepWith<Output extends string> extends Step {
  readonly output: (name: Output) => Expression
}

/** What a step has besides its action and inputs. */
export type StepOptions = Omit<Step, 'action' | 'inputs'>

/** A start of an action with inputs that its contract has. */
export function step<const C extends Contract>(
  {action}: C,
  inputs: StepInputs<C>,
  options: StepOptions,
): StepWith<C['outputs'][number]> {
  return {
    ...options,
    action,
    inputs,
    output: name => {
      if (options.id === undefined)
        throw new Error(`the step of ${action} needs an id before its output ${name} is read`)
      return {kind: 'output', of: 'step', id: options.id, name}
    },
  }
}

/** Inputs that the matrix entry of the job holds under the same names. */
export function fromMatrix<const C extends Contract, K extends keyof C['inputs'] & string>(
  _contract: C,
  names: readonly K[],
): {readonly [N in K]: Expression} {
  const entries = names.map(name => [name, {kind: 'matrix', field: `inputs.${name}`}])
  return Object.fromEntries(entries) as {readonly [N in K]: Expression}
}
