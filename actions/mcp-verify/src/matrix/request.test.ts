import {expect, test} from '@jest/globals'
import {readInputs} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {contract} from '../action.gen'
import {type MatrixSettings, readMatrixRequest} from './request'

const request = (given: Readonly<Record<string, string>>, planned?: MatrixSettings) => {
  const env = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return readMatrixRequest(
    readInputs(contract, Object.fromEntries(env) as Record<string, string>),
    new FakeHost(),
    planned,
  )
}
const planned: MatrixSettings = {
  'python-versions': ['3.12', '3.10'],
  'node-versions': ['22'],
  'sdk-versions': ['newest', 'lowest'],
  incompatible: 'warning',
}
const versions = (asked: readonly {readonly version: string}[] | undefined) => asked?.map(({version}) => version)

test('what inputs leave open is as the settings of the plan say', async () => {
  const found = await request({compatibility: 'compatibility.json'}, planned)
  expect(versions(found?.asked.python)).toEqual(['3.10', '3.12'])
  expect(versions(found?.asked.node)).toEqual(['22'])
  expect(found).toMatchObject({selections: ['lowest', 'newest'], incompatible: 'warning'})
})

test('inputs win over the settings of the plan, one by one', async () => {
  const given = {'compatibility-notes': 'c.md', 'python-versions': '3.14', 'sdk-versions': 'latest'}
  const found = await request({...given, incompatible: 'error'}, planned)
  expect(versions(found?.asked.python)).toEqual(['3.14'])
  expect(versions(found?.asked.node)).toEqual(['22'])
  expect(found).toMatchObject({selections: ['latest'], incompatible: 'error'})
})

test('without settings the interpreters on PATH are tried, and what is incompatible is an error', async () => {
  const found = await request({compatibility: 'compatibility.json'})
  expect(versions(found?.asked.python)).toEqual([''])
  expect(found).toMatchObject({selections: ['lowest', 'newest'], incompatible: 'error'})
})

test('a plan asks for no matrix by itself: the jobs that build read it too', async () => {
  expect(await request({files: 'built/*'}, planned)).toBeUndefined()
})
