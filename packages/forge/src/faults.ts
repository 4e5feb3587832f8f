import {ApiError} from './errors'
import {quotaSpent, slowDown} from './rate-limit'
import type {Reply} from './reply'

/** What can go wrong with a request. */
export type FaultKind =
  | 'status'
  | 'rate-limit'
  | 'secondary-limit'
  | 'reset-before'
  | 'reset-half-way'
  | 'answer-lost'
  | 'stall'
  | 'truncate-answer'

/** What the forge knows of a request when it arrives. */
export interface RequestInfo {
  /** Number of the request, from 1. */
  readonly n: number
  readonly method: string
  readonly path: string
  /** The operation of the OpenAPI description, `graphql`, `download`, or undefined for an unknown address. */
  readonly operationId: string | undefined
  readonly query: Readonly<Record<string, string>>
}

/** A fault to inject. */
export interface Fault {
  readonly kind: FaultKind
  /** Which requests are meant; every given part must agree. */
  readonly match?: {
    readonly operationId?: string
    readonly method?: string
    readonly path?: string | RegExp
    /** The first of the matching requests to hit, from 1. */
    readonly nth?: number
  }
  /** Status of `status` (default 500), `rate-limit` and `secondary-limit` (default 403). */
  readonly status?: number
  /** How many requests are hit; default 1, Infinity for a fault that never ends. */
  readonly times?: number
  /** Seconds until a limit is lifted; default 1. */
  readonly retryAfterSeconds?: number
  /** The request takes effect although its answer is an error (`status`, `stall`). */
  readonly effect?: boolean
  /** A broken upload leaves an asset in the state `starter`. */
  readonly leaves?: 'starter'
}

/** The faults still to come. */
export class Faults {
  #pending: {readonly fault: Fault; seen: number; hits: number}[] = []

  /** Adds a fault; the first one that matches a request hits it. */
  add(fault: Fault): void {
    this.#pending.push({fault, seen: 0, hits: 0})
  }

  /** Removes all faults. */
  clear(): void {
    this.#pending = []
  }

  /** The fault that hits a request, counted as used. */
  take(info: RequestInfo): Fault | undefined {
    const due = this.#pending.filter(one => {
      if (!matches(one.fault, info)) return false
      one.seen += 1
      return one.seen >= (one.fault.match?.nth ?? 1) && one.hits < (one.fault.times ?? 1)
    })
    const first = due[0]
    if (first === undefined) return undefined
    first.hits += 1
    return first.fault
  }
}

function matches({match = {}}: Fault, info: RequestInfo): boolean {
  if (match.operationId !== undefined && match.operationId !== info.operationId) return false
  if (match.method !== undefined && match.method.toUpperCase() !== info.method) return false
  if (match.path === undefined) return true
  return typeof match.path === 'string' ? match.path === info.path : match.path.test(info.path)
}

const gatewayPage = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>Bad Gateway</h1></body>\n</html>\n'

const limitStatus = (fault: Fault): 403 | 429 => (fault.status === 429 ? 429 : 403)

/** The error that a fault answers with; undefined for a fault of the connection. */
export function faultError(fault: Fault, now: Date): Reply | ApiError | undefined {
  const seconds = fault.retryAfterSeconds ?? 1
  if (fault.kind === 'secondary-limit') return slowDown(limitStatus(fault), seconds)
  if (fault.kind === 'rate-limit')
    return quotaSpent(limitStatus(fault), 5000, Math.ceil(now.getTime() / 1000) + seconds)
  if (fault.kind !== 'status') return undefined
  const status = fault.status ?? 500
  // A gateway answers with a page, whatever the client accepts.
  return status === 502 || status === 504 ? {status, html: gatewayPage} : new ApiError(status, 'Server Error')
}
