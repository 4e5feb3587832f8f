import {createHash} from 'node:crypto'
import {afterEach, expect, test} from '@jest/globals'
import type {FakeHost} from '@mcp-release/action-kit/testing'
import {type Forge, type ForgeOptions, type ReleaseView, startForge} from '@mcp-release/forge'
import {contract} from './action.gen'
import {callsOf, contents, haste, machine, published, release} from './testing/release-scene'

// One entry for each input: what it changes, from the files to the release on the server.

const commit = {tag: 'c'.repeat(40), main: 'd'.repeat(40)}

interface Stage {
  readonly forge: Forge
  readonly host: FakeHost
  readonly run: (inputs: Readonly<Record<string, string>>) => ReturnType<typeof release>
  readonly only: () => ReleaseView | undefined
}

const open: Forge[] = []
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

async function stage(files: Readonly<Record<string, string>>, options: Partial<ForgeOptions> = {}): Promise<Stage> {
  const repository = {tags: {'v1.2.3': commit.tag}, branches: {main: commit.main}, discussionCategories: ['News']}
  const forge = await startForge({
    repositories: [
      {owner: 'acme', name: 'tool', ...repository, releases: ['v1.0.0', 'v1.1.0']},
      {owner: 'acme', name: 'other', ...repository},
    ],
    ...options,
  })
  open.push(forge)
  const host = await machine(forge, files)
  return {
    forge,
    host,
    run: inputs => release(host, inputs),
    only: () => forge.releases().find(({assets}) => assets.length > 0),
  }
}

const names = async ({forge, only}: Stage) => Object.keys(await contents(forge, only()))
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const two = {'dist/a.txt': 'alpha', 'dist/b.txt': 'beta'}
const notes = 'CHANGELOG.md'

