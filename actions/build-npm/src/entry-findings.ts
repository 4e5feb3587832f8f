import {type Finding, errorText} from '@mcp-release/action-kit'
import {publint} from 'publint'
import {formatMessage} from 'publint/utils'
import {record} from '@mcp-release/package-rules'
import type {Tarball} from './tarball'
import {typeFindings} from './type-findings'

/** What programs that import the package, and TypeScript, do not find or read in another module system than it is. */
export async function entryFindings({file, entries}: Tarball): Promise<readonly Finding[]> {
  const manifest = entries.find(({name}) => name === 'package.json')
  if (manifest === undefined) return []
  const fields = readFields(manifest.content)
  if (fields === undefined) return []
  const standIn = typesBelow(fields)
  const described = standIn === undefined ? manifest.content : Buffer.from(JSON.stringify({...fields, types: standIn}))
  const files = entries.map(({name, content}) => ({
    name: `package/${name}`,
    data: name === 'package.json' ? described : content,
  }))
  const found = await publint({pkgDir: 'package', pack: {files}, level: 'warning'}).catch(errorText)
  if (typeof found === 'string') return [warning(`${file.name}: publint cannot read the package: ${found}`)]
  const {messages, pkg} = found
  const told = messages.flatMap(message => {
    if (isToldElsewhere(message) || (standIn !== undefined && message.path[0] === 'types')) return []
    const words = formatMessage(message, pkg, {color: false})
    return words === undefined ? [] : [warning(`${file.name}: package.json: ${words.replace(/^pkg\./, '')}`)]
  })
  const texts = new Map(entries.map(({name, content}) => [name, content]))
  const read = (name: string) => {
    const content = texts.get(name)
    return content === undefined ? undefined : Buffer.from(content).toString('utf8')
  }
  return [...told, ...typeFindings(file.name, {fields, read})]
}

// What cannot be read is told by the checks before.
function readFields(content: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(
      JSON.parse(
        Buffer.from(content)
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      ),
    )
  } catch {
    return undefined
  }
}

// publint compares the module system of types only where package.json names `types` at its top, which packages with
// `exports` can do without: the first of those stands in.
function typesBelow({types, typings, exports}: Readonly<Record<string, unknown>>): string | undefined {
  if (types !== undefined || typings !== undefined) return undefined
  const all = record(exports)
  return firstTypes('.' in all ? all['.'] : all)
}

function firstTypes(value: unknown): string | undefined {
  for (const [key, each] of Object.entries(record(value))) {
    if (key.startsWith('.')) continue
    const found = key === 'types' && typeof each === 'string' ? each : firstTypes(each)
    if (found !== undefined) return found
  }
  return undefined
}

// Commands are started, not imported: what only who imports the package misses does not stop a release.
const warning = (text: string): Finding => ({level: 'warning', text})

// What bin, main and exports name is compared with the tarball, and shebangs and local dependencies are read, by checks that know the remedy.
function isToldElsewhere({code, path}: {readonly code: string; readonly path: readonly string[]}): boolean {
  if (code === 'BIN_FILE_NOT_EXECUTABLE' || code === 'LOCAL_DEPENDENCY') return true
  return code === 'FILE_DOES_NOT_EXIST' && ['bin', 'main', 'exports'].includes(path[0] ?? '')
}
