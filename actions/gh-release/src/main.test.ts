import {symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, expect, test} from '@jest/globals'
import type {Forge} from '@mcp-release/forge'
import {callsOf, contents, machine, published, release, startStand, threeFiles} from './testing/release-scene'

const open: Forge[] = []
async function stand(options: Parameters<typeof startStand>[0] = {}): Promise<Forge> {
  const forge = await startStand(options)
  open.push(forge)
  return forge
}
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})
const named = Object.fromEntries(Object.entries(threeFiles).map(([path, text]) => [path.replace('dist/', ''), text]))
const mutations = (forge: Forge, from = 0) => forge.requests.slice(from).filter(({method}) => method !== 'GET')

test('a fresh tag gets a draft, all files, and is published in one change', async () => {
  const forge = await stand()
  const host = await machine(forge)
  const outputs = await release(host, {body: 'Hello'})
  const [view] = published(forge)
  expect(forge.releases()).toHaveLength(1)
  expect(view).toMatchObject({tagName: 'v1.2.3', name: 'v1.2.3', body: 'Hello', latest: true, prerelease: false})
  expect(await contents(forge, view)).toEqual(named)
  expect(outputs).toMatchObject({state: 'created', draft: 'false', tag: 'v1.2.3', id: String(view?.id)})
  expect(callsOf(forge)).toEqual([
    ...['get-release-by-tag', 'list-releases', 'get-ref'].map(() => expect.any(String)),
    'repos/create-release',
    'repos/list-releases',
    ...['a', 'b', 'c'].map(() => 'repos/upload-release-asset'),
    'repos/list-release-assets',
    'git/get-ref',
    'repos/update-release',
  ])
  const assets = JSON.parse(outputs.assets) as {name: string; url: string; state: string}[]
  expect(assets.map(({name, state}) => [name, state])).toEqual(Object.keys(named).map(name => [name, 'uploaded']))
  expect(assets[0]?.url).toBe(`${forge.webUrl}/acme/tool/releases/download/v1.2.3/a.txt`)
  expect(host.secrets).toEqual(['token-of-the-test'])
  expect(host.summaries.join()).toContain('| a.txt | 5 |')
})

test.each([false, true])('the same again sends nothing (immutable: %s)', async immutableReleases => {
  const forge = await stand({immutableReleases})
  const host = await machine(forge)
  await release(host, {checksums: 'true'})
  const before = forge.requests.length
  const outputs = await release(host, {checksums: 'true'})
  expect(outputs).toMatchObject({state: 'unchanged', immutable: String(immutableReleases)})
  expect(mutations(forge, before)).toEqual([])
  expect(forge.requests.length - before).toBeLessThanOrEqual(6)
})

test('an immutable release that differs is refused with all differences, and nothing is sent', async () => {
  const forge = await stand({immutableReleases: true})
  const host = await machine(forge)
  await release(host)
  await host.files.write('dist/a.txt', 'other')
  await host.files.write('dist/new.txt', 'new')
  const before = forge.requests.length
  await expect(release(host, {'on-existing-asset': 'replace'})).rejects.toMatchObject({
    code: 'IMMUTABLE',
    message:
      'the published release of v1.2.3 is immutable, and differs from what is wanted:\n' +
      '- a.txt: missing, or has other bytes\n- new.txt: missing, or has other bytes',
  })
  expect(mutations(forge, before)).toEqual([])
})

test('a changed file is replaced so that the old one stays until the new one is there', async () => {
  const forge = await stand()
  const host = await machine(forge)
  await release(host)
  await host.files.write('dist/a.txt', 'alpha 2')
  const before = forge.requests.length
  const outputs = await release(host, {'on-existing-asset': 'replace'})
  expect(mutations(forge, before).map(({operationId}) => operationId)).toEqual([
    'repos/upload-release-asset',
    'repos/delete-release-asset',
    'repos/update-release-asset',
  ])
  expect(await contents(forge, published(forge)[0])).toEqual({...named, 'a.txt': 'alpha 2'})
  expect(outputs.state).toBe('updated')
})

