/** Keeps the beginning and the end of a stream, however long it is. */
export class KeptText {
  readonly #limit: number
  #head = Buffer.alloc(0)
  #tail = Buffer.alloc(0)
  #bytes = 0

  /** `limit`: bytes of the beginning and of the end each. */
  constructor(limit: number) {
    this.#limit = limit
  }

  push(chunk: Buffer): void {
    this.#bytes += chunk.length
    const room = this.#limit - this.#head.length
    if (room > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)])
    const rest = chunk.subarray(Math.max(0, room))
    if (rest.length > 0) this.#tail = Buffer.concat([this.#tail, rest]).subarray(-this.#limit)
  }

  /** Of the whole stream. */
  get bytes(): number {
    return this.#bytes
  }

  /** All of it, or its beginning and its end, each of whole lines, with a line between them that says so. */
  get text(): string {
    const [head, tail] = [this.#head.toString(), this.#tail.toString()]
    if (this.#head.length + this.#tail.length === this.#bytes) return head + tail
    const left = this.#bytes - this.#head.length - this.#tail.length
    return `${head.slice(0, head.lastIndexOf('\n') + 1)}… ${left} bytes left out\n${tail.slice(tail.indexOf('\n') + 1)}`
  }
}
