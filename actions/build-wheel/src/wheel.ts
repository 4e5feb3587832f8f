import {type ArchiveFile, plainFiles, readZip, zip} from '@mcp-release/archives'
import {type FinishedFile, entryPoints} from '@mcp-release/release-model'
import {type Metadata, parseMetadata} from './metadata'

/** A wheel that was read (PEP 427). */
export interface Wheel {
  readonly file: FinishedFile
  /** Name and version as the file name has them; absent when it is not a wheel's name. */
  readonly parts?: WheelName
  readonly entries: readonly ArchiveFile[]
  readonly metadata: Metadata
  /** The folder NAME-VERSION.dist-info. */
  readonly infoFolder: string
  /** The names under [console_scripts]. */
  readonly consoleScripts: readonly string[]
  /** What console and GUI scripts call, as `module:function`. */
  readonly scripts: readonly {readonly name: string; readonly target: string}[]
}

/** The parts of a wheel's file name. */
export interface WheelName {
  readonly name: string
  readonly version: string
  /** `linux_x86_64`, or `any`. */
  readonly platform: string
}

const nameRule = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-([^-]+)\.whl$/

/**
 * Reads a wheel and packs it again: names in order, one time, compression that does not depend on the machine's zlib.
 * Contents stay as they are, so RECORD stays true.
 */
export function readWheel(name: string, bytes: Uint8Array, time: number): Wheel {
  const entries = plainFiles(readZip(bytes))
  const parts = wheelName(name)
  const info = entries.find(entry => /^[^/]+\.dist-info\/METADATA$/.test(entry.name))
  const infoFolder = info?.name.replace('/METADATA', '') ?? ''
  const platform = platformOf(parts?.platform ?? 'any')
  const entryPoints = textOf(entries.find(entry => entry.name === `${infoFolder}/entry_points.txt`))
  return {
    file: {name, kind: 'wheel', ...(platform === undefined ? {} : {platform}), content: zip(entries, {time})},
    ...(parts === undefined ? {} : {parts}),
    entries,
    infoFolder,
    metadata: parseMetadata(textOf(info)),
    consoleScripts: consoleScripts(entryPoints),
    scripts: ['console_scripts', 'gui_scripts'].flatMap(section => scriptsIn(entryPoints, section)),
  }
}

/** The parts of a wheel's file name; `undefined` when it is none. */
export function wheelName(file: string): WheelName | undefined {
  const [, name, version, platform] = nameRule.exec(file) ?? []
  return name === undefined || version === undefined || platform === undefined ? undefined : {name, version, platform}
}

/** The names in the section [console_scripts] of an entry_points.txt. */
export function consoleScripts(text: string): readonly string[] {
  return scriptsIn(text, 'console_scripts').map(({name}) => name)
}

function scriptsIn(text: string, group: string): Wheel['scripts'] {
  const own = entryPoints(text).filter(each => each.group === group && each.name !== '')
  return own.map(({name, target = ''}) => ({name, target}))
}

// One operating system and processor, where a platform tag (PEP 425, PEP 600, PEP 656) names just one.
function platformOf(tag: string): string | undefined {
  const os = /linux/.test(tag) ? 'linux' : tag.startsWith('macosx') ? 'darwin' : tag.startsWith('win') ? 'windows' : ''
  const arch = /(?:x86_64|amd64)$/.test(tag) ? 'amd64' : /(?:aarch64|arm64)$/.test(tag) ? 'arm64' : ''
  return os === '' || arch === '' ? undefined : `${os}/${arch}`
}

function textOf(entry: ArchiveFile | undefined): string {
  return entry === undefined ? '' : Buffer.from(entry.content).toString('utf8')
}