const effects: Readonly<Record<keyof (typeof contract)['inputs'], () => Promise<void>>> = {
  files: async () => {
    const set = await stage({...two, 'build/c': 'gamma'})
    await set.run({files: 'dist/{a,b}.txt\nbuild/c => tool-linux # For Linux'})
    expect(await names(set)).toEqual(['a.txt', 'b.txt', 'tool-linux'])
    expect(set.only()?.assets.map(({label}) => label)).toContain('For Linux')
    const divided = await stage({...two, 'dist/a,b.txt': 'gamma', 'dist/c.map': 'delta', 'docs/d': 'epsilon'})
    await divided.run({files: 'dist/a,b.txt\ndist/{a,b}.txt, dist/*,\n!**/*.map'})
    expect(await names(divided)).toEqual(['a.b.txt', 'a.txt', 'b.txt'])
    await expect(divided.run({files: 'docs/'})).rejects.toThrow(
      'files: "docs/" is a folder, not a file; `docs/**` releases the files in it, and `tar -czf docs.tar.gz docs` in a step before makes an archive of it',
    )
  },
  exclude: async () => {
    const set = await stage(two)
    await set.run({exclude: '**/b.*'})
    expect(await names(set)).toEqual(['a.txt'])
  },
  'working-directory': async () => {
    const set = await stage({...two, 'server/dist/c.txt': 'gamma', 'server/NOTES.md': 'Of the server'})
    await set.run({'working-directory': 'server', exclude: 'dist/x*', 'body-path': 'NOTES.md'})
    expect(await names(set)).toEqual(['c.txt'])
    expect(set.only()?.body).toBe('Of the server')
    await expect(set.run({'working-directory': '../x'})).rejects.toThrow(/working-directory: "\.\.\/x" lies outside/)
    await expect(set.run({'working-directory': 'dist/a.txt'})).rejects.toThrow(/working-directory: .* is no folder/)
  },
  'tag-name': async () => {
    const set = await stage(two)
    expect(await set.run({'tag-name': 'refs/tags/v3.0.0'})).toMatchObject({tag: 'v3.0.0'})
    expect(set.only()?.tagName).toBe('v3.0.0')
  },
  name: async () => {
    const set = await stage(two)
    await set.run({name: 'The tool, third edition'})
    expect(set.only()?.name).toBe('The tool, third edition')
  },
  body: async () => {
    const set = await stage(two)
    await set.run({body: 'One\n\nTwo'})
    expect(set.only()?.body).toBe('One\n\nTwo')
  },
  'body-path': async () => {
    const set = await stage({...two, 'NOTES.md': 'From a file\n'})
    await set.run({'body-path': 'NOTES.md'})
    expect(set.only()?.body).toBe('From a file')
    await set.run({'body-path': 'MISSING.md', body: 'Hello'})
    expect(set.only()?.body).toBe('Hello')
    await expect(set.run({'body-path': 'MISSING.md'})).rejects.toThrow('body-path: "MISSING.md" is no file')
  },
  'append-body': async () => {
    const set = await stage(two)
    await set.run({body: 'One'})
    await set.run({body: 'Two', 'append-body': 'true'})
    expect(set.only()?.body).toBe('One\n\nTwo')
    await set.run({body: 'Two', 'append-body': 'true'})
    await set.run({body: 'One T', 'append-body': 'true'})
    expect(set.only()?.body).toBe('One\n\nTwo\n\nOne T')
    await set.run({body: 'Three'})
    expect(set.only()?.body).toBe('Three')
  },
  changelog: async () => {
    const set = await stage({...two, [notes]: '## [1.2.3] - 2026-01-02\n\n- New.\n\n## [1.2.2]\n\n- Old.\n'})
    await set.run({changelog: notes, body: 'Hello'})
    expect(set.only()?.body).toBe('Hello\n\n- New.')
  },
  'on-missing-section': async () => {
    const set = await stage({...two, [notes]: '## [1.2.2]\n\n- Old.\n'})
    const said = 'changelog: "CHANGELOG.md" has no section for v1.2.3; add "## [1.2.3]" with what changed'
    await expect(set.run({changelog: notes, 'on-missing-section': 'error'})).rejects.toThrow(said)
    expect(set.forge.requests).toEqual([])
    await set.run({changelog: notes, body: 'Hello', 'previous-tag': 'v1.0.0', 'generate-notes': 'true'})
    expect(set.only()?.body).toMatch(/^Hello\n\n.*compare\/v1\.0\.0\.\.\.v1\.2\.3$/s)
    expect(set.host.lines.join('\n')).toContain(`warning: ${said}`)
    const other = await stage({...two, [notes]: '## [1.2.3]\n\n### Added\n'})
    await other.run({changelog: notes})
    expect(other.only()?.body).toMatch(/compare\/v1\.1\.0\.\.\.v1\.2\.3$/)
    await other.run({changelog: notes})
    expect(other.only()?.body?.split('compare')).toHaveLength(2)
  },
  'generate-notes': async () => {
    const set = await stage(two)
    await set.run({'generate-notes': 'true', body: 'Hello'})
    expect(set.only()?.body).toMatch(/^Hello\n\n.*compare\/v1\.1\.0\.\.\.v1\.2\.3$/s)
  },
  'previous-tag': async () => {
    const set = await stage(two)
    await set.run({'generate-notes': 'true', 'previous-tag': 'v1.0.0'})
    expect(set.only()?.body).toMatch(/compare\/v1\.0\.0\.\.\.v1\.2\.3$/)
  },
  draft: async () => {
    const set = await stage(two)
    expect(await set.run({draft: 'true', checksums: 'true'})).toMatchObject({draft: 'true', state: 'created'})
    expect(set.only()?.draft).toBe(true)
    expect(await names(set)).toEqual(['SHA256SUMS', 'a.txt', 'b.txt'])
  },
  publish: async () => {
    const set = await stage(two)
    const outputs = await set.run({publish: 'false'})
    expect(set.only()?.draft).toBe(true)
    const [asset] = JSON.parse(outputs.assets) as {url: string}[]
    expect(asset?.url).toBe(`${set.forge.webUrl}/acme/tool/releases/download/v1.2.3/a.txt`)
  },
  expect: async () => {
    const set = await stage(two)
    await expect(set.run({expect: 'a.txt\nc.txt'})).rejects.toMatchObject({
      code: 'INCOMPLETE',
      message: 'the release lacks what `expect` names:\n- c.txt',
    })
    expect(set.only()?.draft).toBe(true)
    await set.run({expect: 'a.txt\nb.txt'})
    expect(set.only()?.draft).toBe(false)
  },
  prerelease: async () => {
    const set = await stage(two)
    await set.run({'tag-name': 'v2.0.0-rc.1'})
    expect(set.only()?.prerelease).toBe(true)
    await set.run({'tag-name': 'v2.0.0-rc.1', prerelease: 'false'})
    expect(set.only()?.prerelease).toBe(false)
    await set.run({'tag-name': 'v2.0.0-rc.1', prerelease: 'true'})
    expect(set.only()?.prerelease).toBe(true)
  },
  'make-latest': async () => {
    const set = await stage(two)
    await set.run({'tag-name': 'v0.9.0'})
    expect(set.only()?.latest).toBe(false)
    await set.run({'tag-name': 'v0.9.0', 'make-latest': 'true'})
    expect(set.only()?.latest).toBe(true)
    await set.run({'tag-name': 'v0.9.0', 'make-latest': 'false'})
    expect(set.only()?.latest).toBe(false)
    const legacy = await stage(two)
    await legacy.run({'make-latest': 'legacy'})
    expect(legacy.only()?.latest).toBe(true)
    const before = legacy.forge.requests.length
    expect(await legacy.run({'make-latest': 'legacy'})).toMatchObject({state: 'unchanged'})
    expect(legacy.forge.requests.slice(before).every(({method}) => method === 'GET')).toBe(true)
  },
  'target-commitish': async () => {
    const set = await stage(two)
    await set.run({'tag-name': 'v3.0.0', 'target-commitish': 'main'})
    expect(set.forge.tags('acme/tool')['v3.0.0']).toBe(commit.main)
    await set.run({'target-commitish': 'topic'})
    expect(published(set.forge).find(({tagName}) => tagName === 'v1.2.3')?.targetCommitish).toBe('main')
    expect(set.forge.tags('acme/tool')['v1.2.3']).toBe(commit.tag)
  },
  'discussion-category': async () => {
    const set = await stage(two)
    const {id} = await set.run({'discussion-category': 'News'})
    const shown = (await (await fetch(`${set.forge.url}/repos/acme/tool/releases/${id}`)).json()) as object
    expect(shown).toHaveProperty('discussion_url')
  },
  repository: async () => {
    const set = await stage(two)
    await set.run({repository: 'acme/other'})
    expect(set.only()?.repository).toBe('acme/other')
  },
  'release-id': async () => {
    const set = await stage(two)
    const {id} = await set.run({publish: 'false', files: 'dist/a.txt', 'tag-name': 'v3.0.0'})
    const before = set.forge.requests.length
    expect(await set.run({'release-id': id})).toMatchObject({id, tag: 'v3.0.0', draft: 'false'})
    expect(callsOf(set.forge, before)[0]).toBe('repos/get-release')
    expect(await names(set)).toEqual(['a.txt', 'b.txt'])
    await expect(set.run({'release-id': '9'})).rejects.toMatchObject({
      code: 'NO_RELEASE',
      message: 'release-id: there is no release 9',
    })
    await expect(set.run({'release-id': id, 'tag-name': 'v4'})).rejects.toMatchObject({
      code: 'OTHER_TAG',
      message: `release-id: release ${id} has the tag v3.0.0, not v4`,
    })
  },
  token: async () => {
    const set = await stage(two, {tokens: ['right-token']})
    await expect(set.run({token: 'wrong-token'})).rejects.toMatchObject({
      code: 'GITHUB_REFUSED',
      message: expect.stringContaining(' answered 401: Bad credentials'),
      hint: 'The token is wrong, expired or for another server. Check the input `token`.',
    })
    await set.run({token: 'right-token'})
    expect(set.only()?.draft).toBe(false)
    expect(set.host.secrets).toEqual(['wrong-token', 'right-token'])
  },
  checksums: async () => {
    const set = await stage(two)
    const {checksums} = await set.run({checksums: 'true'})
    const {SHA256SUMS = ''} = await contents(set.forge, set.only())
    expect(SHA256SUMS).toMatch(/^[0-9a-f]{64} {2}a\.txt\n[0-9a-f]{64} {2}b\.txt\n$/)
    expect(checksums).toContain(SHA256SUMS)
  },
  prune: async () => {
    const set = await stage({...two, 'dist/old-1.bin': 'old'})
    await set.run({})
    await set.run({files: 'dist/a.txt', prune: 'old-?.*'})
    expect(await names(set)).toEqual(['a.txt', 'b.txt'])
  },
  'on-extra-asset': async () => {
    const set = await stage({...two, 'dist/old.txt': 'old'})
    await set.run({draft: 'true'})
    await set.host.files.remove('dist/old.txt')
    await set.run({'on-extra-asset': 'keep', draft: 'true'})
    expect(await names(set)).toEqual(['a.txt', 'b.txt', 'old.txt'])
    await set.run({'on-extra-asset': 'remove-from-draft', expect: 'a.txt'})
    expect(await names(set)).toEqual(['a.txt', 'b.txt'])
    // What is published stays, and is told.
    await set.host.files.remove('dist/b.txt')
    await set.run({'on-extra-asset': 'remove-from-draft'})
    expect(await names(set)).toEqual(['a.txt', 'b.txt'])
    expect(set.host.lines.join('\n')).toContain(
      'b.txt: is on the published release, but not one of its files; it stays',
    )
  },
  'on-existing-release': async () => {
    const set = await stage(two)
    await set.run({publish: 'false', files: 'dist/a.txt'})
    expect(await set.run({'on-existing-release': 'error'})).toMatchObject({draft: 'false', state: 'updated'})
    const before = set.forge.requests.length
    const inputs = {'on-existing-release': 'skip', files: 'dist/a.txt => c.txt', body: 'New'}
    expect(await set.run(inputs)).toMatchObject({state: 'unchanged', tag: 'v1.2.3', draft: 'false'})
    expect(await set.run({...inputs, 'dry-run': 'true'})).toMatchObject({state: 'unchanged'})
    expect(set.forge.requests.slice(before).every(({method}) => method === 'GET')).toBe(true)
    await expect(set.run({...inputs, 'on-existing-release': 'error'})).rejects.toMatchObject({
      code: 'PUBLISHED',
      message: `on-existing-release: v1.2.3 is published already: ${set.forge.webUrl}/acme/tool/releases/tag/v1.2.3`,
    })
    await set.run({...inputs, 'on-existing-release': 'update'})
    expect(await names(set)).toEqual(['a.txt', 'b.txt', 'c.txt'])
  },
  'on-existing-asset': async () => {
    const set = await stage(two)
    await set.run({})
    await set.host.files.write('dist/a.txt', 'other')
    await set.host.files.write('dist/c.txt', 'gamma')
    await expect(set.run({'on-existing-asset': 'error'})).rejects.toMatchObject({
      code: 'CONFLICT',
      message: `on-existing-asset: the release has other bytes under\n- a.txt: sha256 is ${sha256('alpha')} there, and ${sha256('other')} here`,
    })
    expect(await names(set)).toEqual(['a.txt', 'b.txt'])
    const kept = await set.run({'on-existing-asset': 'keep', checksums: 'true', prune: '*'})
    const states = (JSON.parse(kept.assets) as {name: string; state: string}[]).map(({state}) => state)
    expect(states).toEqual(['uploaded', 'kept', 'skipped', 'uploaded'])
    const {SHA256SUMS, ...files} = await contents(set.forge, set.only())
    expect(files).toEqual({'a.txt': 'alpha', 'b.txt': 'beta', 'c.txt': 'gamma'})
    expect(SHA256SUMS).toContain(`${createHash('sha256').update('alpha').digest('hex')}  a.txt`)
    expect(await set.run({'on-existing-asset': 'keep', checksums: 'true'})).toMatchObject({state: 'unchanged'})
    // Without a word, what is published stays.
    await expect(set.run({})).rejects.toMatchObject({code: 'CONFLICT'})
    expect((await contents(set.forge, set.only()))['a.txt']).toBe('alpha')
    await set.run({'on-existing-asset': 'replace'})
    expect((await contents(set.forge, set.only()))['a.txt']).toBe('other')
    const signed = await stage({...two, 'dist/a.txt.sigstore.json': 'one'})
    const inDraft = {'on-existing-asset': 'replace-in-draft'}
    await signed.run({...inDraft, draft: 'true'})
    await signed.host.files.write('dist/a.txt.sigstore.json', 'two')
    expect(await signed.run(inDraft)).toMatchObject({state: 'updated', draft: 'false'})
    await signed.host.files.write('dist/a.txt.sigstore.json', 'three')
    // What was published stays, and is signed by what was published with it.
    expect(await signed.run(inDraft)).toMatchObject({state: 'unchanged'})
    expect((await contents(signed.forge, signed.only()))['a.txt.sigstore.json']).toBe('two')
    await signed.host.files.write('dist/b.txt', 'other')
    await expect(signed.run(inDraft)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('\n- b.txt: sha256 is'),
    })
    expect((await contents(signed.forge, signed.only()))['b.txt']).toBe('beta')
  },
  'on-unmatched': async () => {
    const set = await stage(two)
    await expect(set.run({files: 'dist/*\nnone/*'})).rejects.toMatchObject({code: 'INPUT'})
    expect(set.forge.requests).toEqual([])
    await set.run({files: 'dist/*\nnone/*', 'on-unmatched': 'warning'})
    expect(await names(set)).toEqual(['a.txt', 'b.txt'])
    expect(set.host.lines.join('\n')).toMatch(/warning: .*"none\/\*" matches no file/)
  },
  'on-empty': async () => {
    const set = await stage({...two, 'dist/empty': ''})
    await expect(set.run({})).rejects.toMatchObject({code: 'INPUT'})
    await set.run({'on-empty': 'ignore'})
    expect(set.host.lines.join('\n')).not.toContain('is empty')
    await set.run({'on-empty': 'warning'})
    expect(set.host.lines.join('\n')).toContain('warning: "dist/empty" is empty and left out')
    expect(await names(set)).toEqual(['a.txt', 'b.txt'])
  },
  concurrency: async () => {
    const files = Object.fromEntries(Array.from({length: 9}, (_, at) => [`dist/${at}.txt`, `text ${at}`]))
    const running = {now: 0, most: 0}
    const isUpload = (line: string) => /^POST .*\/assets/.test(line)
    const set = await stage(files, {
      latency: 20,
      onRequest: (_, {method, path}) => {
        if (isUpload(`${method} ${path}`)) running.most = Math.max(running.most, ++running.now)
      },
      log: line => {
        if (isUpload(line)) running.now--
      },
    })
    await set.run({concurrency: '3'})
    expect(running.most).toBe(3)
  },
  timeout: async () => {
    const {timeout: _, ...pace} = haste
    const set = await stage(two)
    set.forge.faults.add({kind: 'stall', match: {operationId: 'repos/create-release'}})
    set.forge.faults.add({kind: 'stall', match: {operationId: 'repos/upload-release-asset'}})
    await release(set.host, {timeout: '1'}, pace)
    const given = set.host.lines.filter(line => line.includes('no progress for 1 s'))
    expect(given.map(line => line.split(':')[1]?.trim())).toEqual([
      'POST /repos/acme/tool/releases',
      expect.stringMatching(/^POST .*\/assets$/),
    ])
  },
  'dry-run': async () => {
    const set = await stage(two)
    expect(await set.run({'dry-run': 'true'})).toMatchObject({state: 'created', id: ''})
    expect(set.forge.requests.every(({method}) => method === 'GET')).toBe(true)
    expect(set.forge.releases('acme/tool')).toHaveLength(2)
  },
}

test('there is an entry for each input', () => {
  expect(Object.keys(effects).sort()).toEqual(Object.keys(contract.inputs).sort())
})

test.each(Object.entries(effects))('%s', async (_, effect) => {
  await effect()
})
