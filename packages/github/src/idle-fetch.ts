interface Head {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: ReadonlyMap<string, string>
}

/** What is asked for. */
export interface FetchOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** The parts of `fetch` that are used here. */
export type Fetch = (
  url: string,
  options: FetchOptions,
) => Promise<Head & {readonly body: AsyncIterable<Uint8Array> | null}>

/** An answer of which everything has arrived, as far as Octokit looks at it. */
export interface WholeAnswer extends Head {
  readonly text: () => Promise<string>
  readonly arrayBuffer: () => Promise<ArrayBufferLike>
}

/**
 * A `fetch` that reads the whole answer and gives up once nothing has moved for some milliseconds: no headers, or no
 * further piece of the body. A long list over a slow line takes its time; a dead connection does not.
 */
export function idleFetch(fetch: Fetch, timeout: number): (url: string, options: FetchOptions) => Promise<WholeAnswer> {
  return async (url, options) => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      stop.abort(new DOMException(`no progress for ${timeout / 1000} s`, 'TimeoutError'))
    }, timeout)
    try {
      const {status, statusText, url: address, headers, body} = await fetch(url, {...options, signal: stop.signal})
      const pieces: Uint8Array[] = []
      for await (const piece of body ?? []) {
        timer.refresh()
        pieces.push(piece)
      }
      const bytes = Buffer.concat(pieces)
      const text = () => Promise.resolve(bytes.toString())
      const arrayBuffer = () => Promise.resolve(new Uint8Array(bytes).buffer)
      return {status, statusText, url: address, headers, text, arrayBuffer}
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : error
    } finally {
      clearTimeout(timer)
    }
  }
}
