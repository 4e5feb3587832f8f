import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {expect, test} from '@jest/globals'
import {freePort} from '@mcp-release/mcp'
import {serverScript} from '@mcp-release/mcp/testing'
import {parseJson, verificationSchema} from '@mcp-release/release-model'
import {tarGz} from '@mcp-release/archives'
import {entry, npmTarball, time, wheel, workspace as makeWorkspace} from './testing'

const workspace = (files: Parameters<typeof makeWorkspace>[0]) => makeWorkspace(files, process.env)
const report = async ({host}: Awaited<ReturnType<typeof workspace>>) =>
  parseJson(verificationSchema, {file: 'r.json', text: await host.files.readText('r.json')})

// A server that says in its version what it was started with, and by default refuses to start without it.
const curious = (needs: string) => `#!/usr/bin/env node
import {createInterface} from 'node:readline'
import {readdirSync, statSync} from 'node:fs'
const seen = ${needs}
const results = {
  initialize: {protocolVersion: '2025-11-25', capabilities: {tools: {}}, serverInfo: {name: 'curious', version: '1.0.0'}},
  'tools/list': {tools: [{name: 'seen', inputSchema: {type: 'object'}}]},
  'tools/call': {content: [{type: 'text', text: JSON.stringify(seen)}]},
}
for await (const line of createInterface({input: process.stdin})) {
  const {id, method} = JSON.parse(line)
  if (id === undefined) continue
  const answer = results[method] ? {result: results[method]} : {error: {code: -32601, message: 'no'}}
  console.log(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
}
`

function curiousTarball(needs: string): Uint8Array {
  const manifest = JSON.stringify({name: '@demo/curious', version: '1.0.0', bin: 'server.mjs', type: 'module'})
  return tarGz([entry('package/package.json', manifest), entry('package/server.mjs', curious(needs))], {time})
}

const serverJson = JSON.stringify({
  name: 'io.github.demo/curious',
  packages: [
    {registryType: 'pypi', identifier: 'demo-curious', environmentVariables: [{name: 'WRONG', isRequired: true}]},
    {
      registryType: 'npm',
      identifier: '@demo/curious',
      packageArguments: [{type: 'positional', isRequired: true, format: 'filepath', valueHint: 'root'}],
      environmentVariables: [
        {name: 'API_KEY', isRequired: true, isSecret: true},
        {name: 'LEVEL', isRequired: true, choices: ['info', 'debug']},
        {name: 'OPTIONAL', default: 'x'},
      ],
    },
  ],
})
const seen = `{
  root: readdirSync(process.argv[2]), isFolder: statSync(process.argv[2]).isDirectory(),
  key: process.env.API_KEY, level: process.env.LEVEL, optional: process.env.OPTIONAL, wrong: process.env.WRONG,
}`

test('a server gets dummies for what its package in server.json needs, and what the user gives wins', async () => {
  const place = await workspace({'curious.tgz': curiousTarball(seen), './server.json': serverJson})
  const call = 'seen => {"root": [], "isFolder": true, "key": "dummy", "level": "info"}'
  expect(await place.run({call, report: 'r.json'})).toMatchObject({verified: '1'})
  expect((await report(place)).servers[0]?.checks).toContainEqual({
    name: 'server-name',
    status: 'ok',
    detail: 'curious',
  })
  const given = {'server-env': 'LEVEL=debug', 'server-args': '${folder}/..'}
  expect(await place.run({...given, call: 'seen => {"key": "dummy", "level": "debug"}'})).toMatchObject({verified: '1'})
}, 60_000)

test('a server.json that is named must be there and in order', async () => {
  const place = await workspace({'a.tgz': await npmTarball({}), './bad.json': '{"name": 1}', './old.json': '{}'})
  const given = {'server-json': 'bad.json', 'previous-tools': 'old.json'}
  await expect(place.run(given)).rejects.toMatchObject({
    code: 'INPUT',
    problems: [
      'server-json: "bad.json" is no server.json: a JSON object with a name',
      'previous-tools: "old.json" is no tools.json of schemaVersion 1',
    ],
  })
  await expect(place.run({'server-json': 'none.json'})).rejects.toMatchObject({
    problems: ['server-json: "none.json" is not there'],
  })
})

