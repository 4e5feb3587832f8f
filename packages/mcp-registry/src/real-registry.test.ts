import {execFile} from 'node:child_process'
import {existsSync, mkdtempSync, writeFileSync} from 'node:fs'
import {type IncomingMessage, type Server, type ServerResponse, createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {type ServerJson, checkServerJson, currentSchema} from '@mcp-release/server-json'
import {
  type McpRegistry,
  hasPostgres,
  mcpRegistryPrograms,
  standBinaries,
  startMcpRegistry,
} from '@mcp-release/test-stand'
import {changeStatus, openRegistry, publishServer} from './index'

const missing = mcpRegistryPrograms.filter(name => !existsSync(join(standBinaries, name)))
if ((missing.length > 0 || !hasPostgres()) && process.env['CI'] === 'true')
  throw new Error(`CI lacks ${['postgresql', ...missing].join(', ')}`)
const real = missing.length === 0 && hasPostgres() ? describe : describe.skip

const policy = {attempts: 4, delay: 1, longestDelay: 2}
let next = 0

/** A server of its own for each test, with everything that the registry stores in its own way. */
function server(changes: Partial<ServerJson> = {}): ServerJson {
  return {
    $schema: currentSchema,
    name: `io.github.Octo/server-${++next}`,
    title: 'Octo',
    description: 'Tries things out; ünïcödé — 😀',
    repository: {url: 'https://github.com/Octo/server', source: 'github'},
    version: '1.0.0',
    packages: [
      {
        registryType: 'npm',
        identifier: '@octo/server',
        version: '1.0.0',
        runtimeHint: 'npx',
        transport: {type: 'stdio'},
        packageArguments: [
          {type: 'positional', value: '', isRepeated: false},
          {type: 'named', name: '--port', default: '8080', format: 'number', choices: []},
        ],
        environmentVariables: [{name: 'OCTO_KEY', isRequired: true, isSecret: true, placeholder: ''}],
      },
    ],
    _meta: {'io.modelcontextprotocol.registry/publisher-provided': {build: {number: 7}}},
    ...changes,
  }
}

real('against the real registry', () => {
  let stand: McpRegistry
  const proxies: Server[] = []

  beforeAll(async () => {
    stand = await startMcpRegistry()
  }, 60_000)
  afterAll(async () => {
    for (const proxy of proxies) {
      proxy.close()
      proxy.closeAllConnections()
    }
    await stand.close()
  })

  /** A registry to which one logs in with tokens that the test chooses, one after the other; it may answer by itself. */
  async function open(
    tokens: readonly string[],
    interfere: (call: string) => Promise<number | undefined> | number | undefined = () => undefined,
  ) {
    const calls: string[] = []
    const lines: string[] = []
    let logins = 0
    const answer = async (
      {method = '', url = '', headers}: IncomingMessage,
      response: ServerResponse,
      body: Buffer,
    ) => {
      const call = `${method} ${url}`
      calls.push(call)
      const status = await interfere(call)
      if (status !== undefined) return response.writeHead(status).end('{"title":"Service Unavailable","status":503}')
      if (call === 'POST /v0.1/auth/none') {
        const registry_token = tokens[Math.min(logins++, tokens.length - 1)]
        return response.end(JSON.stringify({registry_token, expires_at: 0}))
      }
      const kept = Object.entries(headers).filter(([name]) => ['authorization', 'content-type'].includes(name))
      const passedOn = await fetch(`${stand.url}${url}`, {
        method,
        headers: Object.fromEntries(kept) as Record<string, string>,
        ...(method === 'GET' ? {} : {body}),
      })
      return response.writeHead(passedOn.status).end(await passedOn.text())
    }
    const proxy = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => void answer(request, response, Buffer.concat(chunks)))
    })
    proxies.push(proxy)
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const registry = openRegistry(url, {kind: 'none'})
    const tell = (line: string) => void lines.push(line.replaceAll(url, '<registry>'))
    const publish = (what: ServerJson) => publishServer(registry, what, {policy, tell})
    return {registry, publish, calls, lines, tell, logins: () => logins}
  }
  const good = () => stand.token('io.github.Octo/*')

  test('a new version is published, the same again is recognised, and another one is refused with what differs', async () => {
    const {publish, registry} = await open([good()])
    const first = server()
    expect(await publish(first)).toBe('published')
    expect((await registry.find(first.name, '1.0.0'))?.status).toBe('active')
    expect(await publish(first)).toBe('unchanged')
    const other = {...first, title: 'Octopus', packages: first.packages?.map(each => ({...each, version: '1.0.1'}))}
    await expect(publish(other as ServerJson)).rejects.toMatchObject({
      code: 'DIFFERENT',
      message: [
        `${first.name} 1.0.0 is published with other content:`,
        '- title: published "Octo", here "Octopus"',
        '- packages[0].version: published "1.0.0", here "1.0.1"',
      ].join('\n'),
    })
  })

  test('an expired token costs one attempt, because each attempt logs in anew', async () => {
    const {publish, lines, logins} = await open([stand.token('io.github.Octo/*', -60), good()])
    expect(await publish(server())).toBe('published')
    expect(logins()).toBe(2)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(
      /answered 401: Invalid or expired Registry JWT token: .*expired; attempt 2 of 4 follows, with a new login/,
    )
  })

  test('a name in other letters is refused at once, with the names that are allowed', async () => {
    const {publish, logins} = await open([stand.token('io.github.octo/*')])
    await expect(publish(server())).rejects.toMatchObject({
      code: 'REGISTRY',
      status: 403,
      message: expect.stringContaining('You have permission to publish: io.github.octo/*') as unknown,
    })
    expect(logins()).toBe(1)
  })

  test('errors of the server pass, and an attempt whose answer was lost is found to have succeeded', async () => {
    let failures = 0
    const away = await open([good()], call => (call === 'POST /v0.1/publish' && ++failures < 3 ? 503 : undefined))
    expect(await away.publish(server())).toBe('published')
    expect(away.lines.map(line => line.replace(/;.*/, ''))).toEqual(
      Array(2).fill('publish at <registry>/v0.1 answered 503: Service Unavailable'),
    )

    const what = server()
    let stored = 0
    const lost = await open([good()], async call => {
      if (call !== 'POST /v0.1/publish') return undefined
      const headers = {authorization: `Bearer ${good()}`, 'content-type': 'application/json'}
      stored = (await fetch(`${stand.url}/v0.1/publish`, {method: 'POST', headers, body: JSON.stringify(what)})).status
      return 502
    })
    expect(await lost.publish(what)).toBe('published')
    expect(stored).toBe(200)
  })

  test('a registry that stays away is given up after so many attempts', async () => {
    const {publish, calls} = await open([good()], () => 503)
    await expect(publish(server())).rejects.toMatchObject({code: 'REGISTRY', status: 503})
    expect(calls).toHaveLength(policy.attempts)
  })

  test('a version is deprecated with a reason, deleted, and made active again; nothing to do is no change', async () => {
    const {publish, registry, tell} = await open([good()])
    const {name} = server()
    await publish(server({name}))
    const change = (status: 'active' | 'deprecated' | 'deleted', message?: string) =>
      changeStatus(
        registry,
        {name, version: '1.0.0', status, ...(message === undefined ? {} : {message})},
        {policy, tell},
      )
    expect(await change('active')).toBe(false)
    expect(await change('deprecated', 'Use 2.0.0.')).toBe(true)
    expect(await change('deprecated', 'Use 2.0.0.')).toBe(false)
    expect(await registry.find(name, '1.0.0')).toMatchObject({status: 'deprecated', statusMessage: 'Use 2.0.0.'})
    expect(await change('deleted', 'Broken.')).toBe(true)
    expect(await change('active')).toBe(true)
    await expect(
      changeStatus(registry, {name, version: '9.0.0', status: 'deprecated'}, {policy, tell}),
    ).rejects.toMatchObject({
      code: 'NOT_PUBLISHED',
      message: expect.stringContaining(`${name} 9.0.0 is not in http`),
      hint: 'Only a published version can be deprecated or deleted. Check name and version.',
    })
  })

  test('what the registry refuses for its content is told with its reasons', async () => {
    const {publish} = await open([good()])
    const wrong = server({version: '>=1.0.0', websiteUrl: 'http://example.com'})
    await expect(publish(wrong)).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/- version: .*range[\s\S]*- websiteUrl: .*https/) as unknown,
    })
  })

  test("the registry's own client takes what ours takes", async () => {
    const home = mkdtempSync(join(tmpdir(), 'mcp-publisher-'))
    // The client, older than the registry, loses the empty value of an argument, so there is none here.
    const {packages: [first] = []} = server()
    const packages = first === undefined ? [] : [{...first, packageArguments: []}]
    const document = server({name: `io.modelcontextprotocol.anonymous/server-${++next}`, packages})
    writeFileSync(join(home, 'server.json'), JSON.stringify(document))
    const publisher = (...args: string[]) =>
      promisify(execFile)(join(standBinaries, 'mcp-publisher'), args, {
        cwd: home,
        env: {HOME: home, PATH: process.env['PATH'] ?? ''},
      })
    await publisher('login', 'none', `--registry=${stand.url}`)
    const {stdout} = await publisher('publish')
    expect(stdout).toContain('Successfully published')
    const same = openRegistry(stand.url, {kind: 'none'})
    expect(await publishServer(same, document, {policy, tell: () => undefined})).toBe('unchanged')
  })

  test('what ours reads otherwise than it is written is what the registry stores', async () => {
    const {publish, registry} = await open([good()])
    const {packages: [first] = [], ...rest} = server()
    const environmentVariables = [{Name: 'OCTO_KEY', isSECRET: true, default: null}]
    const packageArguments = [{type: 'positional', value: 'a', name: 'file'}]
    const written = {
      ...rest,
      TITLE: 'T',
      title: undefined,
      packages: [{...first, environmentVariables, packageArguments}],
    }
    const {server: read} = checkServerJson(written)
    if (read === undefined) throw new Error('refused')
    const headers = {authorization: `Bearer ${good()}`, 'content-type': 'application/json'}
    const post = async (what: unknown) =>
      (await fetch(`${stand.url}/v0.1/publish`, {method: 'POST', headers, body: JSON.stringify(what)})).status
    expect(await post(written)).toBe(200)
    expect(await publish(read)).toBe('unchanged')
    expect((await registry.find(read.name, '1.0.0'))?.server).toMatchObject({
      title: 'T',
      packages: [{environmentVariables: [{name: 'OCTO_KEY', isSecret: true}], packageArguments: [{name: 'file'}]}],
    })
    // Its database has no such character.
    expect(await post({...server(), description: 'zero \0'})).toBeGreaterThanOrEqual(400)
  })

  test('documents that are wrong in one place are wrong for both, and good ones good for both', async () => {
    const mistakes: readonly unknown[] = [
      server(),
      server({name: 'noslash'}),
      server({name: 'a/b'}),
      server({name: '-bad.io/name'}),
      server({name: 'io.github.o/-x'}),
      server({version: 'latest'}),
      ...['^1.2.3', '~1', '>=1.0', '1.x', '1.2.*', '1.0 - 2.0', '1 || 2', '1.0.0-rc.1', 'v1', '2024-01'].map(version =>
        server({version}),
      ),
      server({title: '   '}),
      server({websiteUrl: 'http://example.com'}),
      server({websiteUrl: 'https://example.com/a"b'}),
      server({repository: {url: 'https://github.com/only-owner', source: 'github'}}),
      server({repository: {url: 'https://gitlab.com/a/b/c', source: 'gitlab'}}),
      server({repository: {url: 'https://github.com/a/b', source: 'bitbucket'}}),
      server({repository: {url: 'https://github.com/a/b', source: 'github', subfolder: '../x'}}),
      server({repository: {url: 'https://github.com/a/b', source: 'github', subfolder: 'packages/x'}}),
      server({icons: [{src: 'http://example.com/i.png'}]}),
      server({icons: [{src: 'https://example.com/i.png', sizes: ['48x48', 'any']}]}),
      ...remotes.map(remote => server({remotes: [remote]} as unknown as Partial<ServerJson>)),
      ...packages.map(changes =>
        server({
          packages: [{registryType: 'npm', identifier: 'x', version: '1.0.0', transport: {type: 'stdio'}, ...changes}],
        } as unknown as Partial<ServerJson>),
      ),
    ]
    const verdicts = await Promise.all(
      mistakes.map(async document => {
        const body = JSON.stringify(document)
        const answer = await fetch(`${stand.url}/v0.1/validate`, {
          method: 'POST',
          body,
          headers: {'content-type': 'application/json'},
        })
        const {valid} = (await answer.json()) as {readonly valid?: boolean}
        return {body, valid: valid === true}
      }),
    )
    const ours = mistakes.map((document, at) => ({
      body: verdicts[at]?.body,
      valid: !checkServerJson(document).findings.some(({level}) => level === 'error'),
    }))
    expect(ours).toEqual(verdicts)
    expect(verdicts.filter(({valid}) => valid).length).toBeGreaterThan(10)
  })
})

