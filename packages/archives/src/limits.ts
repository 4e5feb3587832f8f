import {archiveError} from './archive-error'

/** How much an archive may hold before reading stops: a small hostile file can unpack to any size. */
export interface ArchiveLimits {
  readonly entries: number
  /** Sum of all unpacked bytes. */
  readonly bytes: number
}

/** 2 GiB in 100 000 entries: more than any package, less than any disk. */
export const defaultLimits: ArchiveLimits = {entries: 100_000, bytes: 2 ** 31}

/** Counts what was read; throws at the entry that goes too far. */
export function budget(limits: ArchiveLimits): {
  readonly left: () => number
  readonly spend: (name: string, bytes: number) => void
} {
  let {entries, bytes} = limits
  return {
    left: () => bytes,
    spend: (name, size) => {
      entries -= 1
      bytes -= size
      if (entries < 0)
        throw archiveError(`${JSON.stringify(name)}: the archive has more than ${limits.entries} entries`)
      if (bytes < 0)
        throw archiveError(`${JSON.stringify(name)}: the archive unpacks to more than ${limits.bytes} bytes`)
    },
  }
}
