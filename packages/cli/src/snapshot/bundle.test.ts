import {mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type BundleRun, type Workplace, holdBundle, running} from './bundle'
import {Holding} from './holding'

/** A place whose only bundle is a program of the test. */
function placeWith(program: string): {readonly place: Workplace; readonly what: BundleRun} {
  const folder = mkdtempSync(join(tmpdir(), 'held-'))
  const place = {dist: join(folder, 'dist'), workspace: join(folder, 'source'), temp: join(folder, 'temp')}
  mkdirSync(join(place.dist, 'demo'), {recursive: true})
  mkdirSync(place.workspace)
  writeFileSync(join(place.dist, 'demo/index.js'), program)
  return {place, what: {inputs: {'file-name': 'a b'}, env: {GITHUB_SHA: 'c0ffee'}, log: join(folder, 'logs/1.log')}}
}

const obedient = `
const fs = require('node:fs')
require('node:readline').createInterface({input: process.stdin}).once('line', line => {
  const given = JSON.parse(line)
  console.log('before')
  console.log('::error::what went%0Awrong')
  fs.appendFileSync(given.GITHUB_OUTPUT, 'answer<<E\\n' + given['INPUT_FILE-NAME'] + ' ' + given.GITHUB_SHA + '\\nE\\n')
  process.exit(3)
})`

test('a held process gets its inputs when its turn comes', async () => {
  const {place, what} = placeWith(obedient)
  const end = await holdBundle('demo', place).run(what)
  expect(end).toMatchObject({ok: false, outputs: {answer: 'a b c0ffee'}, errors: ['what went\nwrong'], calls: []})
  expect(readFileSync(what.log, 'utf8')).toContain('before\n')
  expect(running.size).toBe(0)
})

test('the error of an action comes as it was thrown, not as text', async () => {
  const error = {code: 'TOOLCHAIN', message: 'no [INPUT]: here', hint: 'Install it.'}
  const {place, what} = placeWith(`
const fs = require('node:fs')
require('node:readline').createInterface({input: process.stdin}).once('line', line => {
  fs.writeFileSync(JSON.parse(line).MCP_RELEASE_ERROR, ${JSON.stringify(JSON.stringify(error))})
  process.exit(1)
})`)
  expect(await holdBundle('demo', place).run(what)).toMatchObject({ok: false, error})
  const other = placeWith(obedient)
  expect(await holdBundle('demo', other.place).run(other.what)).not.toHaveProperty('error')
})

test('a process that ends while this one has no time is not missed', async () => {
  const {place, what} = placeWith(obedient)
  const held = holdBundle('demo', place)
  await new Promise(resolve => setTimeout(resolve, 200))
  const ending = held.run(what)
  for (let turn = 0; turn < 8; turn++) {
    const until = Date.now() + 60
    while (Date.now() < until);
    await new Promise(resolve => setImmediate(resolve))
  }
  expect((await ending).outputs).toEqual({answer: 'a b c0ffee'})
  expect(readFileSync(what.log, 'utf8')).toContain('before\n')
})

const prompt = `
const fs = require('node:fs')
require('node:readline').createInterface({input: process.stdin}).once('line', line => {
  fs.appendFileSync(JSON.parse(line).GITHUB_OUTPUT, 'answer=begun\\n')
  process.exit()
})`

test('a held process begins although this one has no time', async () => {
  const {place, what} = placeWith(prompt)
  const held = holdBundle('demo', place)
  await new Promise(resolve => setTimeout(resolve, 300))
  const ending = held.run(what)
  const [folder = ''] = readdirSync(place.temp)
  const output = join(place.temp, folder, 'output')
  const until = Date.now() + 10_000
  while (statSync(output).size === 0 && Date.now() < until);
  expect(readFileSync(output, 'utf8')).toBe('answer=begun\n')
  expect((await ending).outputs).toEqual({answer: 'begun'})
})

test('a process that dies before its turn tells so when it comes', async () => {
  const {place, what} = placeWith(`console.log('early'); process.exit(7)`)
  const held = holdBundle('demo', place)
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(await held.run(what)).toMatchObject({ok: false, errors: ['demo ended with exit code 7']})
  expect(readFileSync(what.log, 'utf8')).toBe('early\n')
})

test('each prepared process is taken once, and what is left ends', async () => {
  const {place, what} = placeWith(obedient)
  const holding = new Holding(place)
  holding.prepare(['demo', 'demo'])
  holding.prepare(['demo', 'demo'])
  expect(running.size).toBe(2)
  expect((await holding.take('demo').run(what)).outputs).toEqual({answer: 'a b c0ffee'})
  holding.dropAll()
  for (let looks = 0; running.size > 0 && looks < 200; looks++) await new Promise(resolve => setTimeout(resolve, 20))
  expect(running.size).toBe(0)
  const late = placeWith(obedient)
  expect((await new Holding(late.place).take('demo').run(late.what)).outputs).toEqual({answer: 'a b c0ffee'})
})
