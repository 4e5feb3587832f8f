import {type InputsOf, readInputs} from '@mcp-release/action-kit'
import {FakeHost, type FakeProgram} from '@mcp-release/action-kit/testing'
import {type ArchiveFile, readZip, tarGz, zip} from '@mcp-release/archives'
import {contract} from '../action.gen'
import {main} from '../main'

export const time = 1_700_000_000
export const file = (name: string, content: string | Uint8Array = '', mode: 0o644 | 0o755 = 0o644): ArchiveFile => ({
  name,
  mode,
  content: Buffer.from(content),
})

/** Executables as far as their headers say what they are for. */
const elf = (machine: number) => {
  const bytes = Buffer.alloc(64)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])
  bytes.writeUInt16LE(2, 16)
  bytes.writeUInt16LE(machine, 18)
  return bytes
}
const mach = (type: number) => {
  const bytes = Buffer.alloc(64)
  bytes.writeUInt32BE(0xcffaedfe, 0)
  bytes.writeUInt32LE(type, 4)
  return bytes
}
const exe = () => {
  const bytes = Buffer.alloc(128)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(64, 0x3c)
  bytes.writeUInt32BE(0x50450000, 64)
  bytes.writeUInt16LE(0x8664, 68)
  return bytes
}
export const archives = {
  'built/demo_1.2.3_linux_amd64.tar.gz': tarGz([file('demo', elf(62), 0o755), file('LICENSE', 'MIT')], {time}),
  'built/demo_1.2.3_darwin_arm64.tar.gz': tarGz([file('demo', mach(0x0100000c), 0o755)], {time}),
  'built/demo_1.2.3_windows_amd64.zip': zip([file('demo.exe', exe())], {time}),
  'built/demo_1.2.3_linux_amd64.tar.gz.spdx.json': '{}',
}
export const server = JSON.stringify({
  name: 'io.github.octo/demo',
  title: 'Demo',
  description: 'A demo',
  packages: [
    {
      registryType: 'mcpb',
      identifier: 'https://github.com/octo/demo/releases/download/v1.2.3/demo_1.2.3_linux_amd64.mcpb',
      environmentVariables: [{name: 'API_KEY', isSecret: true, isRequired: true}],
    },
  ],
})
export const manifest = (fields: object = {}) =>
  JSON.stringify({
    manifest_version: '0.3',
    name: 'My Demo',
    version: '0.0.0',
    description: 'd',
    author: {name: 'a'},
    server: {type: 'node', entry_point: 'index.js', mcp_config: {command: 'node', args: ['${__dirname}/index.js']}},
    ...fields,
  })

/** Runs the action in a folder with these files. */
export async function run(
  files: Readonly<Record<string, string | Uint8Array>>,
  given: Readonly<Record<string, string>> = {},
  program: FakeProgram = () => undefined,
  env: Readonly<Record<string, string>> = {},
) {
  const host = new FakeHost(program, {env})
  for (const [name, content] of Object.entries(files)) await host.files.write(name, content)
  const variables = Object.entries({'source-date': `${time}`, ...given}).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  const inputs: InputsOf<typeof contract> = readInputs(
    contract,
    Object.fromEntries(variables) as Record<string, string>,
  )
  const outputs = await main(inputs, host)
  const read = async (name: string) => {
    const entries = readZip(await host.files.readBytes(`built/${name}`))
    const text = Buffer.from(entries.find(each => each.name === 'manifest.json')?.content ?? []).toString()
    return {names: entries.map(each => each.name), entries, manifest: JSON.parse(text) as Record<string, unknown>}
  }
  return {host, outputs, read, names: outputs.bundles.split('\n').map(path => path.replace('built/', ''))}
}
