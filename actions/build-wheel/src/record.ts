import {createHash} from 'node:crypto'
import type {Finding} from '@mcp-release/action-kit'
import type {Wheel} from './wheel'

/** Compares each file of a wheel with RECORD (PEP 376): installers refuse or mistrust a wheel whose RECORD is wrong. */
export function checkRecord({file, entries, infoFolder}: Wheel): readonly Finding[] {
  const error = (text: string): Finding => ({level: 'error', text: `${file.name}: ${text}`})
  const record = entries.find(({name}) => name === `${infoFolder}/RECORD`)
  if (record === undefined) return [error('has no RECORD')]
  const lines = Buffer.from(record.content)
    .toString('utf8')
    .split(/\r?\n/)
    .filter(line => line !== '')
  const stated = new Map(lines.map(readLine))
  const files = entries.filter(({name}) => !/\.dist-info\/RECORD(?:\.jws|\.p7s)?$/.test(name))
  const wrong = files.flatMap(({name, content}) => {
    const expected = stated.get(name)
    if (expected === undefined) return [error(`${name} is not in RECORD`)]
    return expected === '' || expected === digest(expected, content) ? [] : [error(`${name} differs from RECORD`)]
  })
  const names = new Set(entries.map(({name}) => name))
  const missing = [...stated.keys()].filter(name => !names.has(name))
  return [...wrong, ...missing.map(name => error(`${name} is in RECORD, but not in the wheel`))]
}

// CSV: path,algorithm=digest,size; a path that holds a comma or a quote is quoted.
function readLine(line: string): readonly [string, string] {
  const [, quotedName, plain, hash] = /^(?:"((?:[^"]|"")*)"|([^,]*)),([^,]*),/.exec(line) ?? []
  return [quotedName?.replaceAll('""', '"') ?? plain ?? '', hash ?? '']
}

function digest(expected: string, content: Uint8Array): string {
  const [algorithm = ''] = expected.split('=')
  if (!['sha256', 'sha384', 'sha512'].includes(algorithm)) return `${algorithm} is not a secure algorithm`
  return `${algorithm}=${createHash(algorithm).update(content).digest('base64url')}`
}