const remotes = [
  {type: 'streamable-http', url: 'https://example.com/mcp'},
  {type: 'sse', url: 'http://example.com/mcp'},
  {type: 'stdio'},
  {type: 'streamable-http', url: 'https://localhost/mcp'},
  {type: 'streamable-http', url: 'https://x.localhost/mcp'},
  {type: 'streamable-http', url: 'https://{tenant}.example.com/mcp'},
  {type: 'streamable-http', url: 'https://{tenant}.example.com/mcp', variables: {tenant: {}}},
  {type: 'streamable-http', url: 'https://example.com:{port}/mcp', variables: {port: {default: '1'}}},
  {type: 'sse', url: 'https://example.com/sse', headers: [{name: 'Authorization', isSecret: true}]},
]

const packages = [
  {identifier: 'a b'},
  {version: 'latest'},
  {version: '1.x'},
  {transport: {type: 'stdio', url: 'http://x'}},
  {transport: {type: 'http', url: 'http://x'}},
  {transport: {type: 'sse'}},
  {transport: {type: 'sse', url: 'http://localhost:8080/sse'}},
  {transport: {type: 'streamable-http', url: 'http://{host}:{port}/mcp'}},
  {
    transport: {type: 'streamable-http', url: 'http://{HOST}:{--port}/{path}'},
    environmentVariables: [{name: 'HOST'}],
    runtimeArguments: [{type: 'named', name: '--port'}],
    packageArguments: [{type: 'positional', valueHint: 'path'}],
  },
  {packageArguments: [{type: 'positional'}]},
  {packageArguments: [{type: 'positional', value: ''}]},
  {packageArguments: [{type: 'named', name: ''}]},
  {packageArguments: [{type: 'named', name: '--port 80'}]},
  {packageArguments: [{type: 'named', name: '--port', value: '--port=80'}]},
  {packageArguments: [{type: 'named', name: '--port', default: '80'}]},
  {packageArguments: [{type: 'flag', name: '--port'}]},
  {environmentVariables: [{name: 'X', default: 1}]},
  {environmentVariables: [{description: 'no name'}]},
]
