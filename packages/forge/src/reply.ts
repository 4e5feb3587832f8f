/** What the forge answers, before it is put on the wire. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly html?: string
  readonly file?: {readonly path: string; readonly size: number; readonly contentType: string}
}
