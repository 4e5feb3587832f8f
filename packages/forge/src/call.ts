import type {Actor} from './actors'
import type {Repository, World} from './model'
import type {Addresses} from './representation'
import type {Reply} from './reply'
import type {Storage} from './storage'

/** A checked request for one operation, with what it may touch. */
export interface Call {
  readonly world: World
  readonly repository: Repository
  readonly storage: Storage
  readonly at: Addresses
  readonly actor: Actor
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly accept: string
  /** The raw body, for an upload. */
  readonly upload: {
    readonly bytes: AsyncIterable<Buffer>
    readonly contentLength: string | undefined
    readonly contentType: string | undefined
    /** Whether an upload that breaks off stays behind as a `starter`. */
    readonly keepRemnant: boolean
  }
}

/** Carries out one operation. */
export type Handler = (call: Call) => Reply | Promise<Reply>