const httpServer = `import {createServer} from 'node:http'
createServer((request, response) => {
  let body = ''
  request.on('data', chunk => (body += chunk))
  request.on('end', () => {
    const {id, method} = JSON.parse(body)
    const results = {
      initialize: {protocolVersion: '2025-11-25', capabilities: {tools: {}}, serverInfo: {name: 'web', version: '1.0.0'}},
      'tools/list': {tools: [{name: 'a', inputSchema: {type: 'object'}}]},
    }
    if (id === undefined || request.url !== '/' + process.env.WHERE) return response.writeHead(id === undefined ? 202 : 404).end()
    const answer = results[method] ? {result: results[method]} : {error: {code: -32601, message: 'no'}}
    response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
  })
}).listen(Number(process.argv[3] ?? process.env.PORT), '127.0.0.1')
`
const httpTarball = tarGz(
  [
    entry('package/package.json', JSON.stringify({name: 'web', version: '1.0.0', bin: 'web.mjs'})),
    entry('package/web.mjs', `#!/usr/bin/env node\n${httpServer}`),
  ],
  {time},
)

test('an artifact that speaks HTTP gets a port, by inputs or as server.json says', async () => {
  const place = await workspace({'web.tgz': httpTarball})
  const given = {
    transport: 'http',
    'server-args': '--port\n${port}',
    'server-env': 'WHERE=there',
    'http-path': '/there',
  }
  expect(await place.run({...given, report: 'r.json'})).toMatchObject({verified: '1'})
  const [server] = (await report(place)).servers
  expect(server).toMatchObject({transport: 'http', network: {access: 'on'}, era: 'legacy'})
  const transport = {type: 'streamable-http', url: 'http://localhost:{PORT}/mcp'}
  const environmentVariables = [
    {name: 'PORT', format: 'number'},
    {name: 'WHERE', value: 'mcp'},
  ]
  const packages = [{registryType: 'npm', identifier: 'web', transport, environmentVariables}]
  await place.host.files.write('server.json', JSON.stringify({name: 'a/web', packages}))
  expect(await place.run()).toMatchObject({verified: '1'})
  await place.host.files.write(
    'server.json',
    JSON.stringify({name: 'a/web', packages: [{...packages[0], transport: {type: 'stdio'}}]}),
  )
  await expect(place.run({transport: 'http', 'server-json': 'server.json'})).rejects.toMatchObject({
    message: expect.stringContaining('nothing tells it the port'),
  })
}, 60_000)

