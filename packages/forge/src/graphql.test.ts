import {expect, test} from '@jest/globals'
import {testForge, type TestForge} from './test-forge'

async function ask(
  stand: TestForge,
  query: unknown,
  variables?: Record<string, unknown>,
  token = 't',
): Promise<unknown> {
  const response = await fetch(stand.forge.graphqlUrl, {
    method: 'POST',
    headers: {authorization: `bearer ${token}`},
    body: JSON.stringify({query, variables}),
  })
  expect(response.status).toBe(200)
  return response.json()
}

const byTag = `query RepositoryReleaseByTag($name: String!, $owner: String!, $tagName: String!) {
  repository(owner: $owner, name: $name) { release(tagName: $tagName) { databaseId, isDraft } }
}`

const at = (tagName: string) => ({owner: 'o', name: 'r', tagName})

test('a draft is found by the tag it waits for', async () => {
  const stand = await testForge()
  const id = await stand.create({tag_name: 'v1.0.0', draft: true})
  expect(await ask(stand, byTag, at('v1.0.0'))).toEqual({
    data: {repository: {release: {databaseId: id, isDraft: true}}},
  })
  expect(await ask(stand, byTag, at('v9'))).toEqual({data: {repository: {release: null}}})
})

test('the published release of a tag comes before its drafts', async () => {
  const stand = await testForge()
  const published = await stand.create({tag_name: 'v1.0.0'})
  await stand.create({tag_name: 'v1.0.0', draft: true})
  expect(await ask(stand, byTag, at('v1.0.0'))).toMatchObject({data: {repository: {release: {databaseId: published}}}})
})

test('those who may only read find no draft', async () => {
  const stand = await testForge({tokens: ['t', {token: 'reader', contents: 'read'}]})
  await stand.create({tag_name: 'v1.0.0', draft: true})
  expect(await ask(stand, byTag, at('v1.0.0'), 'reader')).toEqual({data: {repository: {release: null}}})
})

test('literals, aliases, comments and type names are understood', async () => {
  const stand = await testForge()
  await stand.create({tag_name: 'v1.0.0', name: 'One'})
  const query =
    '{ repo: repository(owner: "o", name: "r") { __typename # a comment\n latestRelease { tag: tagName name isLatest } } }'
  expect(await ask(stand, query)).toEqual({
    data: {repo: {__typename: 'Repository', latestRelease: {tag: 'v1.0.0', name: 'One', isLatest: true}}},
  })
})

test('an unknown repository is an error of type NOT_FOUND', async () => {
  const stand = await testForge()
  expect(await ask(stand, byTag, {...at('v1'), name: 'x'})).toEqual({
    data: {repository: null},
    errors: [
      {type: 'NOT_FOUND', path: ['repository'], message: "Could not resolve to a Repository with the name 'o/x'."},
    ],
  })
})

test.each([
  ['mutation { deleteRelease { id } }', 'queries only'],
  ['{ viewer { login } }', "Field 'viewer' doesn't exist on type 'Query'"],
  ['{ repository(owner: "o", name: "r") }', 'wrong selection'],
  ['{ repository(owner: "o") { name } }', "Argument 'name' needs a String!"],
  ['{ repository(owner: "o", name: "r") { ...f } } fragment f on Repository { name }', 'Parse error on "..."'],
  ['{ repository(owner: "o"', 'Unexpected end of document'],
  [7, 'must be a string'],
])('%s is answered with an error', async (query, message) => {
  const stand = await testForge()
  expect(JSON.stringify(await ask(stand, query))).toContain(JSON.stringify(message).slice(1, -1))
})
