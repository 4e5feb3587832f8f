import {type HeldBundle, type Workplace, holdBundle} from './bundle'

/** Processes that were started before their turn, because each needs a moment until it can begin. */
export class Holding {
  readonly #held: {readonly action: string; readonly bundle: HeldBundle}[] = []

  constructor(private readonly place: Workplace) {}

  /** Sees to it that each of these, an action as often as it is named, is there or on its way. */
  prepare(actions: readonly string[]): void {
    const there = this.#held.map(({action}) => action)
    for (const action of actions) {
      const at = there.indexOf(action)
      if (at === -1) this.#held.push({action, bundle: holdBundle(action, this.place)})
      else there.splice(at, 1)
    }
  }

  /** One that is held, or else a new one. */
  take(action: string): HeldBundle {
    const at = this.#held.findIndex(each => each.action === action)
    return this.#held.splice(at, at === -1 ? 0 : 1)[0]?.bundle ?? holdBundle(action, this.place)
  }

  /** Ends those whose turn did not come. */
  dropAll(): void {
    for (const {bundle} of this.#held.splice(0)) bundle.drop()
  }
}
