import {expect, test} from '@jest/globals'
import {commits, testForge} from './test-forge'

test('a draft is found by id and in the list, not by tag, and its addresses hide the tag', async () => {
  const {call, create} = await testForge()
  const id = await create({tag_name: 'v1.0.0', draft: true})
  expect((await call('GET', '/releases/tags/v1.0.0')).status).toBe(404)
  expect((await call('GET', '/releases')).list.map(one => one['id'])).toEqual([id])
  const shown = await call('GET', `/releases/${id}`)
  expect(shown.body).toMatchObject({draft: true, published_at: null, tarball_url: null, target_commitish: 'main'})
  expect(shown.body['html_url']).toMatch(/\/o\/r\/releases\/tag\/untagged-[0-9a-f]{20}$/)
})

test('several drafts may wait for one tag, but only one release is published on it', async () => {
  const {call, create} = await testForge()
  const [first, second] = [
    await create({tag_name: 'v1.0.0', draft: true}),
    await create({tag_name: 'v1.0.0', draft: true}),
  ]
  expect((await call('PATCH', `/releases/${first}`, {draft: false})).status).toBe(200)
  const refused = await call('PATCH', `/releases/${second}`, {draft: false})
  expect(refused.status).toBe(422)
  expect(refused.body).toMatchObject({
    message: 'Validation Failed',
    errors: [{resource: 'Release', code: 'already_exists', field: 'tag_name'}],
  })
  expect((await call('POST', '/releases', {tag_name: 'v1.0.0'})).body['errors']).toEqual(refused.body['errors'])
  expect((await call('GET', '/releases/tags/v1.0.0')).body['id']).toBe(first)
})

test('publishing creates a missing tag on the target, or else on the default branch', async () => {
  const {forge, call, create} = await testForge()
  await create({tag_name: 'v2.0.0', target_commitish: commits.first})
  const draft = await create({tag_name: 'v3.0.0', draft: true})
  expect(forge.tags('o/r')['v3.0.0']).toBeUndefined()
  await call('PATCH', `/releases/${draft}`, {draft: false})
  expect(forge.tags('o/r')).toMatchObject({'v2.0.0': commits.first, 'v3.0.0': commits.second, 'v1.0.0': commits.first})
})

test('an unknown target is refused, but unused where the tag exists', async () => {
  const {call} = await testForge()
  const refused = await call('POST', '/releases', {tag_name: 'v2.0.0', target_commitish: 'refs/heads/main'})
  expect(refused.body['errors']).toEqual([{resource: 'Release', code: 'invalid', field: 'target_commitish'}])
  expect((await call('POST', '/releases', {tag_name: 'v1.0.0', target_commitish: 'nowhere'})).status).toBe(201)
})

test('a malformed tag cannot be published', async () => {
  const {call} = await testForge()
  const refused = await call('POST', '/releases', {tag_name: 'v 1'})
  expect(JSON.stringify(refused.body['errors'])).toContain('tag_name is not well-formed')
  expect(JSON.stringify(refused.body['errors'])).toContain('Published releases must have a valid tag')
})

test('an edit changes what it names and nothing else, and a refused edit changes nothing', async () => {
  const {forge, call, create} = await testForge()
  const id = await create({tag_name: 'v1.0.0', name: 'One', body: 'old', draft: true})
  await call('PATCH', `/releases/${id}`, {body: 'new'})
  expect(forge.release(id)).toMatchObject({name: 'One', body: 'new', draft: true})
  const refused = await call('PATCH', `/releases/${id}`, {name: 'Two', body: 'x'.repeat(125_001), draft: false})
  expect(refused.body['errors']).toMatchObject([
    {field: 'body', message: 'body is too long (maximum is 125000 characters)'},
  ])
  expect(forge.release(id)).toMatchObject({name: 'One', body: 'new', draft: true})
})

test('the longest body fits', async () => {
  const {call} = await testForge()
  expect((await call('POST', '/releases', {tag_name: 'v1.0.0', body: 'ü'.repeat(125_000)})).status).toBe(201)
})

