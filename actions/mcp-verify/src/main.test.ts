import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {tar, tarGz} from '@mcp-release/archives'
import {readToolsFile} from '@mcp-release/mcp'
import {formatJson, parseJson, verificationSchema} from '@mcp-release/release-model'
import {main} from './main'
import {elf, entry, inputs, npmTarball, time, wheel, workspace as makeWorkspace} from './testing'

const workspace = (files: Parameters<typeof makeWorkspace>[0]) => makeWorkspace(files, process.env)

test('a wheel and an npm tarball are installed and started; sdist, SBOM and foreign binaries are not', async () => {
  const {fake, host, run} = await workspace({
    'demo-fixture-1.0.0.tgz': await npmTarball({era: 'modern', version: '1.0.0-rc.1'}),
    'demo_server-1.0.0rc1-py3-none-any.whl': wheel('[console_scripts]\ndemo-server = demo_server:main\n'),
    'demo_server-1.0.0rc1.tar.gz': tarGz([entry('demo_server-1.0.0rc1/PKG-INFO', 'Name: demo-server\n')], {time}),
    'demo_1.0.0_linux_vax.tar.gz': tarGz([entry('demo', elf(75), 0o755)], {time}),
    'demo_1.0.0_image.oci.tar': tar([entry('oci-layout', '{}'), entry('index.json', '{}')], {time}),
    'demo-1.0.0.spdx.json': '{}',
  })
  const given = {report: 'out/report.json', tools: 'out/tools.json', version: 'v1.0.0-rc.1', exclude: 'built/*.oci.tar'}
  const outputs = await run({...given, 'version-mismatch': 'error'})
  expect(outputs).toMatchObject({verified: '2', skipped: '2', report: join(fake.workspace, 'out/report.json')})
  const report = parseJson(verificationSchema, {file: 'report', text: await host.files.readText(outputs.report)})
  expect(report.servers.map(({file, status, server, era}) => [file, status, server?.name, era])).toEqual([
    ['demo-fixture-1.0.0.tgz', 'verified', 'fixture', 'modern'],
    ['demo_1.0.0_linux_vax.tar.gz', 'skipped', undefined, undefined],
    ['demo_server-1.0.0rc1-py3-none-any.whl', 'verified', 'python-fixture', 'legacy'],
    ['demo_server-1.0.0rc1.tar.gz', 'skipped', undefined, undefined],
  ])
  expect(report.servers[1]?.reason).toBe(`linux/unknown does not run on ${host.platform.os}/${host.platform.arch}`)
  const tools = await host.files.readText('out/tools.json')
  expect(JSON.parse(tools)).toMatchObject({servers: [{name: 'fixture'}, {name: 'python-fixture'}]})
  // release-assemble publishes what it understands of it.
  expect(formatJson(readToolsFile(tools))).toBe(tools)
  expect(fake.summaries[0]).toContain('| demo-fixture-1.0.0.tgz | fixture 1.0.0-rc.1 | 2026-07-28, stdio | 1 |')
  expect(await host.files.list(fake.temp)).toEqual([])
}, 60_000)

test('all files are tried, and all problems are in one message with remedies', async () => {
  const {run, host, fake} = await workspace({
    'a.tgz': await npmTarball({quirk: 'logs-on-stdout'}),
    'b.tgz': await npmTarball({}, {bin: 'dist/index.js'}),
    'c.tgz': await npmTarball({}),
    'd.whl': 'no zip',
    'e.tar.gz': tarGz([entry('demo', elf(243), 0o755)], {time}).subarray(0, 40),
  })
  const error = await run({report: 'r.json', unverifiable: 'error'}).catch((caught: unknown) => caught)
  expect(error).toMatchObject({code: 'VERIFY', hint: expect.stringContaining('write logs to stderr')})
  const {message} = error as Error
  expect(message.split('\n').map(line => line.slice(0, 60))).toEqual([
    '- a.tgz: stdout-purity: stdout holds what is no JSON-RPC mes',
    '- b.tgz: installs: the bin fixture is "dist/index.js", which',
    '- d.whl: installs: is no wheel',
    expect.stringMatching(/^- e.tar.gz: installs: the tar file is damaged/),
  ])
  expect(fake.lines).toContainEqual(expect.stringMatching(/^verified {2}c\.tgz: fixture 1\.0\.0, protocol 2025-11-25/))
  const text = await host.files.readText('r.json')
  expect(parseJson(verificationSchema, {file: 'r.json', text}).servers).toHaveLength(4 + 1)
}, 60_000)

