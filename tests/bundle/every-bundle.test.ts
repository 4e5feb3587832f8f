import {existsSync, readdirSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {describeEachNode} from './node-versions'
import {runBundle} from './run-bundle'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const actions = readdirSync(join(root, 'dist')).filter(name => existsSync(join(root, 'actions', name)))

describeEachNode(node => {
  // Its first words are about its own inputs, or it already works: both need the whole bundle to be loaded.
  test.each(actions)('%s starts away from node_modules', async action => {
    const {stdout} = await runBundle(action, {node: node.program, env: {GITHUB_REPOSITORY: '', GITHUB_REF: ''}})
    expect(stdout).not.toBe('')
    expect(stdout).not.toContain('[UNEXPECTED]')
  })
})
