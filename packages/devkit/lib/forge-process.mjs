// @ts-check
import {execFileSync, fork} from 'node:child_process'
import {once} from 'node:events'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

/**
 * What the forge has seen.
 *
 * @typedef {object} Sight
 * @property {readonly {operationId?: string, method: string, bodyBytes: number}[]} requests
 * @property {readonly {draft: boolean, assets: readonly {state: string}[]}[]} releases
 * @property {number} mostUploads the most uploads at one time
 */

/** Bundles the forge, which is TypeScript, so that Node can run it. @param {string} root @param {string} scratch */
export function bundleForge(root, scratch) {
  const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js')
  const out = join(scratch, 'forge')
  const args = [ncc, 'build', join(root, 'packages/forge/src/index.ts'), '-o', out, '-C', '-t', '-q']
  execFileSync(process.execPath, args, {cwd: root, env: {...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json')}})
  return join(out, 'index.js')
}

/**
 * Starts a forge whose repositories acme/tool and acme/warm-up have the tag v1.2.3.
 *
 * @param {string} bundle @param {object} options of the forge
 */
export async function startForgeProcess(bundle, options) {
  const tags = {'v1.2.3': 'c'.repeat(40)}
  const repositories = ['tool', 'warm-up'].map(name => ({owner: 'acme', name, tags}))
  const server = join(dirname(fileURLToPath(import.meta.url)), 'forge-server.mjs')
  const child = fork(server, [bundle, JSON.stringify({repositories, ...options})])
  const [{url, graphqlUrl}] = await once(child, 'message')
  return {
    env: {
      GITHUB_API_URL: url,
      GITHUB_GRAPHQL_URL: graphqlUrl,
      GITHUB_REPOSITORY: 'acme/tool',
      GITHUB_REF: 'refs/tags/v1.2.3',
      GITHUB_SHA: 'c'.repeat(40),
    },
    /** @returns {Promise<Sight>} */
    look: async () => {
      child.send('look')
      return (await once(child, 'message'))[0]
    },
    close: async () => {
      child.send('close')
      await once(child, 'exit')
    },
  }
}
