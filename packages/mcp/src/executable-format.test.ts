import {expect, test} from '@jest/globals'
import {executableFormat} from './index'

function header(fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(4096)
  fill(new DataView(bytes.buffer))
  return bytes
}

const elf = (type: number, machine: number) =>
  header(view => {
    view.setUint32(0, 0x7f454c46)
    view.setUint8(5, 1)
    view.setUint16(16, type, true)
    view.setUint16(18, machine, true)
  })
const pe = (machine: number) =>
  header(view => {
    view.setUint16(0, 0x4d5a)
    view.setUint32(0x3c, 0x80, true)
    view.setUint32(0x80, 0x50450000)
    view.setUint16(0x84, machine, true)
  })
const machO = (type: number) =>
  header(view => {
    view.setUint32(0, 0xcffaedfe)
    view.setUint32(4, type, true)
  })
const universal = (types: readonly number[]) =>
  header(view => {
    view.setUint32(0, 0xcafebabe)
    view.setUint32(4, types.length)
    types.forEach((type, at) => view.setUint32(8 + at * 20, type))
  })

test.each([
  ['an x86 ELF file', elf(2, 62), ['linux/amd64']],
  ['a position independent ARM ELF file', elf(3, 183), ['linux/arm64']],
  ['an ELF file for another processor', elf(2, 9999), ['linux/unknown']],
  ['an x86 PE file', pe(0x8664), ['windows/amd64']],
  ['an ARM PE file', pe(0xaa64), ['windows/arm64']],
  ['an ARM Mach-O file', machO(0x0100000c), ['darwin/arm64']],
  ['a universal Mach-O file', universal([0x01000007, 0x0100000c]), ['darwin/amd64', 'darwin/arm64']],
])('%s', (_, bytes, platforms) => {
  expect(executableFormat(bytes)).toEqual({platforms})
})

test.each([
  ['an ELF object file', elf(1, 62)],
  ['a Java class', universal(Array.from({length: 65}, () => 0))],
  ['a script', Buffer.from('#!/bin/sh\n'.repeat(20))],
  ['something too short', Buffer.from('MZ')],
])('%s is no executable', (_, bytes) => {
  expect(executableFormat(bytes)).toBeUndefined()
})
