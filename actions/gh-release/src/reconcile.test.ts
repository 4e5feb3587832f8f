import {expect, test} from '@jest/globals'
import type {Asset, LocalFile} from '@mcp-release/github'
import {isRemnant, reconcile, temporaryName} from './reconcile'

const sha256 = (letter: string) => letter.repeat(64)
const file: LocalFile = {path: '/w/a', name: 'a', size: 3, sha256: sha256('a')}
const asset = (id: number, change: Partial<Asset> = {}): Asset => ({
  ...{id, name: 'a', label: undefined, state: 'uploaded', size: 3, sha256: sha256('a'), url: ''},
  ...change,
})
const old = asset(1, {sha256: sha256('b')})
const copy = asset(2, {name: temporaryName(file)})

test('nothing is left when name, size and digest agree', () => {
  expect(reconcile([file], [asset(1), asset(9, {name: 'other', sha256: sha256('c')})])).toEqual([])
})

test('a missing file is sent under its own name', () => {
  expect(reconcile([file], [])).toEqual([{file, remnants: [], bytes: {sendAs: 'a'}}])
})

test('a starter is removed before the file is sent', () => {
  const starter = asset(1, {state: 'starter', size: 0, sha256: undefined})
  expect(reconcile([file], [starter])).toEqual([{file, remnants: [starter], bytes: {sendAs: 'a'}}])
})

test('other bytes stay until the new ones are there under another name', () => {
  expect(reconcile([file], [old])).toEqual([{file, remnants: [], bytes: {sendAs: temporaryName(file)}, old}])
})

test('a run that was killed while it replaced a file is continued where it was', () => {
  expect(reconcile([file], [old, copy])).toEqual([{file, remnants: [], bytes: {ready: copy}, old}])
  expect(reconcile([file], [copy])).toEqual([{file, remnants: [], bytes: {ready: copy}}])
})

test('broken and outdated copies are removed', () => {
  const broken = {...copy, state: 'starter'}
  const outdated = asset(3, {name: `replacement-${'f'.repeat(16)}-a`})
  expect(reconcile([file], [old, broken, outdated])[0]).toMatchObject({remnants: [broken, outdated], old})
  expect(reconcile([file], [asset(1), outdated])).toEqual([{file, remnants: [outdated], bytes: {ready: asset(1)}}])
})

test('an asset without a digest counts only when this run has sent it', () => {
  const unknown = asset(1, {sha256: undefined})
  expect(reconcile([file], [unknown])).toHaveLength(1)
  expect(reconcile([file], [unknown], new Map([[1, file.sha256]]))).toEqual([])
})

test('remnants are what is not whole, and temporary copies', () => {
  expect([asset(1), copy, asset(3, {state: 'starter'})].map(isRemnant)).toEqual([false, true, true])
})
