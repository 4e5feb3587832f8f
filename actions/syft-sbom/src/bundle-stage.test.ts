import {existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {zip} from '@mcp-release/archives'
import type {CycloneDx} from './cyclonedx'
import {main} from './main'

const tools = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const path = [tools, process.env['PATH'] ?? ''].join(delimiter)
const missing = ['syft', 'python3'].filter(
  name => !path.split(delimiter).some(folder => existsSync(join(folder, name))),
)
if (missing.length > 0 && process.env['CI'] === 'true') throw new Error(`CI lacks ${missing.join(', ')}`)
const real = missing.length === 0 ? describe : describe.skip

const manifest = (type: string, mcp_config: object = {}) =>
  JSON.stringify({manifest_version: '0.4', server: {type, mcp_config}})
const pyproject = '[project]\nname = "demo-server"\nversion = "1.2.0"\ndependencies = [\n  "idna==3.10",\n]\n'
const bundles = {
  'node.mcpb': {
    'manifest.json': manifest('node'),
    'package.json': '{"name": "demo", "version": "1.2.0", "license": "MIT"}',
    'node_modules/is-odd/package.json': '{"name": "is-odd", "version": "3.0.1"}',
  },
  'authored.mcpb': {'manifest.json': manifest('uv'), 'pyproject.toml': pyproject, 'src/server.py': ''},
  // As mcpb-bundle makes it: of type python, because some clients refuse the type uv.
  'generated.mcpb': {
    'manifest.json': manifest('python', {command: 'uv'}),
    'pyproject.toml': pyproject,
    'src/demo_server-1.2.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: demo-server\nVersion: 1.2.0\n',
  },
}

real('bundles with real tools', () => {
  test('a bundle has what lies inside, and for uv what its pyproject.toml asks for', async () => {
    const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'syft-sbom-')))
    mkdirSync(join(workspace, 'in'))
    for (const [name, files] of Object.entries(bundles)) {
      const entries = Object.entries(files).map(([file, text]) => ({
        name: file,
        mode: 0o644 as const,
        content: Buffer.from(text),
      }))
      writeFileSync(join(workspace, 'in', name), zip(entries, {time: 1_700_000_000}))
    }
    const {HOME = workspace} = process.env
    const env = {PATH: path, HOME, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(workspace, 'temp')}
    const inputs = {exclude: [], version: undefined, plan: undefined, sourceDate: 1_700_000_000, toolMirror: undefined}
    const formats = ['cyclonedx-json']
    await main({...inputs, files: ['in/*'], formats, outputDirectory: 'out'}, realHost(env))
    const components = (name: string) => {
      const text = readFileSync(join(workspace, 'out', `${name}.cdx.json`), 'utf8')
      expect(text).not.toContain(workspace)
      return (JSON.parse(text) as CycloneDx).components?.map(each => each.name)
    }
    expect(components('node.mcpb')).toEqual(['demo', 'is-odd'])
    expect(components('authored.mcpb')).toEqual(['demo-server', 'idna'])
    expect(components('generated.mcpb')).toEqual(['demo-server', 'idna'])
  }, 120_000)

  test.each([
    [{'manifest.json': '{"server": '}, /^broken\.mcpb: manifest\.json cannot be read: \S/],
    [
      {'manifest.json': manifest('uv'), 'pyproject.toml': '[project'},
      /^broken\.mcpb: pyproject\.toml cannot be read: \S/,
    ],
  ])('a bundle with a broken file inside is named: %j', async (files, message) => {
    const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'syft-sbom-')))
    const entries = Object.entries(files).map(([name, text]) => ({
      name,
      mode: 0o644 as const,
      content: Buffer.from(text),
    }))
    writeFileSync(join(workspace, 'broken.mcpb'), zip(entries, {time: 1_700_000_000}))
    const env = {PATH: path, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(workspace, 'temp')}
    const inputs = {exclude: [], version: undefined, plan: undefined, sourceDate: 1_700_000_000, toolMirror: undefined}
    const given = {...inputs, files: ['*.mcpb'], formats: ['cyclonedx-json'], outputDirectory: 'out'}
    await expect(main(given, realHost(env))).rejects.toMatchObject({
      code: 'ARCHIVE',
      message: expect.stringMatching(message),
    })
  })
})
