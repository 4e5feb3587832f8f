import {damaged} from './tar-header'

/** The records of a pax header that change which file an entry is. */
export interface PaxRecords {
  readonly path?: Buffer
  readonly linkpath?: Buffer
  readonly size?: number
  /** The name of a record that makes the content another one than what is stored. */
  readonly sparse?: string
}

/**
 * Reads `LENGTH KEY=VALUE\n` records. Strict: a header of which two readers could make different things is damaged.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03
 */
export function parsePax(content: Buffer): PaxRecords {
  const records = new Map<string, Buffer>()
  let at = 0
  while (at < content.length) {
    const [head = '', digits = ''] = /^([1-9]\d{0,8}) /.exec(content.toString('latin1', at, at + 10)) ?? []
    const end = at + Number(digits)
    const sign = content.indexOf('=', at + head.length)
    if (digits === '' || end > content.length || content[end - 1] !== 0x0a || sign === -1 || sign >= end - 1)
      throw damaged('a pax record is not "LENGTH KEY=VALUE"')
    const key = content.toString('utf8', at + head.length, sign)
    if (key === '' || key.includes('\0')) throw damaged('a pax record has no key')
    records.set(key, content.subarray(sign + 1, end - 1))
    at = end
  }
  return chosen(records)
}

// Not needed, but what other readers refuse is no header here either.
const numbers = ['mtime', 'atime', 'ctime', 'uid', 'gid'] as const

function chosen(records: ReadonlyMap<string, Buffer>): PaxRecords {
  const [path, linkpath, size] = ['path', 'linkpath', 'size'].map(key => records.get(key))
  for (const [key, value] of [['path', path] as const, ['linkpath', linkpath] as const])
    if (value !== undefined && (value.length === 0 || value.includes(0)))
      throw damaged(`the pax record ${key} is empty or has a NUL in it`)
  const digits = size?.toString('latin1')
  if (digits !== undefined && !(/^\+?\d+$/.test(digits) && Number.isSafeInteger(Number(digits))))
    throw damaged(`the pax record size is ${JSON.stringify(digits)}`)
  for (const key of numbers)
    if (!/^(?:-?\d+(?:\.\d*)?)?$/.test(records.get(key)?.toString('latin1') ?? ''))
      throw damaged(`the pax record ${key} is no number`)
  const sparse = [...records.keys()].find(key => key.startsWith('GNU.sparse.') || key === 'SCHILY.realsize')
  return {
    ...(path === undefined ? {} : {path}),
    ...(linkpath === undefined ? {} : {linkpath}),
    ...(digits === undefined ? {} : {size: Number(digits)}),
    ...(sparse === undefined ? {} : {sparse}),
  }
}
