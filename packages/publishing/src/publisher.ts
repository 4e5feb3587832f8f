/** What is known of a target. */
export type State =
  | {readonly kind: 'absent'}
  /** There, with the same content. */
  | {readonly kind: 'same'}
  /** There, with other content, in words. */
  | {readonly kind: 'different'; readonly difference: string}
  /** A person has to do something first, in words. */
  | {readonly kind: 'waiting'; readonly reason: string}
  /** The other side cannot be asked; whether it takes the target is seen when it is pushed. */
  | {readonly kind: 'unknown'}

/** What a failed call means. */
export interface Failure {
  /** Whether another attempt may do better. */
  readonly isTransient: boolean
  /** Whether the call may have done its work all the same. */
  readonly isUncertain: boolean
  /** Whether it says that the target is there already, by whomever. */
  readonly isDuplicate?: boolean
}

/** A place where something is published, exactly once: a registry, a forge, a repository of packages. */
export interface Publisher<Target> {
  /** What is there of a target. Changes nothing. */
  readonly look: (target: Target) => Promise<State>
  /** Puts it there. */
  readonly push: (target: Target) => Promise<void>
  /** Throws when it is not what was pushed. */
  readonly confirm?: (target: Target) => Promise<void>
  /** What an error of `look` or `push` means; `undefined` for one that nothing is known of, which ends everything. */
  readonly failure: (error: unknown) => Failure | undefined
  /** The error for targets that are there with other content: a published version never changes. */
  readonly refusal: (different: readonly {readonly target: Target; readonly difference: string}[]) => Error
}
