import {expect, test} from '@jest/globals'
import {executableProblem, readExecutable} from './executable'
import {fatSlices, universalBinary} from './universal'

function mach(cpu: number, subtype: number, commands: readonly number[]): Buffer {
  const file = Buffer.alloc(32 + commands.length * 24)
  file.writeUInt32LE(0xfeedfacf, 0)
  file.writeUInt32LE(cpu, 4)
  file.writeUInt32LE(subtype, 8)
  file.writeUInt32LE(commands.length, 16)
  for (const [index, command] of commands.entries()) {
    file.writeUInt32LE(command, 32 + index * 24)
    file.writeUInt32LE(24, 36 + index * 24)
  }
  return file
}

const intel = mach(0x01000007, 3, [0x1])
const arm = mach(0x0100000c, 0, [0x1d])

test('a universal binary holds both files unchanged, each on a page of its own', () => {
  const file = Buffer.from(universalBinary([arm, intel]))
  expect(file.readUInt32BE(0)).toBe(0xcafebabe)
  const slices = fatSlices(file)
  expect(slices.map(({cpu, subtype}) => [cpu, subtype])).toEqual([
    [0x01000007, 3],
    [0x0100000c, 0],
  ])
  expect(slices.map(({content}) => content)).toEqual([intel, arm])
  // cputype, cpusubtype, offset, size, align: https://github.com/apple-oss-distributions/cctools (include/mach-o/fat.h)
  expect([file.readUInt32BE(16), file.readUInt32BE(36), file.readUInt32BE(24)]).toEqual([16_384, 32_768, 14])
  expect(universalBinary([intel, arm])).toEqual(new Uint8Array(file))
})

test('a universal binary is one for both processors, and its part for arm64 must be signed', () => {
  const found = readExecutable(universalBinary([intel, arm]))
  expect(executableProblem(found, 'darwin/universal')).toBeUndefined()
  expect(executableProblem(readExecutable(intel), 'darwin/universal')).toBe(
    'expected darwin/universal, found darwin/amd64',
  )
  const unsigned = readExecutable(universalBinary([intel, mach(0x0100000c, 0, [0x1])]))
  expect(executableProblem(unsigned, 'darwin/universal')).toBe('expected a code signature, found none')
})

test('what is no Mach-O file, or lies outside, is refused', () => {
  expect(() => universalBinary([Buffer.alloc(40)])).toThrow('is not a Mach-O file')
  const file = Buffer.from(universalBinary([intel, arm]))
  expect(readExecutable(file.subarray(0, 20_000))).toBeUndefined()
})
