const newline = 0x0a

/** Cuts a byte stream into lines; holds at most one unfinished line of `maximum` bytes. */
export class LineBuffer {
  readonly #maximum: number
  #parts: Buffer[] = []
  #length = 0
  /** Whether a line was longer than allowed; nothing is kept from then on. */
  overflowed = false

  constructor(maximum: number) {
    this.#maximum = maximum
  }

  /** The lines that this chunk completes, without their newlines. */
  push(chunk: Buffer): readonly Buffer[] {
    const lines: Buffer[] = []
    let from = 0
    while (!this.overflowed) {
      const end = chunk.indexOf(newline, from)
      if (end < 0) break
      this.#keep(chunk.subarray(from, end))
      if (!this.#isOverflowing()) lines.push(this.rest())
      from = end + 1
    }
    if (!this.overflowed && from < chunk.length) this.#keep(chunk.subarray(from))
    this.#isOverflowing()
    return lines
  }

  /** Takes what came after the last newline. */
  rest(): Buffer {
    const line = Buffer.concat(this.#parts)
    this.#parts = []
    this.#length = 0
    return line
  }

  #keep(part: Buffer): void {
    this.#parts.push(part)
    this.#length += part.length
  }

  #isOverflowing(): boolean {
    if (this.#length > this.#maximum) {
      this.overflowed = true
      this.rest()
    }
    return this.overflowed
  }
}
