import {getOctokit} from '@actions/github'
import {expect, test} from '@jest/globals'
import {startForge} from './server'

const seed = {owner: 'o', name: 'r', tags: {'v1.0.0': 'c'.repeat(40)}}
const repository = {owner: 'o', repo: 'r'}

test.each([false, true])(
  'Octokit makes, fills, publishes and lists a release; enterprise addresses: %s',
  async enterprise => {
    const forge = await startForge({repositories: [seed], tokens: ['secret'], enterprise})
    try {
      const {rest, paginate, graphql} = getOctokit('secret', {baseUrl: forge.url})
      const {data: release} = await rest.repos.createRelease({...repository, tag_name: 'v1.0.0', draft: true})
      const {data: asset} = await rest.repos.uploadReleaseAsset({
        ...repository,
        release_id: release.id,
        name: 'a.txt',
        data: 'hello',
        url: release.upload_url,
      })
      expect(asset.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
      for (let number = 0; number < 34; number += 1)
        await rest.repos.createRelease({...repository, tag_name: `v2.${number}.0`, draft: true})
      expect(await paginate(rest.repos.listReleases, repository)).toHaveLength(35)
      const found = await graphql(
        'query($t: String!) { repository(owner: "o", name: "r") { release(tagName: $t) { databaseId } } }',
        {
          t: 'v1.0.0',
        },
      )
      expect(found).toEqual({repository: {release: {databaseId: release.id}}})
      await rest.repos.updateRelease({...repository, release_id: release.id, draft: false})
      const {data: latest} = await rest.repos.getLatestRelease(repository)
      expect(await (await fetch(latest.assets[0]?.browser_download_url ?? '')).text()).toBe('hello')
      await expect(rest.repos.createRelease({...repository, tag_name: 'v1.0.0'})).rejects.toMatchObject({status: 422})
    } finally {
      await forge.close()
    }
  },
)
