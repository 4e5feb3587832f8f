import type {JsonObject, RpcError} from './message'
import type {Exit} from './server-process'

/** What became of a request. */
export type Answer =
  | {readonly kind: 'result'; readonly result: unknown}
  /** `status`: that of HTTP. */
  | {readonly kind: 'error'; readonly error: RpcError; readonly status?: number}
  | {readonly kind: 'timeout'; readonly milliseconds: number}
  | {readonly kind: 'closed'; readonly exit: Exit}
  /** HTTP without a JSON-RPC answer, in words that are safe in a log. */
  | {readonly kind: 'http'; readonly problem: string; readonly status?: number}

/** A way to a server: its stdin and stdout, or HTTP. */
export interface Channel {
  readonly transport: 'stdio' | 'http'
  /**
   * Sends a request and waits for its answer; never throws. `headers` are those that protocol 2026-07-28 wants beside
   * a call over HTTP; other ways have none.
   */
  request(
    method: string,
    params: JsonObject,
    milliseconds: number,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  /** Sends a notification; what comes back says why clients give up there, if they do. */
  notify(method: string): Promise<string | undefined>
  /** The beginning and the end of what the server wrote to stderr; `undefined` when it is not ours to see. */
  readonly stderr: string | undefined
  /** The same of what stands on stdout and is no JSON-RPC, where stdout is ours to see. */
  readonly stray?: string
  /** Since the server was started. */
  readonly milliseconds: number
}
