/** Bytes that come in chunks, read in the pieces that a format has. */
export class ByteSource {
  private readonly chunks: AsyncIterator<Uint8Array>
  private rest: Buffer = Buffer.alloc(0)
  private ended = false

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]()
  }

  /** The next `length` bytes, fewer only at the end. What lies in one chunk is not copied. */
  async read(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    let missing = length
    while (missing > 0 && (await this.fill())) {
      const part = this.rest.subarray(0, missing)
      this.rest = this.rest.subarray(part.length)
      missing -= part.length
      parts.push(part)
    }
    const [first] = parts
    return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts)
  }

  /** Passes over bytes; how many there were. */
  async skip(length: number): Promise<number> {
    let missing = length
    while (missing > 0 && (await this.fill())) {
      const passed = Math.min(missing, this.rest.length)
      this.rest = this.rest.subarray(passed)
      missing -= passed
    }
    return length - missing
  }

  /** Ends the source where it is no longer needed. */
  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  private async fill(): Promise<boolean> {
    while (this.rest.length === 0 && !this.ended) {
      const next = await this.chunks.next()
      if (next.done === true) this.ended = true
      else this.rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    }
    return this.rest.length > 0
  }
}