test('the latest release is the one made so; a prerelease or a backport is not', async () => {
  const {call, create} = await testForge()
  const latest = async () => (await call('GET', '/releases/latest')).body['tag_name']
  await create({tag_name: 'v2.0.0', prerelease: true})
  expect((await call('GET', '/releases/latest')).status).toBe(404)
  await create({tag_name: 'v1.5.0'})
  await create({tag_name: 'v1.4.9', make_latest: 'false'})
  expect(await latest()).toBe('v1.5.0')
  const old = await create({tag_name: 'v1.4.8'})
  expect(await latest()).toBe('v1.4.8')
  await call('PATCH', `/releases/${old}`, {make_latest: 'legacy'})
  expect(await latest()).toBe('v1.5.0')
  await create({tag_name: 'v1.10.0', make_latest: 'legacy'})
  expect(await latest()).toBe('v1.10.0')
})

test('a draft or prerelease cannot be made the latest', async () => {
  const {call} = await testForge()
  for (const kind of ['draft', 'prerelease']) {
    const refused = await call('POST', '/releases', {tag_name: 'v1.0.0', make_latest: 'true', [kind]: true})
    expect(refused.body['errors']).toMatchObject([{message: 'Latest release cannot be draft or prerelease.'}])
  }
})

test('generated notes link the range from the release before and follow a given body', async () => {
  const {forge, call, create} = await testForge()
  const web = `${forge.webUrl}/o/r`
  const first = await call('POST', '/releases/generate-notes', {tag_name: 'v1.0.0'})
  expect(first.body).toEqual({name: 'v1.0.0', body: `**Full Changelog**: ${web}/commits/v1.0.0`})
  await create({tag_name: 'v1.0.0'})
  const id = await create({tag_name: 'v1.1.0', body: 'Hello', generate_release_notes: true})
  expect(forge.release(id)).toMatchObject({
    name: 'v1.1.0',
    body: `Hello\n\n**Full Changelog**: ${web}/compare/v1.0.0...v1.1.0`,
  })
  const unknown = await call('POST', '/releases/generate-notes', {tag_name: 'v2', previous_tag_name: 'v0'})
  expect(unknown.status).toBe(422)
})

test('a discussion needs a category that exists', async () => {
  const {call} = await testForge()
  expect((await call('POST', '/releases', {tag_name: 'v1.0.0', discussion_category_name: 'No'})).status).toBe(404)
  const made = await call('POST', '/releases', {tag_name: 'v1.0.0', discussion_category_name: 'News'})
  expect(made.body['discussion_url']).toContain('/o/r/discussions/')
})

test('lists have 30 entries, at most 100, newest first, with links to the other pages', async () => {
  const {forge, call, create} = await testForge()
  for (let number = 0; number < 105; number += 1) await create({tag_name: `v0.0.${number}`, draft: true})
  const page = await call('GET', '/releases')
  expect(page.list).toHaveLength(30)
  expect(page.list[0]?.['tag_name']).toBe('v0.0.104')
  const large = await call('GET', '/releases?per_page=1000')
  expect(large.list).toHaveLength(100)
  expect(large.headers.get('link')).toBe(
    `<${forge.url}/repos/o/r/releases?per_page=100&page=2>; rel="next", <${forge.url}/repos/o/r/releases?per_page=100&page=2>; rel="last"`,
  )
  const last = await call('GET', '/releases?per_page=100&page=2')
  expect(last.list).toHaveLength(5)
  expect(last.headers.get('link')).toContain('rel="prev"')
})

test('a deleted release is gone and leaves its tag', async () => {
  const {forge, call, create} = await testForge()
  const id = await create({tag_name: 'v2.0.0'})
  expect((await call('DELETE', `/releases/${id}`)).status).toBe(204)
  expect((await call('GET', `/releases/${id}`)).status).toBe(404)
  expect(forge.tags('o/r')['v2.0.0']).toBe(commits.second)
})

test('a repository without commits takes no release, and refs need whole commits', async () => {
  const {call} = await testForge({repositories: [{owner: 'o', name: 'r'}]})
  expect((await call('POST', '/releases', {tag_name: 'v1'})).body['message']).toBe('Repository is empty.')
  await expect(testForge({repositories: [{owner: 'o', name: 'r', tags: {v1: 'abc'}}]})).rejects.toThrow('v1: "abc"')
})
