import {openSync, readFileSync, readdirSync} from 'node:fs'

const closedOnExec = 0o2000000
let nothing: number | undefined

/**
 * What a child gets in the place of open files that it would inherit beyond its three streams: whoever started this process
 * may have left them open, and they lead past every isolation. Positions of `stdio`; empty where there are none. Node.js may
 * then not tell that a program is not there.
 */
export function inheritedDescriptors(): readonly number[] {
  if (process.platform !== 'linux') return []
  const last = Math.max(2, ...readdirSync('/proc/self/fd').map(Number).filter(isInherited))
  if (last === 2) return []
  nothing ??= openSync('/dev/null', 'r+')
  return Array.from({length: last - 2}, () => nothing ?? 2)
}

function isInherited(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1] ?? '0'
    return (Number.parseInt(flags, 8) & closedOnExec) === 0
  } catch {
    // The one with which the folder was read.
    return false
  }
}
