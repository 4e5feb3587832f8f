import {mkdtempSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {execResolver, unreachable} from './registry-reach'

const missing = (requirement: string) =>
  `ERROR: Could not find a version that satisfies the requirement ${requirement} (from versions: none)\nERROR: No matching distribution found for ${requirement}`
const page = (project: string, reason: string) =>
  `2026-11-29T13:14:35,072 Could not fetch URL https://index.example.org/simple/${project}/: ${reason} - skipping`
const refused =
  "connection error: HTTPConnectionPool(host='index.example.org', port=443): Max retries exceeded with url: /simple/idna/ (Caused by NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused'))"

// pip 26, npm 10
test.each([
  [
    missing('idna==3.10'),
    page('idna', refused),
    /^https:\/\/index\.example\.org\/simple\/idna\/: NewConnectionError\('Failed/,
  ],
  [missing('typing_extensions>=4'), page('typing-extensions', refused), /typing-extensions\/: NewConnectionError/],
  [missing('idna'), page('idna', '504 Server Error: Gateway Timeout for url: https://x'), /: 504 Server Error/],
  [missing('idna'), page('idna', '429 Client Error: Too Many Requests for url: https://x'), /: 429 Client Error/],
  [
    missing('idna'),
    page(
      'idna',
      "HTTPConnectionPool(host='x', port=1): Max retries exceeded with url: /s (Caused by ResponseError('too many 503 error responses'))",
    ),
    /: ResponseError\('too many 503 error responses'\)$/,
  ],
  [
    missing('idna'),
    page(
      'idna',
      'There was a problem confirming the ssl certificate: HTTPSConnectionPool: Max retries exceeded (Caused by SSLError(1))',
    ),
    /: SSLError\(1\)$/,
  ],
  ['ERROR: HTTP error 503 while getting https://example.org/idna.whl', '', /^HTTP error 503/],
  [
    "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='example.org', port=443): Read timed out.",
    '',
    /^ReadTimeoutError/,
  ],
  [
    'npm error code ECONNREFUSED\nnpm error FetchError: request to http://127.0.0.1:9/express failed, reason: connect',
    '',
    /^request to http:\/\/127\.0\.0\.1:9\/express failed/,
  ],
  ['npm ERR! code E503\nnpm ERR! 503 Service Unavailable - GET https://example.org/x', '', /^E503$/],
])('%j: the registry was not reached', (output, log, reason) => {
  expect(unreachable(output, log)).toMatch(reason)
})

test.each([
  [missing('idna==99'), ''],
  // Another package could not be asked for, and this one is really missing.
  [missing('idna==99'), page('attrs', refused)],
  // An index that answers, and has it not, or does not give it to everybody.
  [missing('idna==99'), page('idna', '404 Client Error: Not Found for url: https://x')],
  [missing('idna==99'), page('idna', '403 Client Error: Forbidden for url: https://x')],
  ['npm error code E404\nnpm error 404 Not Found', ''],
  ['npm error code ETARGET\nnpm error notarget No matching version found for is-odd@99.0.0.', ''],
  ['ERROR: Cannot install demo-server==1.2.0 because these package versions have conflicting dependencies.', ''],
])('%j: the package is to blame', (output, log) => {
  expect(unreachable(output, log)).toBeUndefined()
})

/** Asks an index for a package, with the real pip, which is told not to try again. */
async function install(index: string) {
  const folder = mkdtempSync(join(tmpdir(), 'registry-reach-'))
  const own = {PIP_INDEX_URL: index, PIP_RETRIES: '0', PIP_CONFIG_FILE: '/dev/null', PIP_EXTRA_INDEX_URL: ''}
  const host: Host = realHost({...process.env, ...own, GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp')})
  const target = ['--target', join(folder, 'lib'), '--only-binary', ':all:', '--quiet', 'demo']
  return execResolver(host, ['python3', '-I', '-m', 'pip', 'install', ...target], {
    quiet: true,
    hint: 'Nothing is lost.',
  })
}

// Nothing listens on port 9 of this machine.
test('pip that may not try again is no reason to take an index that is down for one without the package', async () => {
  await expect(install('http://127.0.0.1:9/simple')).rejects.toMatchObject({
    code: 'DOWNLOAD',
    message: expect.stringMatching(
      /^pip could not reach what it downloads from: http:\/\/127\.0\.0\.1:9\/simple\/demo\/: .*refused/,
    ),
    hint: expect.stringMatching(/^Run the job again; .* Nothing is lost\.$/),
  })
}, 60_000)

test.each([
  [503, 'DOWNLOAD'],
  [504, 'DOWNLOAD'],
  [429, 'DOWNLOAD'],
  [404, 'TOOL'],
  [200, 'TOOL'],
])(
  'an index that answers %i: %s',
  async (status, code) => {
    const server = createServer((_, response) => {
      response.writeHead(status, {'content-type': 'text/html'}).end('<html></html>')
    })
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    const {port} = server.address() as AddressInfo
    await expect(install(`http://127.0.0.1:${port}/simple`)).rejects.toMatchObject({code})
    server.close()
  },
  60_000,
)
