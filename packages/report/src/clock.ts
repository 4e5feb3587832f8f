/** Time as progress needs it. */
export interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** Calls again and again until the function that it returns is called. */
  every(milliseconds: number, call: () => void): () => void
}

/** The clock of the machine; what it repeats does not keep the process alive. */
export const wallClock: Clock = {
  now: () => performance.now(),
  every(milliseconds, call) {
    const timer = setInterval(call, milliseconds)
    timer.unref()
    return () => clearInterval(timer)
  },
}
