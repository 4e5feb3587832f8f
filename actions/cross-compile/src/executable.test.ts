import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {executableProblem, readExecutable} from './executable'

interface Elf {
  readonly machine?: number
  readonly program?: number
  readonly section?: number
}

function elf({machine = 62, program = 1, section = 1}: Elf = {}): Buffer {
  const file = Buffer.alloc(64 + 56 + 64)
  file.write('\x7fELF\x02\x01', 'latin1')
  file.writeUInt16LE(machine, 18)
  file.writeBigUInt64LE(64n, 32)
  file.writeBigUInt64LE(120n, 40)
  file.writeUInt16LE(56, 54)
  file.writeUInt16LE(1, 56)
  file.writeUInt16LE(64, 58)
  file.writeUInt16LE(1, 60)
  file.writeUInt32LE(program, 64)
  file.writeUInt32LE(section, 124)
  return file
}

function mach(command: number, name = ''): Buffer {
  const file = Buffer.alloc(32 + 24)
  file.writeUInt32LE(0xfeedfacf, 0)
  file.writeUInt32LE(0x0100000c, 4)
  file.writeUInt32LE(1, 16)
  file.writeUInt32LE(command, 32)
  file.writeUInt32LE(24, 36)
  file.write(name, 40)
  return file
}

function pe(section: string): Buffer {
  const file = Buffer.alloc(64 + 24 + 40)
  file.write('MZ')
  file.writeUInt32LE(64, 60)
  file.write('PE\0\0', 64)
  file.writeUInt16LE(0x8664, 68)
  file.writeUInt16LE(1, 70)
  file.write(section, 88)
  return file
}

test.each([
  ['a static ELF file', elf(), 'linux/amd64', undefined],
  ['another machine', elf({machine: 183}), 'linux/amd64', 'expected linux/amd64, found linux/arm64'],
  ['an unknown machine', elf({machine: 244}), 'linux/amd64', 'expected linux/amd64, found linux/ELF machine 244'],
  ['a static ELF file of riscv64', elf({machine: 243}), 'linux/riscv64', undefined],
  ['an interpreter', elf({program: 3}), 'linux/amd64', 'found one that needs a dynamic loader'],
  ['a symbol table', elf({section: 2}), 'linux/amd64', 'expected a stripped executable'],
  ['a cut ELF file', elf().subarray(0, 100), 'linux/amd64', 'expected an executable for linux/amd64, found none'],
  ['a signed Mach-O file', mach(0x1d), 'darwin/arm64', undefined],
  ['an unsigned Mach-O file', mach(0x1), 'darwin/arm64', 'expected a code signature, found none'],
  ['a Mach-O file with DWARF', mach(0x19, '__DWARF'), 'darwin/arm64', 'expected a stripped executable'],
  ['a Mach-O file for Windows', mach(0x1d), 'windows/arm64', 'expected windows/arm64, found darwin/arm64'],
  ['a PE file', pe('.text'), 'windows/amd64', undefined],
  ['a PE file with debug information', pe('/4'), 'windows/amd64', 'expected a stripped executable'],
  ['a script', Buffer.from('#!/bin/sh\n'), 'linux/amd64', 'found none'],
  ['nothing', Buffer.alloc(0), 'linux/amd64', 'found none'],
] as const)('%s', (_, file, platform, problem) => {
  const said = executableProblem(readExecutable(file), platform)
  if (problem === undefined) expect(said).toBeUndefined()
  else expect(said).toContain(problem)
})

test('the program that runs this test is recognised', () => {
  const found = readExecutable(readFileSync(process.execPath))
  const os = {linux: 'linux', darwin: 'darwin', win32: 'windows'}[process.platform as string]
  expect(found?.platforms).toEqual([`${os}/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`])
})
