import {describe, expect, test} from '@jest/globals'
import {publishAll} from './publish'
import type {Publisher, State} from './publisher'

type Fault = 'lost before' | 'lost after' | 'refused' | 'killed before' | 'killed after'
const faults: readonly Fault[] = ['lost before', 'lost after', 'refused', 'killed before', 'killed after']

class Lost extends Error {}
class Refused extends Error {}
/** The process ends: nothing of it goes on. */
class Killed extends Error {}

/** A registry that counts changes, and into which a fault can be put at any call. */
class Shelf implements Publisher<string> {
  readonly content = new Map<string, string>()
  readonly changes: string[] = []
  readonly waiting = new Set<string>()
  calls = 0
  fault: {readonly at: number; readonly kind: Fault} | undefined

  constructor(readonly wanted: ReadonlyMap<string, string>) {}

  readonly look = (target: string): Promise<State> =>
    this.#call(() => {
      if (this.waiting.has(target)) return {kind: 'waiting', reason: `${target} is to be approved`}
      const there = this.content.get(target)
      if (there === undefined) return {kind: 'absent'}
      return there === this.wanted.get(target)
        ? {kind: 'same'}
        : {kind: 'different', difference: `${target} is ${there}`}
    })

  readonly push = (target: string): Promise<void> =>
    this.#call(() => {
      if (this.content.has(target)) throw new Refused(`${target} is there`)
      this.content.set(target, this.wanted.get(target) ?? '')
      this.changes.push(target)
    })

  readonly confirm = async (target: string): Promise<void> => {
    const state = await this.look(target)
    if (state.kind !== 'same') throw new Refused(`${target} is ${state.kind}`)
  }

  readonly failure = (error: unknown) =>
    error instanceof Lost
      ? {isTransient: true, isUncertain: true}
      : error instanceof Refused
        ? {isTransient: false, isUncertain: false}
        : undefined

  readonly refusal = (different: readonly {readonly difference: string}[]) =>
    new Refused(different.map(({difference}) => difference).join('; '))

  async #call<T>(work: () => T): Promise<T> {
    const kind = this.fault?.at === ++this.calls ? this.fault.kind : undefined
    await Promise.resolve()
    if (kind === 'lost before') throw new Lost('no answer')
    if (kind === 'refused') throw new Refused('no')
    if (kind === 'killed before') throw new Killed()
    const result = work()
    if (kind === 'lost after') throw new Lost('no answer')
    if (kind === 'killed after') throw new Killed()
    return result
  }
}

const targets = ['a', 'b', 'c']
const wanted = new Map(targets.map(name => [name, `content of ${name}`]))
const publishing = {policy: {attempts: 3, delay: 1, longestDelay: 1}, wait: () => Promise.resolve()}

test('what is absent is published, what is there is skipped, in order', async () => {
  const shelf = new Shelf(wanted)
  shelf.content.set('b', 'content of b')
  const outcomes = await publishAll(shelf, targets, publishing)
  expect(outcomes.map(({target, result}) => `${target} ${result}`)).toEqual(['a published', 'b skipped', 'c published'])
  expect(shelf.changes).toEqual(['a', 'c'])
  expect((await publishAll(shelf, targets, publishing)).map(({result}) => result)).toEqual([
    'skipped',
    'skipped',
    'skipped',
  ])
  expect(shelf.changes).toEqual(['a', 'c'])
})

test('other content is refused before anything changes, all of it at once', async () => {
  const shelf = new Shelf(wanted)
  shelf.content.set('b', 'x')
  shelf.content.set('c', 'y')
  await expect(publishAll(shelf, targets, publishing)).rejects.toThrow('b is x; c is y')
  expect(shelf.changes).toEqual([])
})

test('what waits for a person is told, and the others are published', async () => {
  const shelf = new Shelf(wanted)
  shelf.waiting.add('b')
  expect(await publishAll(shelf, targets, publishing)).toEqual([
    {target: 'a', result: 'published'},
    {target: 'b', result: 'waiting', reason: 'b is to be approved'},
    {target: 'c', result: 'published'},
  ])
})

test('what nobody can be asked about is pushed', async () => {
  const shelf = new Shelf(wanted)
  const {push, failure, refusal} = shelf
  const look = () => Promise.resolve<State>({kind: 'unknown'})
  const outcomes = await publishAll({look, push, failure, refusal}, ['a'], publishing)
  expect(outcomes.map(({result}) => result)).toEqual(['published'])
})

// Three looks, three pushes, three confirmations.
describe.each(Array.from({length: 9}, (_, at) => at + 1))('a fault at call %d', at => {
  test.each(faults)('%s: nothing is published twice, and the next run completes it', async kind => {
    const shelf = new Shelf(wanted)
    shelf.fault = {at, kind}
    const first = await publishAll(shelf, targets, publishing).catch((error: unknown) => error)
    if (kind === 'lost before' || kind === 'lost after') expect(Array.isArray(first)).toBe(true)
    else expect(first).toBeInstanceOf(kind === 'refused' ? Refused : Killed)
    shelf.fault = undefined
    await publishAll(shelf, targets, publishing)
    expect(shelf.changes.toSorted()).toEqual(targets)
    expect(Object.fromEntries(shelf.content)).toEqual(Object.fromEntries(wanted))
  })
})