test('jobs of a matrix add to the draft; the last one checks the names and publishes', async () => {
  const forge = await stand()
  const one = await machine(forge, {'dist/linux.tgz': 'linux'})
  const two = await machine(forge, {'dist/windows.zip': 'windows'})
  await release(one, {publish: 'false'})
  expect(published(forge)).toEqual([])
  const expectation = {files: '', expect: 'linux.tgz\nwindows.zip', checksums: 'true'}
  await expect(release(one, expectation)).rejects.toMatchObject({code: 'INCOMPLETE', message: /windows\.zip/})
  expect(published(forge)).toEqual([])
  await release(two, {publish: 'false'})
  const outputs = await release(one, expectation)
  const files = await contents(forge, published(forge)[0])
  expect(Object.keys(files)).toEqual(['SHA256SUMS', 'linux.tgz', 'windows.zip'])
  expect(files['SHA256SUMS']?.split('\n')[1]).toMatch(/^[0-9a-f]{64} {2}windows\.zip$/)
  expect(outputs.checksums).toContain(files['SHA256SUMS']?.split('\n')[0])
})

test('two runs at once end with one release that has the files of both', async () => {
  const forge = await stand({latency: 3})
  const one = await machine(forge, {'dist/one.txt': 'one', 'dist/same.txt': 'same'})
  const two = await machine(forge, {'dist/two.txt': 'two', 'dist/same.txt': 'same'})
  await Promise.all([release(one), release(two)])
  expect(forge.releases()).toHaveLength(1)
  expect(await contents(forge, published(forge)[0])).toEqual({'one.txt': 'one', 'same.txt': 'same', 'two.txt': 'two'})
})

test('all problems of the inputs and files come at once, before any call', async () => {
  const forge = await stand()
  const host = await machine(forge, {'dist/empty': '', 'a/x y.txt': '1', 'b/x  y.txt': '2'})
  const inputs = {files: 'dist/*\nnone/*\na/*\nb/*', 'tag-name': 'bad..tag', 'body-path': 'no.md', concurrency: '0'}
  const error = await release(host, inputs).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({code: 'INPUT'})
  const {message} = error as Error
  for (const words of ['concurrency: 0', 'bad..tag', 'no.md', 'is empty', '"none/*" matches no file', '"x.y.txt"'])
    expect(message).toContain(words)
  expect(forge.requests).toEqual([])
})

test('names are as GitHub makes them, and the original one is the label', async () => {
  const forge = await stand()
  const host = await machine(forge, {'dist/my file [1].txt': '1', 'dist/Größe.txt': '2', 'dist/-dash': '3'})
  await release(host, {files: 'dist/my file [1].txt\ndist/Gr*\ndist/-dash => plain.bin # The dash'})
  const labels = published(forge)[0]?.assets.map(({name, label}) => [name, label])
  expect(labels?.sort()).toEqual([
    ['Gro.e.txt', 'Größe.txt'],
    ['my.file.1.txt', 'my file [1].txt'],
    ['plain.bin', 'The dash'],
  ])
  const before = forge.requests.length
  expect(await release(host, {files: 'dist/my file [1].txt'})).toMatchObject({state: 'unchanged'})
  expect(mutations(forge, before)).toEqual([])
})

test('a token that may only read is told which permission it lacks', async () => {
  const forge = await stand({tokens: [{token: 'token-of-the-test', contents: 'read'}]})
  await expect(release(await machine(forge))).rejects.toMatchObject({
    code: 'GITHUB_REFUSED',
    message: expect.stringMatching(
      /POST .*\/releases answered 403: Resource not accessible by integration \(request .+\)/,
    ),
    hint: expect.stringMatching(/permissions:\n {2}contents: write\n.*contents=write/),
  })
})

test('an older version does not become the latest release, a prerelease neither', async () => {
  const forge = await stand()
  await release(await machine(forge))
  const host = await machine(forge)
  await release(host, {'tag-name': 'refs/tags/v1.1.9'})
  await release(host, {'tag-name': 'v2.0.0-rc.1'})
  const views = Object.fromEntries(published(forge).map(view => [view.tagName, view]))
  expect(views['v1.2.3']?.latest).toBe(true)
  expect(views['v2.0.0-rc.1']).toMatchObject({prerelease: true, latest: false})
  expect(forge.tags('acme/tool')['v1.1.9']).toBe('c'.repeat(40))
})

test('a dry run changes nothing', async () => {
  const forge = await stand()
  const host = await machine(forge)
  expect(await release(host, {'dry-run': 'true'})).toMatchObject({state: 'created', id: ''})
  expect(forge.releases()).toEqual([])
  expect(mutations(forge)).toEqual([])
  expect(host.lines.join('\n')).toContain('Would upload a.txt')
})

test('assets that prune names go once the new ones are there', async () => {
  const forge = await stand()
  const host = await machine(forge)
  await release(host)
  expect(await release(host, {files: 'dist/a.txt', prune: '*.json\nx?'})).toMatchObject({state: 'updated'})
  expect(Object.keys(await contents(forge, published(forge)[0]))).toEqual(['a.txt', 'b.tar.gz'])
})