test('a running server is verified without files, and its headers are hidden', async () => {
  const port = await freePort()
  const child = spawn(process.execPath, [serverScript('http-fixture-server'), String(port), 'unauthorized'], {
    stdio: 'ignore',
  })
  try {
    const place = await workspace({})
    const url = `http://127.0.0.1:${port}/mcp`
    for (let tries = 0; tries < 100; tries++) {
      if (
        await fetch(url).then(
          () => true,
          () => false,
        )
      )
        break
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    const given = {files: '', url, 'url-headers': 'Authorization: Bearer secret'}
    expect(await place.run({...given, report: 'r.json', tools: 't.json'})).toMatchObject({verified: '1', skipped: '0'})
    expect(place.fake.secrets).toContain('Bearer secret')
    expect((await report(place)).servers).toMatchObject([
      {file: url, transport: 'http', server: {name: 'http-fixture'}},
    ])
    await expect(place.run({files: '', url})).rejects.toMatchObject({message: expect.stringContaining('HTTP 401')})
  } finally {
    child.kill()
    await once(child, 'exit')
  }
}, 30_000)

const reach = `{
  interfaces: (await import('node:os')).networkInterfaces(),
  home: process.env.HOME, temp: process.env.TMPDIR, secret: process.env.DEPLOY_TOKEN ?? 'none',
}`

test('a server sees loopback alone, a home of its own and no secret, unless a network is asked for', async () => {
  const place = await workspace({'curious.tgz': curiousTarball(reach)})
  const secretive = {...place.host, env: {...place.host.env, DEPLOY_TOKEN: 'secret'}}
  const {main} = await import('./main')
  const {inputs} = await import('./testing')
  await main(inputs({call: 'seen => "secret":"none"', report: 'r.json'}), secretive)
  const [server] = (await report(place)).servers
  if (server?.network?.access === 'off') {
    // A call that fails shows what the server saw.
    const error = (await place.run({call: 'seen => nothing of it'}).catch((caught: unknown) => caught)) as Error
    const interfaces = /interfaces\\":(\{.*?\}),\\"home/.exec(error.message)?.[1] ?? ''
    expect(interfaces).toContain('lo')
    expect(interfaces.replaceAll(/[^"\\]*\\"lo\\"/g, '')).not.toMatch(/eth|enp|wlan/)
  } else {
    expect(place.fake.lines).toContainEqual(expect.stringMatching(/^warning: servers are started without isolation/))
  }
  await place.run({network: 'on', report: 'r.json'})
  expect((await report(place)).servers[0]?.network).toEqual({access: 'on'})
}, 60_000)

test('what changed since the last release is in summary and outputs, and can be an error', async () => {
  const tool = (name: string) => ({name, inputSchema: {type: 'object'}})
  const place = await workspace({'a.tgz': await npmTarball({pages: [[tool('kept'), tool('new')]], version: '1.1.0'})})
  const old = {schemaVersion: 1, servers: [{name: 'fixture', version: '1.0.0', tools: [tool('gone'), tool('kept')]}]}
  await place.host.files.write('old.json', JSON.stringify(old))
  const given = {'previous-tools': 'old.json', version: '1.1.0'}
  const outputs = await place.run(given)
  expect(outputs['version-step']).toBe('major')
  expect(JSON.parse(outputs['tool-changes'])).toEqual([
    {server: 'fixture', tool: 'gone', kind: 'removed', step: 'major', details: []},
    {server: 'fixture', tool: 'new', kind: 'added', step: 'minor', details: []},
  ])
  expect(place.fake.lines).toContain(
    'warning: a.tgz: tools-compatible: breaking since 1.0.0, in a minor version: gone removed',
  )
  expect(place.fake.summaries[0]).toContain('These ask for a **major** version.')
  expect(place.fake.summaries[0]).toContain('| fixture | gone | removed | major |  |')
  await expect(place.run({...given, 'breaking-change': 'error'})).rejects.toMatchObject({
    message: expect.stringContaining('a.tgz: tools-compatible: breaking since 1.0.0'),
    hint: expect.stringContaining('Release a version that says so'),
  })
  expect((await place.run())['version-step']).toBe('')
}, 60_000)

test('twenty artifacts at once are all verified, told in their order', async () => {
  const names = Array.from({length: 20}, (_, at) => `server-${String(at).padStart(2, '0')}`)
  const files = await Promise.all(
    names.map(async (name, at) => [
      at % 5 === 4 ? `demo_server-1.0.0rc1-${at}-py3-none-any.whl` : `${name}.tgz`,
      at % 5 === 4
        ? wheel('[console_scripts]\ndemo-server = demo_server:main\n')
        : await npmTarball({era: at % 2 === 0 ? 'legacy' : 'modern'}, {name, bin: 'server.mjs'}),
    ]),
  )
  const place = await workspace(Object.fromEntries(files) as Record<string, Uint8Array>)
  expect(await place.run({concurrency: '20', report: 'r.json'})).toMatchObject({verified: '20'})
  const told = place.fake.lines.filter(line => line.startsWith('verified'))
  const order = files.map(([name]) => String(name)).sort()
  expect(told.map(line => /^verified +([^:]*)/.exec(line)?.[1])).toEqual(order)
  expect((await report(place)).servers.map(({file}) => file)).toEqual(order)
  expect(await place.host.files.list(place.fake.temp)).toEqual([])
}, 120_000)
