// @ts-check
// The forge in a process of its own, so that it does not disturb what is measured; forge-process.mjs starts it with the
// path of the bundled forge and its options as JSON.
const [, , bundle = '', options = '{}'] = process.argv
const {startForge} = await import(bundle)

let uploads = 0
let mostUploads = 0
/** @param {string} method @param {string} path */
const isUpload = (method, path) => method === 'POST' && path.endsWith('/assets')

const forge = await startForge({
  ...JSON.parse(options),
  onRequest: (/** @type {number} */ _, /** @type {{method: string, path: string}} */ {method, path}) => {
    if (isUpload(method, path)) mostUploads = Math.max(mostUploads, ++uploads)
  },
  log: (/** @type {string} */ line) => {
    const [method = '', path = ''] = line.split(' ')
    if (isUpload(method, path)) uploads--
  },
})
process.on('message', async message => {
  if (message === 'look') process.send?.({requests: forge.requests, releases: forge.releases('acme/tool'), mostUploads})
  if (message !== 'close') return
  await forge.close()
  process.disconnect()
})
process.send?.({url: forge.url, graphqlUrl: forge.graphqlUrl})
