import {type Platform, isBuiltFor} from '@mcp-release/release-model'
import {type Slice, fatSlices} from './universal'

/** What the headers of an executable say. */
export interface Executable {
  /** `os/arch` for each processor that it has code for, or what the header says in other words. */
  readonly platforms: readonly string[]
  /** Whether it needs a dynamic loader of the system; always `false` where every program has one. */
  readonly dynamic: boolean
  readonly stripped: boolean
  /** Whether it carries a code signature (Mach-O). */
  readonly signed: boolean
}

const elfMachines: Readonly<Record<number, string>> = {
  3: '386',
  21: 'ppc64le',
  22: 's390x',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
}
const elfSystems: Readonly<Record<number, string>> = {0: 'linux', 3: 'linux', 9: 'freebsd'}
const machMachines: Readonly<Record<number, string>> = {0x01000007: 'amd64', 0x0100000c: 'arm64'}
const peMachines: Readonly<Record<number, string>> = {0x14c: '386', 0x8664: 'amd64', 0xaa64: 'arm64'}

/** Reads the headers of an ELF, Mach-O or PE file; `undefined` when it is none of them or damaged. */
export function readExecutable(bytes: Uint8Array): Executable | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (file.readUInt32BE(0) === 0x7f454c46) return readElf(file)
    if (file.readUInt32LE(0) === 0xfeedfacf) return readMach(file)
    if (file.readUInt32BE(0) === 0xcafebabe) return readFat(fatSlices(file))
    if (file.toString('latin1', 0, 2) === 'MZ') return readPe(file)
  } catch {
    // A header that points behind the end of the file: it is damaged.
  }
  return undefined
}

/** What is wrong with an executable for a platform, in words; `undefined` when nothing is. */
export function executableProblem(found: Executable | undefined, platform: Platform): string | undefined {
  if (found === undefined) return `expected an executable for ${platform}, found none`
  if (!isBuiltFor(platform, found.platforms)) return `expected ${platform}, found ${found.platforms.join(' and ')}`
  // Only Linux promises that its kernel's interface stays; elsewhere programs go through the system's C library.
  if (found.dynamic && platform.startsWith('linux/'))
    return 'expected a static executable, found one that needs a dynamic loader'
  if (!found.stripped) return 'expected a stripped executable, found debug information or a symbol table'
  // Apple's arm64 kernels kill what is not signed, at least ad hoc.
  if (isBuiltFor('darwin/arm64', found.platforms) && !found.signed) return 'expected a code signature, found none'
  return undefined
}

// https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
function readElf(file: Buffer): Executable {
  const wide = file[4] === 2
  const little = file[5] === 1
  const half = (at: number) => (little ? file.readUInt16LE(at) : file.readUInt16BE(at))
  const word = (at: number) => (little ? file.readUInt32LE(at) : file.readUInt32BE(at))
  const offset = (at: number) =>
    wide ? Number(little ? file.readBigUInt64LE(at) : file.readBigUInt64BE(at)) : word(at)
  const sizes = wide ? 54 : 42
  const programs = headers(file, {offset: offset(wide ? 32 : 28), size: half(sizes), count: half(sizes + 2)})
  const sections = headers(file, {offset: offset(wide ? 40 : 32), size: half(sizes + 4), count: half(sizes + 6)})
  const interpreter = 3
  const symbolTable = 2
  const machine = half(18)
  const system = elfSystems[file[7] ?? 0] ?? `ELF system ${file[7] ?? 0}`
  return {
    platforms: [`${system}/${elfMachines[machine] ?? `ELF machine ${machine}`}`],
    dynamic: programs.some(at => word(at) === interpreter),
    stripped: !sections.some(at => word(at + 4) === symbolTable),
    signed: false,
  }
}

function headers(
  file: Buffer,
  table: {readonly offset: number; readonly size: number; readonly count: number},
): number[] {
  if (table.offset + table.size * table.count > file.length) throw new RangeError('a table lies outside the file')
  return Array.from({length: table.count}, (_, index) => table.offset + index * table.size)
}

function readMach(file: Buffer): Executable {
  const [cpu, count] = [file.readUInt32LE(4), file.readUInt32LE(16)]
  const [segment, signature] = [0x19, 0x1d]
  let at = 32
  let [debug, signed] = [false, false]
  for (let index = 0; index < count; index++) {
    const command = file.readUInt32LE(at)
    if (command === segment && file.toString('latin1', at + 8, at + 15) === '__DWARF') debug = true
    if (command === signature) signed = true
    at += file.readUInt32LE(at + 4)
  }
  return {
    platforms: [`darwin/${machMachines[cpu] ?? `Mach-O machine ${cpu}`}`],
    dynamic: false,
    stripped: !debug,
    signed,
  }
}

function readFat(slices: readonly Slice[]): Executable {
  const found = slices.map(({content}) => readMach(content))
  const arm = found.filter(({platforms}) => platforms.includes('darwin/arm64'))
  return {
    platforms: found.flatMap(({platforms}) => platforms),
    dynamic: false,
    stripped: found.every(({stripped}) => stripped),
    signed: arm.every(({signed}) => signed),
  }
}

function readPe(file: Buffer): Executable {
  const header = file.readUInt32LE(60)
  if (file.toString('latin1', header, header + 4) !== 'PE\0\0') throw new RangeError('no PE header')
  const machine = file.readUInt16LE(header + 4)
  const sections = headers(file, {
    offset: header + 24 + file.readUInt16LE(header + 20),
    size: 40,
    count: file.readUInt16LE(header + 6),
  })
  const names = sections.map(at => file.toString('latin1', at, at + 8))
  return {
    platforms: [`windows/${peMachines[machine] ?? `PE machine ${machine}`}`],
    dynamic: false,
    // Long section names such as .debug_info stand in a string table as /4, /19 …
    stripped: !names.some(name => /^(\.debug|\.zdebug|\/\d)/.test(name)),
    signed: false,
  }
}
