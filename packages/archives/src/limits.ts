import {archiveError} from './archive-error'
import {shown} from './entry-name'

/** How much an archive may hold before reading stops: a small hostile file can unpack to any size. */
export interface ArchiveLimits {
  readonly entries: number
  /** Sum of all unpacked bytes. */
  readonly bytes: number
}

/** 2 GiB in 100 000 entries: more than any package, less than any disk. */
export const defaultLimits: ArchiveLimits = {entries: 100_000, bytes: 2 ** 31}

/** Counts what was read; throws at the entry that goes too far. */
export interface Budget {
  /** An entry, with the bytes of its content. */
  readonly spend: (name: string, bytes: number) => void
  /** Bytes besides those of entries. */
  readonly charge: (name: string, bytes: number) => void
}

/** Counts what is read of one archive. */
export function budget(limits: ArchiveLimits): Budget {
  let {entries, bytes} = limits
  const charge = (name: string, size: number) => {
    bytes -= size
    if (bytes < 0) throw archiveError(`${shown(name)}: the archive unpacks to more than ${limits.bytes} bytes`)
  }
  return {
    charge,
    spend: (name, size) => {
      entries -= 1
      if (entries < 0) throw archiveError(`${shown(name)}: the archive has more than ${limits.entries} entries`)
      charge(name, size)
    },
  }
}
