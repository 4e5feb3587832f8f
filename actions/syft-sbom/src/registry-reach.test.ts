import {existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {tarGz, zip} from '@mcp-release/archives'
import {main} from './main'

const tools = resolve(dirname(fileURLToPath(import.meta.url)), '../../../.cache/bin')
const path = [tools, process.env['PATH'] ?? ''].join(delimiter)
const found = ['syft', 'npm', 'python3'].every(name => path.split(delimiter).some(at => existsSync(join(at, name))))
if (!found && process.env['CI'] === 'true') throw new Error('CI lacks syft, npm or python3')
const text = (name: string, content: string) => ({name, mode: 0o644 as const, content: Buffer.from(content)})
const time = {time: 1_700_000_000}
const manifest = {name: 'demo', version: '1.2.0', dependencies: {'is-odd': '3.0.1'}}
const info = 'demo-1.2.0.dist-info'
const metadata = 'Metadata-Version: 2.1\nName: demo\nVersion: 1.2.0\nRequires-Dist: idna==3.10\n'

// Nothing listens on port 9 of this machine.
;(found ? test : test.skip).each([
  ['demo-1.2.0.tgz', () => tarGz([text('package/package.json', JSON.stringify(manifest))], time), /is-odd failed/],
  [
    'demo-1.2.0-py3-none-any.whl',
    () =>
      zip(
        [
          text(`${info}/METADATA`, metadata),
          text(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: demo\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
          text(`${info}/RECORD`, ''),
        ],
        time,
      ),
    /127\.0\.0\.1:9\/simple\/idna\/: .*refused/,
  ],
])(
  '%s gets no SBOM that lacks its dependencies because a registry is down',
  async (name, content, reason) => {
    const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'syft-sbom-')))
    mkdirSync(join(workspace, 'in'))
    writeFileSync(join(workspace, 'in', name), content())
    const dead = {PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '0', PIP_CONFIG_FILE: '/dev/null'}
    const deadNpm = {
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(workspace, 'cache'),
    }
    const {HOME = workspace} = process.env
    const host = realHost({
      PATH: path,
      HOME,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: join(workspace, 'temp'),
      ...dead,
      ...deadNpm,
    })
    const inputs = {
      ...{files: ['in/*'], exclude: [], formats: ['spdx-json'], outputDirectory: 'out'},
      ...{version: undefined, plan: undefined, sourceDate: time.time, toolMirror: undefined},
    }
    await expect(main(inputs, host)).rejects.toMatchObject({code: 'DOWNLOAD', message: expect.stringMatching(reason)})
    expect(existsSync(join(workspace, 'out'))).toBe(false)
  },
  120_000,
)
