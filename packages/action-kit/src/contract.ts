/** The declared shape of one input, as generated from action.yml and action-types.yml. */
export type InputSpec =
  | {readonly type: 'string'; readonly required?: true; readonly default?: string}
  | {readonly type: 'integer'; readonly required?: true; readonly default?: string}
  | {readonly type: 'boolean'; readonly default: 'true' | 'false'}
  | {readonly type: 'enum'; readonly values: readonly string[]; readonly default?: string}
  | {readonly type: 'list'; readonly required?: true; readonly default?: string}

/** The contract of one action as a value; `InputsOf` and `OutputsOf` follow from it. */
export interface Contract {
  readonly action: string
  readonly inputs: Readonly<Record<string, InputSpec>>
  readonly outputs: readonly string[]
}

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S

type ValueOf<S extends InputSpec> = S extends {type: 'boolean'}
  ? boolean
  : S extends {type: 'list'}
    ? readonly string[]
    : S extends {type: 'enum'; values: readonly (infer V)[]}
      ? S extends {default: string}
        ? V
        : V | undefined
      : S extends {type: 'integer'; default: string} | {type: 'integer'; required: true}
        ? number
        : S extends {type: 'integer'}
          ? number | undefined
          : S extends {default: string} | {required: true}
            ? string
            : string | undefined

/** The inputs of an action as one object: kebab-case becomes camelCase; `undefined` only without default and not required. */
export type InputsOf<C extends Contract> = {
  readonly [K in keyof C['inputs'] & string as CamelCase<K>]: ValueOf<C['inputs'][K]>
}

/** The outputs of an action: each declared name exactly once, so that a forgotten output does not compile. */
export type OutputsOf<C extends Contract> = Readonly<Record<C['outputs'][number], string>>

/** `source-date` → `sourceDate`: the name under which code sees an input. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The environment variable in which the runner hands over an input (actions/runner, ActionRunner: spaces become `_`, upper case). */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}
