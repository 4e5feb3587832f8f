import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {tarGz, zip} from '@mcp-release/archives'
import {chooseCommand} from './choice'
import {runArguments} from './image-launch'
import {recognise} from './recognition'

test('a wish that cannot be met names what is there', () => {
  expect(chooseCommand(['b', 'a'], {name: 'a', executable: 'c'})).toEqual({
    problem: 'has no command "c"; it has a, b',
  })
})

// https://packaging.python.org/en/latest/specifications/entry-points/#use-for-scripts; uvx and pipx start GUI scripts as well
test('console and GUI scripts are read from their sections alone, plain names only', async () => {
  const host = new FakeHost()
  const content =
    '[gui_scripts]\ng = m:f\n[console_scripts]\n# comment\nb-c = m:f [extra]\na.b=m:f\n../x = m:f\n[other]\no = m:f\n'
  const files = {
    'm-1.dist-info/METADATA': 'Name: m\n\nName: body\n',
    'm-1.dist-info/entry_points.txt': content,
    'm-1.data/scripts/tool': '',
  }
  const entries = Object.entries(files).map(([name, text]) => ({
    name,
    mode: 0o644 as const,
    content: Buffer.from(text),
  }))
  await host.files.write('m-1-py3-none-any.whl', zip(entries, {time: 1_700_000_000}))
  const found = await recognise(host.files, join(host.workspace, 'm-1-py3-none-any.whl'))
  expect(found?.content).toEqual({
    kind: 'wheel',
    name: 'm',
    scripts: ['a.b', 'b-c', 'g', 'tool'],
    targets: {'a.b': 'm:f', 'b-c': 'm:f [extra]', g: 'm:f', tool: ''},
    extras: false,
  })
})

// ELF, 64 bit, little-endian, an executable for x86-64.
const program = () => {
  const bytes = Buffer.alloc(128)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  bytes.writeUInt16LE(2, 16)
  bytes.writeUInt16LE(62, 18)
  return bytes
}

test('the program of an archive is the one that its name says, with underscores in it', async () => {
  const host = new FakeHost()
  const entries = ['helper', 'my_server'].map(name => ({name, mode: 0o755 as const, content: program()}))
  await host.files.write('my_server_1.0.0_linux_amd64.tar.gz', tarGz(entries, {time: 0}))
  const found = await recognise(host.files, join(host.workspace, 'my_server_1.0.0_linux_amd64.tar.gz'))
  expect(found?.content).toMatchObject({kind: 'executables', name: 'my_server'})
  expect(chooseCommand(['helper', 'my_server'], {name: 'my_server', executable: undefined})).toBe('my_server')
})

test.each(['x.json', 'x.txt', 'x.deb', 'empty'])('%s is no server', async name => {
  const host = new FakeHost()
  await host.files.write(name, name === 'empty' ? '' : '{"a": 1}')
  expect(await recognise(host.files, join(host.workspace, name))).toBeUndefined()
})

test('an image runs without network and capabilities, and never as root', () => {
  const run = (user: string) => runArguments({label: 'l', user, env: ['A'], network: 'off'})
  expect(run('1000')).toEqual([
    'run',
    '--rm',
    '--interactive',
    '--init',
    '--network=none',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    '--label=l',
    '--name=mcp-verify-${process}',
    '--env=A',
  ])
  const onPort = runArguments({label: 'l', user: '1', env: [], network: 'port'})
  expect(onPort).toContain('--publish=127.0.0.1:${port}:${port}')
  expect(onPort).not.toContain('--network=none')
  for (const root of ['', '0', 'root', '0:0', 'root:root']) expect(run(root)).toContain('--user=65532:65532')
})