test('a machine without the means skips, or fails when told so', async () => {
  const files = {'demo_1_image.oci.tar': tar([entry('oci-layout', '{}'), entry('index.json', '{}')], {time})}
  const host = new FakeHost()
  for (const [name, content] of Object.entries(files)) await host.files.write(join('built', name), content)
  await host.files.write('built/demo.whl', wheel('[console_scripts]\ndemo-server = demo_server:main\n'))
  expect(await main(inputs({}), host)).toMatchObject({verified: '0', skipped: '2', servers: '[]'})
  expect(host.lines).toContain('skipped   demo_1_image.oci.tar: neither podman nor a running docker is here')
  await expect(main(inputs({unverifiable: 'error'}), host)).rejects.toMatchObject({
    message: expect.stringContaining(
      'demo.whl: could not be started: Python is not installed. Add actions/setup-python',
    ),
  })
})

test.each(['26.3', '22.2'])('with pip %s, a venv that fails is told with its last words', async pip => {
  const stdout = 'one\ntwo\nthree\nfour'
  const host = new FakeHost(argv => {
    if (!argv[0]?.endsWith('python3')) return undefined
    return argv.includes('venv') ? {exitCode: 1, stdout} : {stdout: pip}
  })
  await host.files.write('built/demo.whl', wheel('[console_scripts]\ndemo-server = demo_server:main\n'))
  expect(await main(inputs({}), host)).toMatchObject({skipped: '1'})
  expect(host.lines).toContain('skipped   demo.whl: python3 -m venv failed: two three four')
  await expect(main(inputs({unverifiable: 'error'}), host)).rejects.toMatchObject({
    message: expect.stringContaining('On Debian and Ubuntu: apt-get install python3-venv.'),
  })
})

test('bad inputs are all named before anything runs', async () => {
  const {run} = await workspace({'x.json': '{}'})
  await expect(
    run({
      timeout: '0',
      version: 'one',
      'server-env': 'A=1\nsecret value',
      call: 'x {',
      concurrency: '0',
      'http-path': 'mcp',
      transport: 'http',
      url: 'ftp://x',
      'url-headers': 'secret',
    }),
  ).rejects.toMatchObject({
    code: 'INPUT',
    problems: [
      'server-env: item 2 is not NAME=value',
      'call: "x {" is not: tool {"arguments": …} => expected',
      'timeout: 0 is not from 1 to 3600 seconds',
      'concurrency: 0 is not between 1 and 50',
      'version: "one" is neither SemVer nor PEP 440',
      'http-path: "mcp" has no / before it',
      'url-headers: item 1 is not Name: value',
      'url: "ftp://x" is no URL with http or https',
      'transport: http, but neither server-args nor server-env holds ${port}, the port to listen on',
    ],
  })
  await expect(run({files: 'none/*', report: '../r.json'})).rejects.toMatchObject({
    problems: [expect.stringContaining('matches no file'), expect.stringContaining('outside the workspace')],
  })
  await expect(run()).rejects.toMatchObject({code: 'INPUT', message: expect.stringContaining('none of the 1 files')})
})

test('settings reach the server, secrets of the job do not', async () => {
  const {run, host} = await workspace({'a.tgz': await npmTarball({quirk: 'needs-env'})})
  const secretive = {...host, env: {...host.env, API_TOKEN: 'of the job'}}
  await expect(main(inputs({}), secretive)).rejects.toMatchObject({
    message: expect.stringContaining('API_TOKEN is not set'),
  })
  expect(await run({'server-env': 'API_TOKEN=dummy'})).toMatchObject({verified: '1'})
}, 60_000)

test('hostile archives are refused and nothing is written outside', async () => {
  const {run} = await workspace({
    'bin.tgz': await npmTarball({}, {bin: {'../../x': '../../../../etc/passwd'}}),
    'name.tgz': await npmTarball({}, {name: '../../x'}),
  })
  const error = (await run().catch((caught: unknown) => caught)) as Error
  expect(error.message).toContain('bin.tgz: installs: the bin x is "etc/passwd", which is not in the tarball')
  expect(error.message).toContain('has the name "../../x", which npm does not allow')
})
