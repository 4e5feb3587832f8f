import {expect, test} from '@jest/globals'
import {tarGz, zip} from '@mcp-release/archives'
import {entry, speaking, time, workspace} from './testing'

// Nothing listens on port 9 of this machine.
const dead = {
  ...{
    PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
    PIP_EXTRA_INDEX_URL: '',
    PIP_CONFIG_FILE: '/dev/null',
    PIP_RETRIES: '0',
  },
  ...{npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0'},
}
const manifest = {name: 'demo', version: '1.0.0', bin: 'a.js', dependencies: {'is-odd': '3.0.1'}}
const needy = tarGz(
  [entry('package/package.json', JSON.stringify(manifest)), entry('package/a.js', speaking('#!/usr/bin/env node\n'))],
  {time},
)

const info = 'demo-1.0.0.dist-info'
const needyWheel = zip(
  [
    entry('demo.py', 'def main(): pass\n'),
    entry(`${info}/METADATA`, 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0.0\nRequires-Dist: idna==3.10\n'),
    entry(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
    entry(`${info}/entry_points.txt`, '[console_scripts]\ndemo = demo:main\n'),
    entry(`${info}/RECORD`, ''),
  ],
  {time},
)

test.each([
  ['demo-1.0.0.tgz', needy, /^npm could not reach what it downloads from: .*is-odd/],
  [
    'demo-1.0.0-py3-none-any.whl',
    needyWheel,
    /^pip could not reach what it downloads from: http:\/\/127\.0\.0\.1:9\/simple\/idna\/: /,
  ],
])(
  'a registry that is down says nothing of %s',
  async (name, file, message) => {
    const place = await workspace({[name]: file}, {...process.env, ...dead, npm_config_cache: undefined})
    await expect(place.run({})).rejects.toMatchObject({
      code: 'DOWNLOAD',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/^Run the job again/),
    })
  },
  120_000,
)