test('an enterprise server is asked at its own addresses', async () => {
  const forge = await stand({enterprise: true})
  await release(await machine(forge))
  expect(await contents(forge, published(forge)[0])).toEqual(named)
  expect(forge.requests.every(({path}) => path.startsWith('/api/'))).toBe(true)
})

test('a draft that a person prepared keeps its notes and gets the given title', async () => {
  const forge = await stand()
  const host = await machine(forge)
  await release(host, {draft: 'true', body: 'Written by hand'})
  expect(published(forge)).toEqual([])
  const outputs = await release(host, {name: 'The tool'})
  expect(published(forge)).toMatchObject([{name: 'The tool', body: 'Written by hand'}])
  expect(outputs.state).toBe('updated')
  await release(host, {body: 'More', 'append-body': 'true'})
  await release(host, {body: 'More', 'append-body': 'true'})
  expect(published(forge)[0]?.body).toBe('Written by hand\n\nMore')
})

test('what GitHub would not take is refused before any call: too large, no regular file, outside', async () => {
  const forge = await stand()
  const host = await machine(forge)
  const at = (name: string) => join(host.workspace, 'dist', name)
  for (const [name, size] of Object.entries({'large.bin': 2 ** 31 + 1, 'just.bin': 2 ** 31})) {
    writeFileSync(at(name), '')
    truncateSync(at(name), size)
  }
  symlinkSync('/etc/hostname', at('link'))
  symlinkSync(join(host.workspace, 'dist'), at('folder'))
  const error: unknown = await release(host, {files: 'dist/*\ndist\ndist/link\ndist/folder'}).catch(
    (thrown: unknown) => thrown,
  )
  const {message} = error as Error
  expect(message).toContain('"dist/large.bin" has 2147483649 bytes; GitHub takes at most 2147483648')
  expect(message).not.toContain('just.bin')
  expect(message).toMatch(/"dist\/link" \(a link to "\/etc\/hostname"\) lies outside the workspace/)
  expect(message).toContain('"dist/folder" is no regular file')
  expect(message).toContain('"dist" is a folder, not a file')
  expect(forge.requests).toEqual([])
})

test('of several drafts that others made the first one is used, and none is deleted', async () => {
  const forge = await stand()
  const draft = async () => {
    const request = {method: 'POST', headers: {authorization: 'token t'}, body: '{"tag_name":"v1.2.3","draft":true}'}
    const answer = (await (await fetch(`${forge.url}/repos/acme/tool/releases`, request)).json()) as {id: number}
    return answer.id
  }
  const [first, second] = [await draft(), await draft()]
  await release(await machine(forge))
  expect(forge.releases().map(({id, draft: isDraft}) => [id, isDraft])).toEqual([
    [first, false],
    [second, true],
  ])
  expect(forge.requests.filter(({operationId}) => operationId === 'repos/delete-release')).toEqual([])
})

test('a draft that is older than a page of other releases is found by GraphQL and the whole list', async () => {
  const forge = await stand({otherReleases: 120})
  const host = await machine(forge)
  await release(host, {publish: 'false', 'tag-name': 'v2.0.0'})
  const before = forge.requests.length
  await release(host, {'tag-name': 'v2.0.0'})
  expect(forge.releases().filter(({tagName}) => tagName === 'v2.0.0')).toMatchObject([{draft: false}])
  expect(callsOf(forge, before)).not.toContain('repos/create-release')
})

test('a tag that an immutable release has used up is explained', async () => {
  const forge = await stand({immutableReleases: true})
  const host = await machine(forge)
  const {id} = await release(host)
  await fetch(`${forge.url}/repos/acme/tool/releases/${id}`, {method: 'DELETE', headers: {authorization: 'token t'}})
  await expect(release(host)).rejects.toMatchObject({
    code: 'GITHUB_REFUSED',
    message: expect.stringMatching(/^PATCH .* answered 422: .*tag_name was used by an immutable release/),
    hint: expect.stringContaining('release a new version'),
  })
})

test('nothing of a published release is taken back', async () => {
  const forge = await stand()
  const host = await machine(forge)
  await release(host, {body: 'Notes'})
  const before = forge.requests.length
  await release(host, {files: 'dist/a.txt', draft: 'true'})
  expect(host.lines.join('\n')).toContain('warning: v1.2.3 is published already and stays so')
  expect(published(forge)).toMatchObject([{body: 'Notes', draft: false}])
  expect(Object.keys(await contents(forge, published(forge)[0]))).toEqual(Object.keys(named))
  expect(mutations(forge, before)).toEqual([])
})
