import {execFileSync} from 'node:child_process'
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {machinePath, readShebang, shebangProblem} from './shebang'

const read = (text: string) => readShebang(Buffer.from(`${text}\nconsole.log("ran")\n`))

test.each([
  ['#!/usr/bin/env node', 'node', []],
  ['#! /usr/bin/env  node ', 'node', []],
  ['#!\t/usr/bin/env\tnode\t', 'node', []],
  ['#!/usr/bin/env node\r', 'node', []],
  ['#!/usr/bin/env -S node --no-warnings', 'node', ['--no-warnings']],
  ['#!/usr/bin/env -Snode --no-warnings', 'node', ['--no-warnings']],
  ['#!/usr/bin/env -vS node --no-warnings', 'node', ['--no-warnings']],
  ['#!/usr/bin/env --split-string=node --no-warnings', 'node', ['--no-warnings']],
  ['#!/usr/bin/env -S NODE_ENV=production node', 'node', []],
  ['#!/usr/bin/env -S -u NAME node', 'node', []],
  ['#!/usr/bin/node --no-warnings', '/usr/bin/node', ['--no-warnings']],
  ['#!/bin/sh', '/bin/sh', []],
])('%j is run by %s with %j', (line, program, args) => {
  const shebang = read(line)
  expect(shebang).toMatchObject({program, args, crlf: line.endsWith('\r'), mark: false})
  expect(shebang === undefined ? 'none' : shebangProblem(shebang)).toBeUndefined()
})

test.each([
  ['\uFEFF#!/usr/bin/env node', 'byte order mark', 'without a byte order mark'],
  [
    '#!/usr/bin/env node --no-warnings',
    'Linux gives env "node --no-warnings" as one word',
    'env -S node --no-warnings',
  ],
  ['#!/usr/bin/env NODE_ENV=production node', 'as one word', 'env -S NODE_ENV=production node'],
  ['#!/usr/bin/env -i node', 'as one word', 'env -S node'],
  ['#!node', 'not an absolute path', '#!/usr/bin/env node'],
  ['#!', 'names no program', '#!/usr/bin/env node'],
  ['#!/usr/bin/env', 'names no program', '#!/usr/bin/env node'],
])('Linux cannot start %j', (line, text, hint) => {
  const shebang = read(line)
  expect(shebang === undefined ? undefined : shebangProblem(shebang)).toEqual({
    text: expect.stringContaining(text),
    hint: expect.stringContaining(hint),
  })
})

test.each(['console.log(1)', '\uFEFFimport "x"', ' #!/usr/bin/env node', ''])('%j has no shebang', text => {
  expect(readShebang(Buffer.from(text))).toBeUndefined()
})

test.each([
  ['#!/usr/bin/env node', undefined],
  ['#!/usr/local/bin/node', '/usr/local/bin/node'],
  ['#!/usr/bin/env /usr/bin/node', '/usr/bin/node'],
  ['#!/bin/env node', '/bin/env'],
])('%j names its program by the path of a machine: %s', (line, path) => {
  const shebang = read(line)
  expect(shebang === undefined ? 'none' : machinePath(shebang)).toBe(path)
})

const onLinux = process.platform === 'linux' ? test.each : test.skip.each

onLinux([
  ['#!/usr/bin/env node', true],
  ['#! /usr/bin/env node \t', true],
  ['#!/usr/bin/env -S node --no-warnings', true],
  ['#!/usr/bin/env node --no-warnings', false],
  ['#!/usr/bin/env node\r', false],
  ['\uFEFF#!/usr/bin/env node', false],
  ['#!node', false],
])('the kernel of this machine starts %j: %s', (line, works) => {
  const folder = mkdtempSync(join(tmpdir(), 'shebang-'))
  try {
    const file = join(folder, 'cli')
    writeFileSync(file, `${line}\nconsole.log("ran")\n`)
    chmodSync(file, 0o755)
    const run = () => execFileSync(file, {encoding: 'utf8', stdio: 'pipe'})
    if (works) expect(run()).toBe('ran\n')
    else expect(run).toThrow()
    const shebang = read(line)
    const isSound = shebang !== undefined && !shebang.crlf && shebangProblem(shebang) === undefined
    expect(isSound).toBe(works)
  } finally {
    rmSync(folder, {recursive: true})
  }
})
