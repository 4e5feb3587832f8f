import {expect, test} from '@jest/globals'
import {commits, testForge, type TestForge} from './test-forge'

async function published(stand: TestForge): Promise<{id: number; asset: number}> {
  const id = await stand.create({tag_name: 'v1.0.0', draft: true})
  const asset = Number((await stand.upload(id, 'a.txt')).body['id'])
  expect((await stand.call('PATCH', `/releases/${id}`, {draft: false})).body['immutable']).toBe(true)
  return {id, asset}
}

test('an immutable release takes no file, gives none up and renames none', async () => {
  const stand = await testForge({immutableReleases: true})
  const {id, asset} = await published(stand)
  const late = await stand.upload(id, 'late.txt')
  expect([late.status, late.body['message']]).toEqual([422, 'Cannot upload assets to an immutable release.'])
  const removed = await stand.call('DELETE', `/releases/assets/${asset}`)
  expect(removed.body['errors']).toMatchObject([{message: 'Cannot delete asset from an immutable release'}])
  expect((await stand.call('PATCH', `/releases/assets/${asset}`, {label: 'x'})).status).toBe(422)
  expect(stand.forge.release(id)?.assets).toMatchObject([{name: 'a.txt', label: null}])
})

test('an immutable release keeps tag, target and state, but not its words', async () => {
  const stand = await testForge({immutableReleases: true})
  const {id} = await published(stand)
  const refused = await stand.call('PATCH', `/releases/${id}`, {
    tag_name: 'v2',
    target_commitish: commits.first,
    draft: true,
  })
  expect(refused.status).toBe(422)
  expect(JSON.stringify(refused.body['errors'])).toContain(
    'target_commitish cannot be changed when release is immutable',
  )
  expect(refused.body['errors']).toMatchObject([{field: 'tag_name'}, {field: 'target_commitish'}, {field: 'state'}])
  const same = await stand.call('PATCH', `/releases/${id}`, {target_commitish: 'main', name: 'New', prerelease: true})
  expect(same.body).toMatchObject({name: 'New', prerelease: true, immutable: true})
})

test('deleting an immutable release burns its tag name', async () => {
  const stand = await testForge({immutableReleases: true})
  const {id} = await published(stand)
  expect((await stand.call('DELETE', `/releases/${id}`)).status).toBe(204)
  const again = await stand.create({tag_name: 'v1.0.0', draft: true})
  const refused = await stand.call('PATCH', `/releases/${again}`, {draft: false})
  expect(refused.body['errors']).toMatchObject([
    {field: 'tag_name', message: 'tag_name was used by an immutable release'},
    {message: 'Published releases must have a valid tag'},
  ])
})

test('a draft in a repository with immutable releases is free', async () => {
  const stand = await testForge({immutableReleases: true})
  const id = await stand.create({tag_name: 'v1.0.0', draft: true})
  const asset = Number((await stand.upload(id, 'a.txt')).body['id'])
  expect((await stand.call('DELETE', `/releases/assets/${asset}`)).status).toBe(204)
  expect(stand.forge.release(id)).toMatchObject({immutable: false, assets: []})
})
