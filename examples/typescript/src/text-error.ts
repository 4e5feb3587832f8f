/** A mistake of the caller; its message tells what to change. */
export class TextError extends Error {
  override readonly name = 'TextError'
}
