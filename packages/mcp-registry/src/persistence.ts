import {setTimeout as sleep} from 'node:timers/promises'

/** How long to go on; times in milliseconds. */
export interface Patience {
  /** Attempts of one change. */
  readonly attempts: number
  /** Before the second attempt; each later pause is twice as long. */
  readonly delay: number
  readonly longestDelay: number
  /** For how long what was just published may stay invisible. */
  readonly visibility: number
}

/** Fits registries that show a new version within some minutes. */
export const usualPatience: Patience = {attempts: 6, delay: 1_000, longestDelay: 20_000, visibility: 600_000}

/** Waits as is fit after so many failures; half of the time is chance, so that jobs do not meet again. */
export async function pause(failures: number, {delay, longestDelay}: Patience): Promise<void> {
  const full = Math.min(delay * 2 ** (failures - 1), longestDelay)
  await sleep(full / 2 + Math.random() * (full / 2))
}
