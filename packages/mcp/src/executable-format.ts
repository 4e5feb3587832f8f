/** An executable for no system that releases are made for is `unknown`. */
export interface ExecutableFormat {
  /** `os/arch` of each processor that it has code for; several in a universal binary of macOS. */
  readonly platforms: readonly string[]
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
const peMachines: Readonly<Record<number, string>> = {0x14c: '386', 0x8664: 'amd64', 0xaa64: 'arm64'}
const machTypes: Readonly<Record<number, string>> = {0x01000007: 'amd64', 0x0100000c: 'arm64'}
const elfSystems: Readonly<Record<number, string>> = {0: 'linux', 3: 'linux', 9: 'freebsd', 12: 'openbsd', 2: 'netbsd'}

/** Reads the header of an ELF, PE or Mach-O executable; `undefined` when it is none. Needs the first 4096 bytes. */
export function executableFormat(start: Uint8Array): ExecutableFormat | undefined {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  if (start.length < 64) return undefined
  const magic = view.getUint32(0)
  if (magic === 0x7f454c46) return elf(view)
  if (magic === 0xcffaedfe) return {platforms: [`darwin/${machTypes[view.getUint32(4, true)] ?? 'unknown'}`]}
  if (magic === 0xcafebabe) return universal(view)
  return view.getUint16(0) === 0x4d5a ? portable(view) : undefined
}

function elf(view: DataView): ExecutableFormat | undefined {
  const little = view.getUint8(5) === 1
  const type = view.getUint16(16, little)
  // 2: executable, 3: position independent executable (or a library, which is never marked executable alone).
  if (type !== 2 && type !== 3) return undefined
  const system = elfSystems[view.getUint8(7)] ?? 'unknown'
  return {platforms: [`${system}/${elfMachines[view.getUint16(18, little)] ?? 'unknown'}`]}
}

function universal(view: DataView): ExecutableFormat | undefined {
  const count = view.getUint32(4)
  // The same magic begins Java classes, whose version stands here and is larger.
  if (count === 0 || count > 8 || 8 + count * 20 > view.byteLength) return undefined
  const types = Array.from({length: count}, (_, at) => machTypes[view.getUint32(8 + at * 20)] ?? 'unknown')
  return {platforms: types.map(type => `darwin/${type}`)}
}

function portable(view: DataView): ExecutableFormat | undefined {
  const at = view.getUint32(0x3c, true)
  if (at + 6 > view.byteLength || view.getUint32(at) !== 0x50450000) return undefined
  return {platforms: [`windows/${peMachines[view.getUint16(at + 4, true)] ?? 'unknown'}`]}
}
